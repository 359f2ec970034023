import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ModelCheckResult } from '../../../protocol/model.js';
import { GgufProblem, MAX_HEADER_SIZE, MoreBytesNeeded } from './ggufBytes.js';
import { FORMAT_BYTES, foreignFormat } from './foreignFormat.js';
import { readGgufHeader, type GgufHeader, type ModelPart } from './ggufHeader.js';
import { firstPartPath, partPath, partPaths, partsBase } from './modelParts.js';
import { systemCode } from '../../systemCode.js';
import { unreadableModel, unusableModel } from '../loadFailure.js';

const FIRST_READ = 1024 * 1024;

/** A model's files, and what their headers say. */
export interface ModelFiles {
  readonly check: ModelCheckResult;
  /** The first part first; one file for most models. */
  readonly paths: readonly string[];
}

/**
 * Looks at a file before llama.cpp gets it: a damaged one can end the whole process there. For a split model looks at
 * all its files. Reads the headers only, and no more than 128 MB of whatever a file claims.
 * @throws EngineError that says what is wrong with the file
 */
export async function checkGguf(path: string): Promise<ModelCheckResult> {
  return (await checkModelFiles(path)).check;
}

/** As {@link checkGguf}, with the files that the model consists of. */
export async function checkModelFiles(path: string): Promise<ModelFiles> {
  const first = await checkFile(path);
  const { architecture, contextTokens, hasChatTemplate, part } = first.header;
  const paths = part === undefined ? [path] : await partsOf(path, part);
  let { sizeBytes } = first;
  let tensors = first.header.tensorCount;
  for (const [index, other] of [...paths.entries()].slice(1)) {
    const { header, sizeBytes: partBytes } = await checkFile(other);
    if (header.part?.index !== index || header.part.count !== part?.count)
      throw unusableModel({
        kind: 'damaged',
        path: other,
        detail: partDetail(header.part, index, paths.length),
      });
    sizeBytes += partBytes;
    tensors += header.tensorCount;
  }
  const { totalTensors = 0 } = part ?? {};
  if (totalTensors > 0 && tensors !== totalTensors) {
    const detail = `its files have ${tensors} tensors instead of ${totalTensors}`;
    throw unusableModel({ kind: 'damaged', path, detail });
  }
  return { check: { path, architecture, contextTokens, hasChatTemplate, sizeBytes }, paths };
}

/** All files of a split model, which are there. */
async function partsOf(path: string, { index, count }: ModelPart): Promise<readonly string[]> {
  if (index > 0) {
    const first = firstPartPath(path);
    throw unusableModel({
      kind: 'laterPart',
      path,
      number: index + 1,
      count,
      ...(first === undefined ? {} : { first }),
    });
  }
  const paths = partPaths(path);
  if (paths.length !== count) {
    const base = partsBase(path) ?? basename(path).replace(/\.gguf$/i, '');
    throw unusableModel({ kind: 'partRenamed', path, count, name: partPath(base, 1, count) });
  }
  const isThere = await Promise.all(paths.map((part) => stat(part).then(Boolean, isOtherThanMissing)));
  const missing = paths.filter((_, at) => isThere[at] !== true);
  if (missing.length > 0) throw unusableModel({ kind: 'partMissing', path, count, missing });
  return paths;
}

/** What can't be read for another reason is reported when it is opened. */
function isOtherThanMissing(error: unknown): boolean {
  return systemCode(error) !== 'ENOENT';
}

function partDetail(part: ModelPart | undefined, index: number, count: number): string {
  const is =
    part === undefined ? 'it is not a part of a model' : `it is part ${part.index + 1} of ${part.count}`;
  return `${is} instead of part ${index + 1} of ${count}`;
}

async function checkFile(path: string): Promise<{ header: GgufHeader; sizeBytes: number }> {
  let file: FileHandle | undefined;
  try {
    const found = await stat(path);
    // A pipe or a device would keep the reader waiting, so it isn't even opened.
    if (!found.isFile()) throw unusableModel({ kind: 'modelUnreadable', path, code: 'EISDIR' });
    if (found.size === 0) throw unusableModel({ kind: 'notGguf', path, found: 'empty' });
    file = await open(path, 'r');
    const foreign = foreignFormat(await firstBytes(file, FORMAT_BYTES));
    if (foreign !== undefined) throw unusableModel({ ...foreign, path });
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

async function firstBytes(file: FileHandle, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, 0);
  return bytes.subarray(0, bytesRead);
}

async function readHeader(file: FileHandle, fileSize: number): Promise<GgufHeader> {
  for (let length = FIRST_READ; ; length *= 4) {
    const wanted = Math.min(length, fileSize, MAX_HEADER_SIZE);
    const bytes = await firstBytes(file, wanted);
    try {
      return readGgufHeader(bytes, fileSize);
    } catch (error) {
      if (!(error instanceof MoreBytesNeeded)) throw error;
      if (bytes.length < wanted) throw new GgufProblem('damaged', 'the file is being changed');
    }
  }
}

async function explain(path: string, error: unknown): Promise<Error> {
  if (!(error instanceof GgufProblem)) return unreadableModel(path, error);
  const { kind, detail, neededBytes: expectedBytes } = error;
  if (kind === 'damaged') return unusableModel({ kind, path, detail });
  return unusableModel({ kind: 'truncated', path, expectedBytes, actualBytes: (await stat(path)).size });
}
