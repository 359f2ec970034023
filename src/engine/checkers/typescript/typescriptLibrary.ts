import { access, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isWithin, pathOf, type Workspace } from '../../completion/context/workspace.js';
import type { MachineTools } from '../machine/machineTools.js';

const LIBRARY = join('node_modules', 'typescript', 'lib', 'typescript.js');

export interface LibraryOptions {
  readonly workspace: Pick<Workspace, 'rootOf'>;
  readonly tools: Pick<MachineTools, 'find'>;
  /** The file that the editor has; empty for none. */
  readonly ofEditor?: () => string;
}

/**
 * Where TypeScript may be for a file, the best first: the project's own version, the editor's, the machine's. Some have
 * no library: TypeScript 7 is a native program.
 */
export async function findLibraries(
  uri: string,
  { workspace, tools, ofEditor }: LibraryOptions,
): Promise<readonly string[]> {
  const path = pathOf(uri);
  const candidates = [
    ...(path === undefined ? [] : foldersUpTo(dirname(path), await workspace.rootOf(path))).map((folder) =>
      join(folder, LIBRARY),
    ),
    ofEditor?.() ?? '',
    await besideCompiler(await tools.find(['tsc'], uri)),
  ];
  const isThere = await Promise.all(candidates.map((file) => exists(file)));
  return candidates.flatMap((file, index) => (isThere[index] === true ? [file] : []));
}

/** A folder and those around it, up to the project's. */
function foldersUpTo(folder: string, root: string): string[] {
  const folders: string[] = [];
  for (let at = folder; isWithin(at, root); at = dirname(at)) {
    folders.push(at);
    if (at === dirname(at)) break;
  }
  return folders;
}

/** `tsc` is a link to a file in the package's `bin` folder. */
async function besideCompiler(program: string | undefined): Promise<string> {
  if (program === undefined) return '';
  const real = await realpath(program).catch(() => program);
  return join(dirname(real), '..', 'lib', 'typescript.js');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
