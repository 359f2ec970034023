import { homedir } from 'node:os';
import { dirname, isAbsolute, join, posix, resolve, win32 } from 'node:path';
import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { systemCode } from '../systemCode.js';
import { mkdir, stat, statfs } from 'node:fs/promises';

export interface FolderEnvironment {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder where models lie once for this user: extension and command line share it.
 * @param setting `youtu.model.folder`; it comes first, then the variable YOUTU_MODELS_FOLDER
 */
export function modelsFolder(
  setting = '',
  { platform, home, env }: FolderEnvironment = {
    platform: process.platform,
    home: homedir(),
    env: process.env,
  },
): string {
  const wanted = setting.trim() || env['YOUTU_MODELS_FOLDER']?.trim();
  if (wanted) return resolve(expandHome(wanted, home));
  if (platform === 'win32')
    return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'youtu-code', 'models');
  if (platform === 'darwin')
    return posix.join(home, 'Library', 'Application Support', 'youtu-code', 'models');
  const dataHome = env['XDG_DATA_HOME'];
  // The XDG specification: a relative path there is to be ignored.
  const base = dataHome && isAbsolute(dataHome) ? dataHome : posix.join(home, '.local', 'share');
  return posix.join(base, 'youtu-code', 'models');
}

/** `~` and `~/…` as a shell has them: settings files don't expand it. */
export function expandHome(path: string, home: string = homedir()): string {
  if (path === '~') return home;
  return /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
}

/**
 * Makes a folder with those above it. Node's own way to do so never returns in places like /proc, where a folder can't be
 * made although the one above it is there.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = systemCode(error);
    if (await isFolder(path)) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    if (!(await isFolder(dirname(path)))) await makeFolder(dirname(path));
    await mkdir(path).catch(async (again: unknown) => {
      if (systemCode(again) !== 'EEXIST' || !(await isFolder(path))) throw again;
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/**
 * What to throw when a file of the models folder can't be written. Errors other than the system's are passed on as
 * they are. For a full disk the sizes are 0: the caller that knows what is needed fills them in.
 */
export function folderError(folder: string, error: unknown): Error {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  if (FULL.has(code)) return noDiskSpace(folder, 0, 0);
  return new EngineError(EngineErrorCode.downloadFailed, { kind: 'folderNotWritable', folder, code });
}

export function noDiskSpace(folder: string, neededBytes: number, freeBytes: number): EngineError {
  return new EngineError(EngineErrorCode.downloadFailed, {
    kind: 'noDiskSpace',
    folder,
    neededBytes,
    freeBytes,
  });
}

/** Bytes that this user can still write in `folder`; infinite where the system doesn't tell. */
export async function freeBytesIn(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
