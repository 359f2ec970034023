import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileGate } from '../../completion/context/fileGate.js';
import type { Workspace } from '../../completion/context/workspace.js';

const SKIPPED =
  /^(?:\..*|node_modules|dist|build|out|target|vendor|venv|env|__pycache__|coverage|bin|obj|third_party|site-packages)$/;
/** A larger project has enough tests among these. */
const MAX_FILES = 20_000;
const MAX_DEPTH = 14;
const MAX_BYTES = 1_000_000;

/** What is read of the project around a source to find its tests: names of files, manifests, tests. */
export interface ProjectFiles {
  /** The project's folder: nothing above it is read. */
  readonly top: string;
  /** @returns `undefined` for what isn't there, is no file, is too large, or may not be read */
  read(path: string): Promise<string | undefined>;
  /** Files below a folder, with slashes, relative to it; none in build output and dependencies. Links aren't followed. */
  list(folder: string): Promise<readonly string[]>;
  /** Whether anything is there; what it holds isn't read. */
  exists(path: string): Promise<boolean>;
  /** Whether what is written there stays in the project: links may lead out of it. */
  isInside(path: string): Promise<boolean>;
}

/** What may be read is decided by the gate, as for completions: links may lead out, and users exclude files. */
export async function filesAround(
  source: string,
  workspace: Pick<Workspace, 'rootOf'>,
  gate: Pick<FileGate, 'allows' | 'isInProject'>,
): Promise<ProjectFiles> {
  const top = await workspace.rootOf(source);
  return {
    top,
    async read(path) {
      try {
        if (!(await gate.allows(path, top))) return undefined;
        const { size } = await stat(path);
        return size > MAX_BYTES ? undefined : await readFile(path, 'utf8');
      } catch {
        return undefined; // not there, or not readable
      }
    },
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    isInside: (path) => gate.isInProject(path, top),
    list: namesBelow,
  };
}

async function namesBelow(folder: string): Promise<readonly string[]> {
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
}
