import { dirname, join } from 'node:path';
import type { Import, ImportedName } from '../../../syntax/outline/outline.js';
import type { ProjectFiles } from '../projectFiles.js';
import { isWithin } from '../workspace.js';
import { foldersUpTo, type ImportingFile, type ModuleFile, type ModuleResolver } from './moduleResolver.js';

export class PythonModules implements ModuleResolver {
  constructor(private readonly files: ProjectFiles) {}

  async resolve(
    { module, names, isWhole, local }: Import,
    from: ImportingFile,
  ): Promise<readonly ModuleFile[]> {
    const [, dots = '', dotted = ''] = /^(\.*)\s*([^]*)$/.exec(module) ?? [];
    const parts = dotted.split('.').filter((part) => part !== '');
    for (const start of startsOf(dots.length, from)) {
      const base = join(start, ...parts);
      if (!isWithin(base, from.root)) continue;
      const own = parts.length === 0 ? await this.initOf(base) : await this.moduleAt(base);
      const found: ModuleFile[] = [];
      const others: ImportedName[] = [];
      // `from package import module`
      for (const imported of names) {
        const submodule = await this.moduleAt(join(base, imported.name));
        if (submodule === undefined) others.push(imported);
        else found.push({ path: submodule, names: 'all', local: imported.local });
      }
      if (own !== undefined && isWhole) found.push({ path: own, names: 'all', local });
      else if (own !== undefined && others.length > 0) found.push({ path: own, names: others });
      if (found.length > 0) return found;
    }
    return [];
  }

  private moduleAt(base: string): Promise<string | undefined> {
    return this.files.firstFile([
      `${base}.pyi`,
      `${base}.py`,
      join(base, '__init__.pyi'),
      join(base, '__init__.py'),
    ]);
  }

  private initOf(folder: string): Promise<string | undefined> {
    return this.files.firstFile([join(folder, '__init__.pyi'), join(folder, '__init__.py')]);
  }
}

/** Folders from which a module's name may be meant; Python's own path isn't known. */
function startsOf(dots: number, { path, root }: ImportingFile): string[] {
  let folder = dirname(path);
  if (dots > 0) {
    for (let up = 1; up < dots; up++) folder = dirname(folder);
    return [folder];
  }
  return [...foldersUpTo(folder, root), join(root, 'src')];
}
