import { dirname, join } from 'node:path';
import type { Import } from '../../../syntax/outline/outline.js';
import type { ProjectFiles } from '../projectFiles.js';
import { isWithin } from '../workspace.js';
import { foldersUpTo } from './foldersUpTo.js';
import type { ImportingFile, ModuleFile, ModuleResolver } from './moduleResolver.js';

/** `#include "…"`: beside the file, or in a folder above it where headers are kept; the compiler's own paths aren't known. */
export class IncludedFiles implements ModuleResolver {
  constructor(private readonly files: ProjectFiles) {}

  async resolve({ module }: Import, { path, root }: ImportingFile): Promise<readonly ModuleFile[]> {
    const places = foldersUpTo(dirname(path), root).flatMap((folder) =>
      ['', 'include', 'inc', 'src'].map((part) => join(folder, part, module)),
    );
    const found = await this.files.firstFile(places.filter((place) => isWithin(place, root)));
    return found === undefined ? [] : [{ path: found, names: 'all' }];
  }
}
