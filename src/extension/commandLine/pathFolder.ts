import { posix, win32 } from 'node:path';

export interface PathEnvironment {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface PathFolder {
  readonly folder: string;
  /** Whether a terminal finds programs there already. */
  readonly isInPath: boolean;
}

/**
 * Where a command for this user belongs: the first folder of their own that the PATH has, else the usual one, which has
 * to be added to the PATH. Never a folder of the system's: that would need its administrator.
 */
export function userPathFolder({ platform, home, env }: PathEnvironment): PathFolder {
  const path = platform === 'win32' ? win32 : posix;
  const candidates =
    platform === 'win32'
      ? [
          path.join(
            env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
            'Programs',
            'youtu-code',
            'bin',
          ),
        ]
      : [path.join(home, '.local', 'bin'), path.join(home, 'bin')];
  const inPath = new Set(pathEntries(env, platform).map((entry) => normal(entry, platform)));
  const found = candidates.find((candidate) => inPath.has(normal(candidate, platform)));
  return { folder: found ?? candidates[0] ?? home, isInPath: found !== undefined };
}

/** The line that adds a folder to the PATH of the user's shell, and the file that it belongs in. */
export function pathLine(folder: string, shell: string): { readonly file: string; readonly line: string } {
  const name = posix.basename(shell);
  if (name === 'fish') return { file: '~/.config/fish/config.fish', line: `fish_add_path '${folder}'` };
  const file = name === 'zsh' ? '~/.zshrc' : name === 'bash' ? '~/.bashrc' : '~/.profile';
  return { file, line: `export PATH="${folder}:$PATH"` };
}

function pathEntries(env: PathEnvironment['env'], platform: NodeJS.Platform): readonly string[] {
  const value = Object.entries(env).find(([name]) =>
    platform === 'win32' ? name.toUpperCase() === 'PATH' : name === 'PATH',
  )?.[1];
  return (value ?? '').split(platform === 'win32' ? ';' : ':').filter((entry) => entry !== '');
}

function normal(folder: string, platform: NodeJS.Platform): string {
  return platform === 'win32'
    ? win32.normalize(folder).replace(/\\+$/, '').toLowerCase()
    : posix.normalize(folder).replace(/(?<=.)\/+$/, '');
}
