import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What was found when a file was hashed, kept beside it: hashing takes seconds, a start must not. */
interface FileRecord {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

/** Where the record of a model's file lies. */
export function recordPath(file: string): string {
  return `${file}.verified.json`;
}

/**
 * SHA-256 of a file, from its record when neither size nor time have changed since.
 * @throws the system's error
 */
export async function knownSha256(file: string, signal?: AbortSignal): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const record = await readRecord(file);
  if (record?.sizeBytes === size && record.mtimeMs === mtimeMs) return record.sha256;
  const sha256 = await sha256Of(file, signal);
  await remember(file, sha256);
  return sha256;
}

/** Writes the record. Without one the file is only hashed again, so a folder that can't be written does no harm. */
export async function remember(file: string, sha256: string): Promise<void> {
  const { size, mtimeMs } = await stat(file);
  const record: FileRecord = { sizeBytes: size, mtimeMs, sha256 };
  const temporary = `${recordPath(file)}.${process.pid}`;
  try {
    await writeFile(temporary, JSON.stringify(record));
    await rename(temporary, recordPath(file));
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function readRecord(file: string): Promise<FileRecord | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(recordPath(file), 'utf8'));
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is FileRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { sizeBytes, mtimeMs, sha256 } = value as Partial<FileRecord>;
  return typeof sizeBytes === 'number' && typeof mtimeMs === 'number' && typeof sha256 === 'string';
}

/**
 * SHA-256 of a file, lower-case hex, read in small pieces.
 * @throws the system's error, or the signal's reason
 */
export async function sha256Of(
  path: string,
  signal?: AbortSignal,
  onProgress?: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(chunk);
    done += chunk.length;
    onProgress?.(done);
  }
  return hash.digest('hex');
}
