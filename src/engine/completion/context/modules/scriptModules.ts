import { dirname, join, resolve } from 'node:path';
import { realpath } from 'node:fs/promises';
import { createPathsMatcher, parseTsconfig, type PathsMatcher } from 'get-tsconfig';
import type { Import } from '../../../syntax/outline/outline.js';
import type { ProjectFiles } from '../projectFiles.js';
import { isWithin } from '../workspace.js';
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
  private readonly matchers = new Map<
    string,
    { readonly text: string; readonly matcher: PathsMatcher | null }
  >();

  constructor(private readonly files: ProjectFiles) {}

  async resolve(
    { module, names, isWhole, local }: Import,
    from: ImportingFile,
  ): Promise<readonly ModuleFile[]> {
    const path = await this.find(module, from);
    return path === undefined ? [] : [{ path, names: isWhole && names.length === 0 ? 'all' : names, local }];
  }

  private async find(module: string, { path, root }: ImportingFile): Promise<string | undefined> {
    if (/^\.\.?(?:\/|$)/.test(module)) return this.fileAt(resolve(dirname(path), module));
    const matcher = await this.pathsFor(path, root);
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

  /** The aliases of the next tsconfig.json upward. */
  private async pathsFor(path: string, root: string): Promise<PathsMatcher | null> {
    const places = foldersUpTo(dirname(path), root);
    const config = await this.files.firstFile(
      places.flatMap((folder) => [join(folder, 'tsconfig.json'), join(folder, 'jsconfig.json')]),
    );
    if (config === undefined) return null;
    const text = (await this.files.text(config)) ?? '';
    const kept = this.matchers.get(config);
    if (kept?.text === text) return kept.matcher;
    const matcher = matcherOf(config);
    this.matchers.set(config, { text, matcher });
    return matcher;
  }

  /** A package of the same repository, which node_modules only links to. */
  private async packageAt(module: string, path: string, root: string): Promise<string | undefined> {
    const [, name, rest = ''] = /^((?:@[\w.-]+\/)?[\w.-]+)(\/.*)?$/.exec(module) ?? [];
    if (name === undefined || module.startsWith('node:')) return undefined;
    for (const folder of foldersUpTo(dirname(path), root)) {
      const real = await realpath(join(folder, 'node_modules', name)).catch(() => undefined);
      if (real === undefined) continue;
      if (!isWithin(real, root) || /[\\/]node_modules[\\/]/.test(real)) return undefined;
      const starts =
        rest === '' ? ['src/index', 'index', 'src/main', 'lib/index'] : [`.${rest}`, `src${rest}`];
      for (const start of starts) {
        const found = await this.fileAt(join(real, start));
        if (found !== undefined) return found;
      }
      return undefined;
    }
    return undefined;
  }
}

function matcherOf(path: string): PathsMatcher | null {
  try {
    return createPathsMatcher({ path, config: parseTsconfig(path) });
  } catch {
    // Half written, or made upon one that isn't installed.
    return null;
  }
}
