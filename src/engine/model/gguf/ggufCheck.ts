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

/** What of a header decides whether llama.cpp can be trusted with the file. */
export interface ModelNumbers {
  readonly architecture: string;
  readonly metadata: ReadonlyMap<string, number | string>;
  /** Lengths of the metadata's lists. */
  readonly listLengths: ReadonlyMap<string, number>;
  readonly tensorNames: readonly string[];
}

/** llama.cpp's LLAMA_MAX_LAYERS. */
const MAX_LAYERS = 512;

/**
 * llama.cpp refuses most of what it can't use, but it aborts the whole process where one of these is nonsense (an
 * assertion of its own).
 * @throws GgufProblem
 */
export function checkPlausibility({ architecture, metadata, listLengths, tensorNames }: ModelNumbers): void {
  const insist = (key: string, least: number, most: number): void => {
    const value = metadata.get(key);
    if (typeof value === 'number' && (value < least || value > most))
      throw new GgufProblem('damaged', `${key} is ${value}`);
  };
  insist(`${architecture}.block_count`, 1, MAX_LAYERS);
  insist(`${architecture}.context_length`, 1, Infinity);
  // Models without attention say 0 and mean it.
  if (tensorNames.some((name) => /\.attn_(?:q|k|qkv|q_a)\.weight$/.test(name))) {
    insist(`${architecture}.attention.head_count`, 1, Infinity);
    insist(`${architecture}.attention.head_count_kv`, 1, Infinity);
  }
  if (listLengths.get('tokenizer.ggml.tokens') === 0) throw new GgufProblem('damaged', 'an empty vocabulary');
}
