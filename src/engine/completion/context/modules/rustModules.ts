import { basename, dirname, join, relative, sep } from 'node:path';
import type { Import } from '../../../syntax/outline/outline.js';
import type { ProjectFiles } from '../projectFiles.js';
import { isWithin } from '../workspace.js';
import { foldersUpTo, type ImportingFile, type ModuleFile, type ModuleResolver } from './moduleResolver.js';

interface Crate {
  readonly sources: string;
  /** Of the module that imports, from the crate's root. */
  readonly modulePath: readonly string[];
}

export class RustModules implements ModuleResolver {
  constructor(private readonly files: ProjectFiles) {}

  async resolve(
    { module, names, isWhole, local }: Import,
    from: ImportingFile,
  ): Promise<readonly ModuleFile[]> {
    const place = await this.placeOf(module.split('::'), from);
    if (place === undefined || !isWithin(place.sources, from.root)) return [];
    const own = await this.fileOf(place.sources, place.modulePath);
    const found: ModuleFile[] =
      own === undefined ? [] : [{ path: own, names: isWhole ? 'all' : names, local }];
    // `use crate::a::b`, where b is a module itself.
    for (const { name, local: alias } of names) {
      const submodule = await this.fileOf(place.sources, [...place.modulePath, name]);
      if (submodule !== undefined && submodule !== own)
        found.push({ path: submodule, names: 'all', local: alias });
    }
    // `use crate::a::Enum::*`: the last part isn't a module but is in one.
    const last = place.modulePath.at(-1);
    if (own === undefined && found.length === 0 && last !== undefined) {
      const outer = await this.fileOf(place.sources, place.modulePath.slice(0, -1));
      if (outer !== undefined) found.push({ path: outer, names: [{ name: last, local: last }] });
    }
    return found.filter(({ path }) => path !== from.path);
  }

  private async placeOf(parts: readonly string[], { path, root }: ImportingFile): Promise<Crate | undefined> {
    const [first = '', ...rest] = parts;
    const folder = await this.crateAround(path, root);
    if (folder === undefined) return undefined;
    const sources = join(folder, 'src');
    const here = isWithin(path, sources) ? modulePathOf(path, sources) : [];
    if (first === 'crate') return { sources, modulePath: rest };
    if (first === 'self') return { sources, modulePath: [...here, ...rest] };
    if (first === 'super') {
      const ups = parts.findIndex((part) => part !== 'super');
      const up = ups < 0 ? parts.length : ups;
      return { sources, modulePath: [...here.slice(0, Math.max(0, here.length - up)), ...parts.slice(up)] };
    }
    const other = await this.crateNamed(first, folder, root);
    if (other !== undefined) return { sources: join(other, 'src'), modulePath: rest };
    return { sources, modulePath: [...here, ...parts] };
  }

  private async crateAround(path: string, root: string): Promise<string | undefined> {
    const manifest = await this.files.firstFile(
      foldersUpTo(dirname(path), root).map((folder) => join(folder, 'Cargo.toml')),
    );
    return manifest === undefined ? undefined : dirname(manifest);
  }

  /** The crate itself, as its tests and its program call it, one that it names a path of, or one beside it. */
  private async crateNamed(name: string, folder: string, root: string): Promise<string | undefined> {
    const manifest = (await this.files.text(join(folder, 'Cargo.toml'), root)) ?? '';
    const [, own] = /^[ \t]*name\s*=\s*"([^"]+)"/m.exec(manifest) ?? [];
    if (own?.replaceAll('-', '_') === name) return folder;
    const dashed = name.replaceAll('_', '[-_]');
    const [, path] =
      new RegExp(`^[ \\t]*${dashed}\\s*=.*\\bpath\\s*=\\s*"([^"]+)"`, 'm').exec(manifest) ?? [];
    const places = path === undefined ? [join('..', name), join('..', name.replaceAll('_', '-'))] : [path];
    const found = await this.files.firstFile(places.map((place) => join(folder, place, 'Cargo.toml')));
    return found === undefined ? undefined : dirname(found);
  }

  private fileOf(sources: string, modulePath: readonly string[]): Promise<string | undefined> {
    const base = join(sources, ...modulePath);
    const places = modulePath.length === 0 ? ['lib.rs', 'main.rs'] : [];
    return this.files.firstFile([
      ...places.map((name) => join(sources, name)),
      ...(modulePath.length === 0 ? [] : [`${base}.rs`, join(base, 'mod.rs')]),
    ]);
  }
}

/** src/a/b.rs and src/a/b/mod.rs are both `a::b`. */
function modulePathOf(path: string, sources: string): string[] {
  const parts = relative(sources, path).split(sep);
  const name = basename(parts.pop() ?? '', '.rs');
  return /^(?:mod|lib|main)$/.test(name) ? parts : [...parts, name];
}
