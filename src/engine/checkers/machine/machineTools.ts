import { access, constants, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { isWithin, pathOf, type Workspace } from '../../completion/context/workspace.js';

/**
 * What tools may see of the environment. Left out are variables that make them load code or change their messages:
 * NODE_OPTIONS, BASH_ENV, RUBYOPT, JAVA_TOOL_OPTIONS, RUSTC_WRAPPER, GOFLAGS, LD_PRELOAD and many others.
 */
const KEPT = [
  ...['HOME', 'USER', 'LOGNAME', 'XDG_CACHE_HOME'],
  ...[
    'SystemRoot',
    'windir',
    'SystemDrive',
    'USERPROFILE',
    'LOCALAPPDATA',
    'APPDATA',
    'ProgramFiles',
    'PATHEXT',
  ],
  // Where version managers and toolchains have their files.
  ...['PYENV_ROOT', 'RBENV_ROOT', 'ASDF_DIR', 'ASDF_DATA_DIR', 'RUSTUP_HOME', 'CARGO_HOME'],
  ...['GOROOT', 'GOPATH', 'GOCACHE', 'GOMODCACHE', 'JAVA_HOME', 'DEVELOPER_DIR', 'SDKROOT'],
];

/** The programs of this machine that are no part of the workspace. */
export class MachineTools {
  constructor(
    private readonly workspace: Pick<Workspace, 'folders' | 'rootOf'>,
    private readonly env: Readonly<Record<string, string | undefined>> = process.env,
  ) {}

  /**
   * @param names in order of preference
   * @param uri of the file that is to be checked
   * @returns the absolute path of the first that is there
   */
  async find(names: readonly string[], uri: string): Promise<string | undefined> {
    const folders = await this.searchPath(uri);
    const ownRoots = await this.ownRoots(uri);
    for (const name of names) {
      for (const folder of folders) {
        const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
        if ((await isProgram(path)) && !(await isInside(path, ownRoots)) && !(await opensDialog(path)))
          return path;
      }
    }
    return undefined;
  }

  /** @param folder for temporary files */
  async environment(uri: string, folder: string): Promise<Readonly<Record<string, string>>> {
    const kept = KEPT.flatMap((name) => {
      const value = this.env[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      ...Object.fromEntries(kept),
      PATH: (await this.searchPath(uri)).join(delimiter),
      // The messages of each tool are read in its own language.
      LC_ALL: 'C.UTF-8',
      TMPDIR: folder,
      TEMP: folder,
      TMP: folder,
    };
  }

  private async searchPath(uri: string): Promise<readonly string[]> {
    const ownRoots = await this.ownRoots(uri);
    const folders = (this.env['PATH'] ?? this.env['Path'] ?? '').split(delimiter).filter(isAbsolute);
    const isOwn = await Promise.all(folders.map((folder) => isInside(folder, ownRoots)));
    return folders.filter((_, index) => isOwn[index] === false);
  }

  /** The workspace's folders, whose files may come from anyone. A folder that holds the user's home is no project. */
  private async ownRoots(uri: string): Promise<readonly string[]> {
    const path = pathOf(uri);
    const roots = [
      ...this.workspace.folders,
      ...(path === undefined ? [] : [await this.workspace.rootOf(path)]),
    ];
    return roots.filter((root) => !isWithin(homedir(), root));
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not for this user
  }
}

async function isInside(path: string, roots: readonly string[]): Promise<boolean> {
  const real = await realpath(path).catch(() => path);
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  return [...roots, ...realRoots].some((root) => isWithin(path, root) || isWithin(real, root));
}

const DEVELOPER_TOOLS = /^\/usr\/bin\/(?:python3|gcc|g\+\+|cc|clang|clang\+\+)$/;

/** macOS has placeholders that offer to install the real program when they are started. */
async function opensDialog(path: string): Promise<boolean> {
  if (process.platform !== 'darwin') return false;
  const needed =
    path === '/usr/bin/javac'
      ? ['/Library/Java/JavaVirtualMachines']
      : DEVELOPER_TOOLS.test(path)
        ? ['/Library/Developer/CommandLineTools/usr/bin', '/Applications/Xcode.app']
        : undefined;
  if (needed === undefined) return false;
  const found = await Promise.all(
    needed.map((folder) =>
      access(folder).then(
        () => true,
        () => false,
      ),
    ),
  );
  return !found.includes(true);
}
