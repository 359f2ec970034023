import { createReadStream, createWriteStream } from 'node:fs';
import { link, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkModelFiles } from '../model/gguf/ggufCheck.js';
import { partPath, partsBase } from '../model/gguf/modelParts.js';
import { systemCode } from '../systemCode.js';
import type { InstalledModel } from './modelFile.js';
import { folderError, freeBytesIn, makeFolder, noDiskSpace } from './modelsFolder.js';
import { sha256Of } from './verifiedFile.js';

/** The ending of a copy that isn't complete. */
const COPYING = '.adding';
/** A copy that hasn't grown for so long belongs to a process that was killed. */
const STALE_MS = 10 * 60_000;

/**
 * Checks a GGUF and puts it into the models folder, all parts of a split one: as a second name of the same bytes where
 * the disk can do that, otherwise as a copy. The original stays where it is. A different file of the same name is
 * never replaced, also not one that another process is adding: the new one gets a number.
 * @throws EngineError, or the signal's reason
 */
export async function addModelFile(
  path: string,
  folder: string,
  signal: AbortSignal,
): Promise<InstalledModel> {
  const { paths } = await checkModelFiles(path);
  const base = (paths.length > 1 ? partsBase(path) : undefined) ?? basename(path).replace(/\.gguf$/i, '');
  try {
    const sources = await Promise.all(paths.map((source) => realpath(source)));
    await makeFolder(folder);
    await removeStaleCopies(folder);
    for (let count = 1; ; count++) {
      const name = join(folder, count === 1 ? base : `${base}-${count}`);
      const [first = '', ...later] = sources.map((_, index) =>
        sources.length === 1 ? `${name}.gguf` : partPath(name, index + 1, sources.length),
      );
      if (await placeAll(sources, [first, ...later], signal))
        return { id: basename(first, '.gguf'), path: first };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw folderError(folder, error);
  }
}

/**
 * The first part comes last: with it the model is there.
 * @returns false when one of the names belongs to another file; then nothing was added
 */
async function placeAll(
  sources: readonly string[],
  targets: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const placed: string[] = [];
  let isDone = false;
  try {
    for (const [index, source] of [...sources.entries()].reverse()) {
      const target = targets[index] ?? '';
      const result = await place(source, target, signal);
      if (result === 'taken') return false;
      if (result === 'placed') placed.push(target);
    }
    isDone = true;
    return true;
  } finally {
    if (!isDone) for (const target of placed) await rm(target, { force: true });
  }
}

type Placing = 'placed' | 'taken' | 'there';

async function place(source: string, target: string, signal: AbortSignal): Promise<Placing> {
  if (await exists(target)) return (await isSame(source, target, signal)) ? 'there' : 'taken';
  const linked = await linkNew(source, target);
  if (linked === 'placed') return linked;
  if (linked === 'taken') return place(source, target, signal);
  const copy = `${target}.${randomUUID()}${COPYING}`;
  try {
    await copyFile(source, copy, signal);
    return (await moveNew(copy, target)) ? 'placed' : await place(source, target, signal);
  } finally {
    await rm(copy, { force: true });
  }
}

/** A second name for a file, unless the name is taken; `undefined` where the disk can't do that. */
async function linkNew(source: string, target: string): Promise<'placed' | 'taken' | undefined> {
  try {
    await link(source, target);
    return 'placed';
  } catch (error) {
    return systemCode(error) === 'EEXIST' ? 'taken' : undefined;
  }
}

/** Renames a file without replacing another one: `rename` alone would. */
async function moveNew(from: string, to: string): Promise<boolean> {
  const linked = await linkNew(from, to);
  if (linked !== undefined) return linked === 'placed';
  try {
    await (await open(to, 'wx')).close();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  await rename(from, to);
  return true;
}

async function copyFile(source: string, target: string, signal: AbortSignal): Promise<void> {
  const folder = dirname(target);
  const { size } = await stat(source);
  const freeBytes = await freeBytesIn(folder);
  if (freeBytes < size) throw noDiskSpace(folder, size, freeBytes);
  await pipeline(createReadStream(source), createWriteStream(target, { flush: true }), { signal });
}

/** Two names of one file, or two copies of it. */
async function isSame(one: string, other: string, signal: AbortSignal): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)]);
  if (a.dev === b.dev && a.ino === b.ino) return true;
  return a.size === b.size && (await sha256Of(one, signal)) === (await sha256Of(other, signal));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function removeStaleCopies(folder: string): Promise<void> {
  const copies = (await readdir(folder)).filter((name) => name.endsWith(COPYING));
  for (const copy of copies.map((name) => join(folder, name))) {
    const changedAt = await stat(copy).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - changedAt > STALE_MS) await rm(copy, { force: true });
  }
}
