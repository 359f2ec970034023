import { dirname, isAbsolute, join, resolve } from 'node:path';
import { createPathsMatcher, type PathsMatcher } from 'get-tsconfig';
import { parse } from 'jsonc-parser';
import * as z from 'zod/mini';
import type { ProjectFiles } from '../projectFiles.js';
import { foldersUpTo } from './moduleResolver.js';

/** More than any project's chain of `extends`. */
const MAX_CONFIGS = 20;

const texts = z.array(z.string());
const configFile = z.object({
  extends: z.optional(z.union([z.string(), texts])),
  compilerOptions: z.optional(
    z.object({ baseUrl: z.optional(z.string()), paths: z.optional(z.record(z.string(), texts)) }),
  ),
});

/** What the aliases of a file follow from, all paths absolute. */
interface Aliases {
  readonly baseUrl?: string;
  readonly paths?: Readonly<Record<string, readonly string[]>>;
}

interface Reading {
  readonly root: string;
  /** The folder that `${configDir}` means: that of the file which the others are read for. */
  readonly configFolder: string;
  /** Paths and texts of what was read: the same ones, the same aliases. */
  readonly read: Map<string, string>;
}

/**
 * The import aliases of TypeScript and JavaScript projects: `paths` and `baseUrl` of tsconfig.json, with what it
 * extends. Each file is read through {@link ProjectFiles}, so that `extends` can't lead out of the project.
 */
export class PathAliases {
  private readonly matchers = new Map<
    string,
    { readonly state: string; readonly matcher: PathsMatcher | null }
  >();

  constructor(private readonly files: ProjectFiles) {}

  /** The aliases for a file, from the next configuration upward; `null` when there are none. */
  async for(path: string, root: string): Promise<PathsMatcher | null> {
    const places = foldersUpTo(dirname(path), root);
    const config = await this.files.firstFile(
      places.flatMap((folder) => [join(folder, 'tsconfig.json'), join(folder, 'jsconfig.json')]),
    );
    if (config === undefined) return null;
    const reading: Reading = { root, configFolder: dirname(config), read: new Map() };
    const aliases = await this.aliasesOf(config, reading);
    const state = JSON.stringify([...reading.read]);
    const kept = this.matchers.get(config);
    if (kept?.state === state) return kept.matcher;
    const matcher = matcherOf(config, aliases);
    this.matchers.set(config, { state, matcher });
    return matcher;
  }

  private async aliasesOf(config: string, reading: Reading): Promise<Aliases> {
    if (reading.read.has(config) || reading.read.size >= MAX_CONFIGS) return {};
    const text = await this.files.text(config, reading.root);
    if (text === undefined) return {};
    reading.read.set(config, text);
    // Half written, or of another shape: then it says nothing.
    const { data } = configFile.safeParse(parse(text, [], { allowTrailingComma: true }));
    let aliases: Aliases = {};
    for (const name of [data?.extends ?? []].flat()) {
      const base = await this.files.firstFile(basesOf(name, config, reading.root));
      if (base !== undefined) aliases = { ...aliases, ...(await this.aliasesOf(base, reading)) };
    }
    const { baseUrl, paths } = data?.compilerOptions ?? {};
    const absolute = (target: string, folder: string): string =>
      resolve(folder, target.replace('${configDir}', reading.configFolder));
    if (baseUrl !== undefined) aliases = { ...aliases, baseUrl: absolute(baseUrl, dirname(config)) };
    if (paths === undefined) return aliases;
    const folder = aliases.baseUrl ?? dirname(config);
    const resolved = Object.entries(paths).map(([alias, targets]): [string, string[]] => [
      alias,
      targets.map((target) => absolute(target, folder)),
    ]);
    return { ...aliases, paths: Object.fromEntries(resolved) };
  }
}

/** Where a configuration may be that `extends` names: a path, or a package's file. */
function basesOf(name: string, config: string, root: string): string[] {
  const isPath = /^\.\.?(?:[/\\]|$)/.test(name) || isAbsolute(name);
  const bases = isPath
    ? [resolve(dirname(config), name)]
    : foldersUpTo(dirname(config), root).map((folder) => join(folder, 'node_modules', name));
  return bases.flatMap((base) => [base, `${base}.json`, join(base, 'tsconfig.json')]);
}

function matcherOf(config: string, { baseUrl, paths }: Aliases): PathsMatcher | null {
  const compilerOptions = {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(paths === undefined
      ? {}
      : {
          paths: Object.fromEntries(Object.entries(paths).map(([alias, targets]) => [alias, [...targets]])),
        }),
  };
  try {
    return createPathsMatcher({ path: config, config: { compilerOptions } });
  } catch {
    // An alias with several stars.
    return null;
  }
}
