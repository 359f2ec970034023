import { open, stat, type FileHandle } from 'node:fs/promises';
import type { ModelCheckResult } from '../../../protocol/model.js';
import { GgufProblem, MAX_HEADER_SIZE, MoreBytesNeeded } from './ggufBytes.js';
import { readGgufHeader, type GgufHeader } from './ggufHeader.js';
import { unreadableModel, unusableModel } from '../loadFailure.js';

const FIRST_READ = 1024 * 1024;

/**
 * Looks at a file before llama.cpp gets it: a damaged one can end the whole process there.
 * Reads the header only, and no more than 128 MB of whatever the file claims.
 * @throws EngineError that says what is wrong with the file
 */
export async function checkGguf(path: string): Promise<ModelCheckResult> {
  const first = await checkFile(path);
  const { architecture, contextTokens, hasChatTemplate } = first.header;
  let { sizeBytes } = first;
  for (const part of otherParts(path, first.header.partCount)) sizeBytes += (await checkFile(part)).sizeBytes;
  return { path, architecture, contextTokens, hasChatTemplate, sizeBytes };
}

/** The other files of a model that was split, by llama.cpp's way to name them. */
function otherParts(path: string, partCount: number): string[] {
  const name = partCount > 1 ? /^(.*)-00001-of-(\d{5})\.gguf$/.exec(path) : null;
  if (name === null) return [];
  const [, base = '', total = ''] = name;
  const count = Math.min(Number(total), partCount);
  return Array.from({ length: count - 1 }, (_, index) => {
    return `${base}-${String(index + 2).padStart(5, '0')}-of-${total}.gguf`;
  });
}

async function checkFile(path: string): Promise<{ header: GgufHeader; sizeBytes: number }> {
  let file: FileHandle | undefined;
  try {
    const found = await stat(path);
    // A pipe or a device would keep the reader waiting, so it isn't even opened.
    if (!found.isFile()) throw unusableModel({ kind: 'modelUnreadable', path, code: 'EISDIR' });
    if (found.size === 0) throw unusableModel({ kind: 'damaged', path, detail: 'the file is empty' });
    file = await open(path, 'r');
    const header = await readHeader(file, found.size);
    if (header.neededBytes > found.size)
      throw new GgufProblem('cutShort', 'ends inside its tensors', header.neededBytes);
    return { header, sizeBytes: found.size };
  } catch (error) {
    throw await explain(path, error);
  } finally {
    await file?.close();
  }
}

async function readHeader(file: FileHandle, fileSize: number): Promise<GgufHeader> {
  for (let length = FIRST_READ; ; length *= 4) {
    const bytes = Buffer.alloc(Math.min(length, fileSize, MAX_HEADER_SIZE));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    try {
      return readGgufHeader(bytes.subarray(0, bytesRead), fileSize);
    } catch (error) {
      if (!(error instanceof MoreBytesNeeded)) throw error;
      if (bytesRead < bytes.length) throw new GgufProblem('damaged', 'the file is being changed');
    }
  }
}

async function explain(path: string, error: unknown): Promise<Error> {
  if (!(error instanceof GgufProblem)) return unreadableModel(path, error);
  const { kind, detail, neededBytes: expectedBytes } = error;
  if (kind === 'notGguf') return unusableModel({ kind, path });
  if (kind === 'damaged') return unusableModel({ kind, path, detail });
  return unusableModel({ kind: 'truncated', path, expectedBytes, actualBytes: (await stat(path)).size });
}
