import { dirname, join } from 'node:path';
import type { Import } from '../../../syntax/outline/outline.js';
import type { ProjectFiles } from '../projectFiles.js';
import { isWithin } from '../workspace.js';
import { foldersUpTo, type ImportingFile, type ModuleFile, type ModuleResolver } from './moduleResolver.js';

/** Packages are folders, named from the module that go.mod says. */
export class GoModules implements ModuleResolver {
  constructor(private readonly files: ProjectFiles) {}

  async resolve({ module, local }: Import, from: ImportingFile): Promise<readonly ModuleFile[]> {
    for (const folder of foldersUpTo(dirname(from.path), from.root)) {
      const [, name] =
        /^module\s+"?([^\s"]+)/m.exec((await this.files.text(join(folder, 'go.mod'), from.root)) ?? '') ?? [];
      if (name === undefined) continue;
      if (module !== name && !module.startsWith(`${name}/`)) return [];
      const target = join(folder, module.slice(name.length));
      if (!isWithin(target, from.root)) return [];
      return (await this.sources(target, false)).map((path) => ({ path, names: 'all', local }));
    }
    return [];
  }

  async neighbours({ path }: ImportingFile): Promise<readonly string[]> {
    const sources = await this.sources(dirname(path), path.endsWith('_test.go'));
    return sources.filter((source) => source !== path);
  }

  private async sources(folder: string, withTests: boolean): Promise<string[]> {
    const files = await this.files.list(folder);
    return files.filter((file) => file.endsWith('.go') && (withTests || !file.endsWith('_test.go')));
  }
}
