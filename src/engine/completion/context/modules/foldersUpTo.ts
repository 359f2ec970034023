import { dirname } from 'node:path';
import { isWithin } from '../workspace.js';

/** A folder and those around it, the innermost first, the root last. */
export function foldersUpTo(folder: string, root: string): string[] {
  const folders: string[] = [];
  for (let at = folder; isWithin(at, root); at = dirname(at)) {
    folders.push(at);
    if (at === dirname(at)) break;
  }
  return folders;
}
