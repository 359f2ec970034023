import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What lies at the top of a project, in whatever language. */
const MARKERS: ReadonlySet<string> = new Set([
  '.git',
  'package.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'pytest.ini',
  'go.mod',
  'Cargo.toml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'Gemfile',
  '.rspec',
  'composer.json',
  'CMakeLists.txt',
  'Makefile',
]);
/** Of .NET, whose projects lie below. */
const SOLUTION = /\.slnx?$/;

/** The folders that the user has opened: what a file may be told from, and what lies outside is never read. */
export class Workspace {
  private opened: readonly string[] = [];
  private readonly found = new Map<string, Promise<string>>();

  /** @param uris of the editor's folders; others than `file:` are left out */
  setFolders(uris: readonly string[]): void {
    this.opened = uris.flatMap((uri) => pathOf(uri) ?? []);
    this.found.clear();
  }

  get folders(): readonly string[] {
    return this.opened;
  }

  /** The innermost opened folder around a file, or the project that it seems to be of when none is. */
  rootOf(path: string): Promise<string> {
    const around = this.opened.filter((folder) => isWithin(path, folder));
    const [innermost] = around.sort((a, b) => b.length - a.length);
    if (innermost !== undefined) return Promise.resolve(innermost);
    const folder = dirname(path);
    let root = this.found.get(folder);
    if (root === undefined) {
      root = projectAround(folder);
      this.found.set(folder, root);
    }
    return root;
  }
}

/** @returns `undefined` for URIs of anything but a file on this machine */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    // A host, or a character that no path has.
    return undefined;
  }
}

export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

/** Characters. No project has longer paths; the URI of a document that isn't saved may hold anything. */
const MAX_SHOWN_PATH = 400;

/** As a person would write it: from the root, with forward slashes; outside of it by its name alone. */
export function displayPath(path: string, root: string | undefined): string {
  const shown =
    root === undefined || !isWithin(path, root) ? basename(path) : relative(root, path).replaceAll(sep, '/');
  // The end tells the most.
  return shown.length > MAX_SHOWN_PATH ? `…${shown.slice(1 - MAX_SHOWN_PATH)}` : shown;
}

async function projectAround(folder: string): Promise<string> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const names = await readdir(at).catch(() => []);
    if (names.some((name) => MARKERS.has(name) || SOLUTION.test(name))) return at;
  }
  return folder;
}
