import { basename, dirname, join, sep } from 'node:path';
import type { Import } from '../../../syntax/outline/outline.js';
import type { ProjectFiles } from '../projectFiles.js';
import { isWithin } from '../workspace.js';
import type { ImportingFile, ModuleFile, ModuleResolver } from './moduleResolver.js';

/** A class is a file of its name, a package the folders above it. */
export class JavaModules implements ModuleResolver {
  constructor(private readonly files: ProjectFiles) {}

  async resolve({ module, names, isWhole }: Import, from: ImportingFile): Promise<readonly ModuleFile[]> {
    for (const root of sourceRoots(from)) {
      const folder = join(root, ...module.split('.'));
      if (!isWithin(folder, from.root)) continue;
      if (isWhole) {
        const inPackage = await this.classesIn(folder);
        if (inPackage.length > 0) return inPackage.map((path) => ({ path, names: 'all' }));
      }
      for (const { name, local } of names) {
        const path = join(folder, `${name}.java`);
        if (await this.files.isFile(path)) return [{ path, names: [{ name, local }] }];
      }
      // A static import, or a class inside of another one.
      const outer = module.slice(module.lastIndexOf('.') + 1);
      if (await this.files.isFile(`${folder}.java`))
        return [{ path: `${folder}.java`, names: [{ name: outer, local: names[0]?.local ?? outer }] }];
    }
    return [];
  }

  /** Classes of the same package that the text names. */
  async neighbours(from: ImportingFile, text: string): Promise<readonly string[]> {
    const folders = sourceRoots(from).map((root) =>
      join(root, ...(from.outline.packageName ?? '').split('.')),
    );
    const classes = await Promise.all([...new Set(folders)].map((folder) => this.classesIn(folder)));
    const named = new Set(text.match(/\b[A-Z]\w*/g));
    return classes.flat().filter((path) => path !== from.path && named.has(basename(path, '.java')));
  }

  private async classesIn(folder: string): Promise<string[]> {
    return (await this.files.list(folder)).filter((path) => path.endsWith('.java'));
  }
}

/** The folder that packages begin in, as the file's own package says; of a test the program's as well. */
function sourceRoots({ path, outline }: ImportingFile): string[] {
  const folder = dirname(path);
  const inPackage = (outline.packageName ?? '').split('.').filter((part) => part !== '');
  const own = inPackage.length > 0 && folder.endsWith(sep + inPackage.join(sep));
  const root = own ? join(folder, ...inPackage.map(() => '..')) : folder;
  const main = root.replace(`${sep}src${sep}test${sep}`, `${sep}src${sep}main${sep}`);
  return main === root ? [root] : [root, main];
}
