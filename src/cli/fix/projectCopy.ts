/** A copy of the project that a file is in, for a command that may do anything to it. */
import { constants, copyFile, mkdir, readdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { isWithin, Workspace } from '../../engine/completion/context/workspace.js';
import { InputError } from '../errors.js';

/** Installed packages and what builds have made. They are large, and a link to them is as good. */
const LINKED = new Set([
  ...['node_modules', '.venv', 'venv', '.tox', '.nox', 'vendor', 'target'],
  ...['dist', 'build', 'out', '.next', '.gradle', '.cache', '.mypy_cache', '.ruff_cache', '__pycache__'],
]);
/** A command that asks for these would change the history of the real project. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn']);
const MAX_FILES = 20_000;

export interface ProjectCopy {
  /** The file's copy. */
  readonly file: string;
  /** What the working folder is in the copy. */
  readonly folder: string;
  readonly root: string;
}

/**
 * @param path of the file, within `root`
 * @param target an empty folder
 * @throws InputError when the project is too large; the system's error
 */
export async function copyProject(
  root: string,
  path: string,
  target: string,
  signal: AbortSignal,
): Promise<ProjectCopy> {
  let count = 0;
  const copyFolder = async (from: string, to: string): Promise<void> => {
    signal.throwIfAborted();
    await mkdir(to, { recursive: true });
    for (const entry of await readdir(from, { withFileTypes: true })) {
      if (LEFT_OUT.has(entry.name)) continue;
      const [source, copy] = [join(from, entry.name), join(to, entry.name)];
      // The file itself may be in a folder of such a name.
      const isLinked = entry.isSymbolicLink() || (LINKED.has(entry.name) && !isWithin(path, source));
      if (++count > MAX_FILES) throw tooLarge(root);
      if (isLinked) await symlink(source, copy, 'junction');
      else if (entry.isDirectory()) await copyFolder(source, copy);
      // Without reading the bytes, where the file system can share them. Sockets and pipes are left out.
      else if (entry.isFile()) await copyFile(source, copy, constants.COPYFILE_FICLONE);
    }
  };
  await copyFolder(root, target);
  const working = process.cwd();
  const folder = isWithin(working, root)
    ? join(target, relative(root, working))
    : join(target, relative(root, dirname(path)));
  return { file: join(target, relative(root, path)), folder, root: target };
}

function tooLarge(root: string): InputError {
  return new InputError(
    `The project ${root} has more than ${MAX_FILES.toLocaleString('en')} files, too many to copy for the check. Write {} into the command where the file's name belongs: then only the file is copied.`,
  );
}

/** A copy of the file alone, for a command with {} in it: it runs in the user's own folder. */
export async function copyFileAlone(path: string, folder: string): Promise<ProjectCopy> {
  const file = join(folder, basename(path));
  await writeFile(file, '');
  return { file, folder: process.cwd(), root: folder };
}

/** The folder that the command is run in may be further up than the file's own project. */
export async function projectOf(path: string): Promise<string> {
  const root = await new Workspace().rootOf(path);
  const working = await realpath(process.cwd());
  const isAbove = isWithin(root, working) && !isWithin(homedir(), working);
  return isAbove ? working : root;
}
