import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

let last: Promise<unknown> = Promise.resolve();

/**
 * Loads native libraries while this process stands in the engine's own folder. The prebuilt ones look for what they
 * need in the current folder too (an empty entry ends their run path), and that is the folder which the user has
 * open: a `libcudart.so.13` in there was run, where the system had none. One load at a time: the folder is the
 * process's.
 */
export function awayFromUserFolder<T>(load: () => Promise<T>): Promise<T> {
  const loaded = last.then(() => loadElsewhere(load));
  last = loaded.catch(() => undefined);
  return loaded;
}

async function loadElsewhere<T>(load: () => Promise<T>): Promise<T> {
  const userFolder = process.cwd();
  process.chdir(dirname(fileURLToPath(import.meta.url)));
  try {
    return await load();
  } finally {
    process.chdir(userFolder);
  }
}
