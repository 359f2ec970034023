import type { FileOutline, Import, ImportedName } from '../../../syntax/outline/outline.js';
import { dirname } from 'node:path';
import { isWithin } from '../workspace.js';

/** A file that an import means, and what of it. */
export interface ModuleFile {
  readonly path: string;
  /** `all`: whatever others may use of it. */
  readonly names: readonly ImportedName[] | 'all';
  /** The name that the using file has for all of it. */
  readonly local?: string | undefined;
}

/** A file that imports, and the folder that nothing outside of is looked at. */
export interface ImportingFile {
  readonly path: string;
  readonly root: string;
  readonly outline: FileOutline;
}

/** Knows where a language's imports lead. What isn't part of the project leads nowhere. */
export interface ModuleResolver {
  resolve(imported: Import, from: ImportingFile): Promise<readonly ModuleFile[]>;
  /** Files whose names can be used without an import. */
  neighbours?(from: ImportingFile, text: string): Promise<readonly string[]>;
}

/** A folder and those around it, the innermost first, the root last. */
export function foldersUpTo(folder: string, root: string): string[] {
  const folders: string[] = [];
  for (let at = folder; isWithin(at, root); at = dirname(at)) {
    folders.push(at);
    if (at === dirname(at)) break;
  }
  return folders;
}
