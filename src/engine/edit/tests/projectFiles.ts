import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const SKIPPED =
  /^(?:\..*|node_modules|dist|build|out|target|vendor|venv|env|__pycache__|coverage|bin|obj|third_party|site-packages)$/;
/** A larger project has enough tests among these. */
const MAX_FILES = 20_000;
const MAX_DEPTH = 14;
const MAX_BYTES = 1_000_000;

/** What is read of a project to find its tests: names of files, manifests, tests. */
export interface ProjectFiles {
  /** @returns `undefined` for what isn't there, is no file, or is too large */
  read(path: string): Promise<string | undefined>;
  /** Files below a folder, with slashes, relative to it; none in build output and dependencies. Links aren't followed. */
  list(folder: string): Promise<readonly string[]>;
}

export const diskFiles: ProjectFiles = {
  async read(path) {
    try {
      const { size } = await stat(path);
      return size > MAX_BYTES ? undefined : await readFile(path, 'utf8');
    } catch {
      return undefined; // not there, or not readable
    }
  },

  async list(folder) {
    const found: string[] = [];
    // Breadth first, so that a cut list has what is near the top.
    const left: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
    for (let next = left.shift(); next !== undefined && found.length < MAX_FILES; next = left.shift()) {
      const { path, depth } = next;
      const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const name = path === '' ? entry.name : `${path}/${entry.name}`;
        if (entry.isFile()) found.push(name);
        else if (entry.isDirectory() && depth < MAX_DEPTH && !SKIPPED.test(entry.name))
          left.push({ path: name, depth: depth + 1 });
      }
    }
    return found;
  },
};
