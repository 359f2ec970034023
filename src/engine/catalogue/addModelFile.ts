import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { link, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkGguf } from '../model/gguf/ggufCheck.js';
import { freeBytesIn, folderError, noDiskSpace } from './modelsFolder.js';
import type { InstalledModel } from './modelFile.js';

/**
 * Checks a GGUF and puts it into the models folder: as a second name of the same bytes where the disk can do that,
 * otherwise as a copy. The original stays where it is, and a file of the same name gets company, not replaced.
 * @throws EngineError, or the signal's reason
 */
export async function addModelFile(
  path: string,
  folder: string,
  signal: AbortSignal,
): Promise<InstalledModel> {
  await checkGguf(path);
  const source = await realpath(path);
  const base = basename(path).replace(/\.gguf$/i, '');
  let temporary: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    for (let count = 1; ; count++) {
      const id = count === 1 ? base : `${base}-${count}`;
      const target = join(folder, `${id}.gguf`);
      const there = await stat(target).catch(() => undefined);
      if (there !== undefined && !isSame(there, await stat(source))) continue;
      if (there === undefined) {
        temporary = `${target}.${process.pid}.adding`;
        await linkOrCopy(source, temporary, folder, signal);
        await rename(temporary, target);
      }
      return { id, path: target };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw folderError(folder, error);
  } finally {
    if (temporary !== undefined) await rm(temporary, { force: true });
  }
}

/** Two names of one file. */
function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

async function linkOrCopy(
  source: string,
  target: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const isLinked = await link(source, target).then(
    () => true,
    () => false,
  );
  if (isLinked) return;
  const { size } = await stat(source);
  const freeBytes = await freeBytesIn(folder);
  if (freeBytes < size) throw noDiskSpace(folder, size, freeBytes);
  await pipeline(createReadStream(source), createWriteStream(target), { signal });
}
