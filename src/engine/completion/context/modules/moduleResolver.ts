import type { FileOutline, Import, ImportedName } from '../../../syntax/outline/outline.js';

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
