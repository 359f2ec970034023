import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { sha256Of } from './fileHash.js';

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
