import type { ProjectFiles } from '../projectFiles.js';
import { GoModules } from './goModules.js';
import { JavaModules } from './javaModules.js';
import { type ModuleResolver, foldersUpTo, type ImportingFile, type ModuleFile } from './moduleResolver.js';
import { PythonModules } from './pythonModules.js';
import { RustModules } from './rustModules.js';
import { ScriptModules } from './scriptModules.js';
import { dirname, join } from 'node:path';
import type { Import } from '../../../syntax/outline/outline.js';
import { isWithin } from '../workspace.js';

/** By VS Code's language id. */
export function moduleResolvers(files: ProjectFiles): ReadonlyMap<string, ModuleResolver> {
  const script = new ScriptModules(files);
  const included = new IncludedFiles(files);
  return new Map<string, ModuleResolver>([
    ['typescript', script],
    ['typescriptreact', script],
    ['javascript', script],
    ['javascriptreact', script],
    ['python', new PythonModules(files)],
    ['go', new GoModules(files)],
    ['rust', new RustModules(files)],
    ['java', new JavaModules(files)],
    ['c', included],
    ['cpp', included],
    ['cuda-cpp', included],
  ]);
}

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
