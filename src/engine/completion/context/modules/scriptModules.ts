import { dirname, join, relative, resolve } from 'node:path';
import { realpath } from 'node:fs/promises';
import type { Import } from '../../../syntax/outline/outline.js';
import type { ProjectFiles } from '../projectFiles.js';
import { isWithin } from '../workspace.js';
import { PathAliases } from './pathAliases.js';
import { foldersUpTo, type ImportingFile, type ModuleFile, type ModuleResolver } from './moduleResolver.js';

const ENDINGS = ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** What a compiled file is made from. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.d.mts', '.mjs'],
  '.cjs': ['.cts', '.d.cts', '.cjs'],
};

/** TypeScript and JavaScript: relative paths, paths of tsconfig.json, and packages that are folders of the project. */
export class ScriptModules implements ModuleResolver {
  private readonly aliases: PathAliases;

  constructor(private readonly files: ProjectFiles) {
    this.aliases = new PathAliases(files);
  }

  async resolve(
    { module, names, isWhole, local }: Import,
    from: ImportingFile,
  ): Promise<readonly ModuleFile[]> {
    const path = await this.find(module, from);
    return path === undefined ? [] : [{ path, names: isWhole && names.length === 0 ? 'all' : names, local }];
  }

  private async find(module: string, { path, root }: ImportingFile): Promise<string | undefined> {
    if (/^\.\.?(?:\/|$)/.test(module)) return this.fileAt(resolve(dirname(path), module));
    const matcher = await this.aliases.for(path, root);
    for (const candidate of matcher?.(module) ?? []) {
      const found = await this.fileAt(candidate);
      if (found !== undefined && isWithin(found, root)) return found;
    }
    return this.packageAt(module, path, root);
  }

  private async fileAt(base: string): Promise<string | undefined> {
    const [ending = ''] = /\.[cm]?jsx?$/.exec(base) ?? [];
    const stem = base.slice(0, base.length - ending.length);
    const compiled = (SOURCES[ending] ?? []).map((source) => stem + source);
    const beside = ENDINGS.map((source) => base + source);
    const inside = ENDINGS.map((source) => join(base, `index${source}`));
    const itself = ENDINGS.some((source) => base.endsWith(source)) ? [base] : [];
    return this.files.firstFile([...compiled, ...itself, ...beside, ...inside]);
  }

  /** A package of the same repository, which node_modules only links to. */
  private async packageAt(module: string, path: string, root: string): Promise<string | undefined> {
    const [, name, rest = ''] = /^((?:@[\w.-]+\/)?[\w.-]+)(\/.*)?$/.exec(module) ?? [];
    if (name === undefined || module.startsWith('node:')) return undefined;
    const realRoot = await realpath(root).catch(() => root);
    for (const folder of foldersUpTo(dirname(path), root)) {
      const real = await realpath(join(folder, 'node_modules', name)).catch(() => undefined);
      if (real === undefined) continue;
      const inRoot = relative(realRoot, real);
      if (!isWithin(real, realRoot) || /(?:^|[\\/])node_modules[\\/]/.test(inRoot)) return undefined;
      const starts =
        rest === '' ? ['src/index', 'index', 'src/main', 'lib/index'] : [`.${rest}`, `src${rest}`];
      for (const start of starts) {
        const found = await this.fileAt(join(root, inRoot, start));
        if (found !== undefined) return found;
      }
      return undefined;
    }
    return undefined;
  }
}
