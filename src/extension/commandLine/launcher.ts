/** The program that starts the command line: the editor's own Node, so that none needs to be installed. */
export interface LauncherTarget {
  readonly platform: NodeJS.Platform;
  /** `process.execPath` of the extension host: Node, or Electron, which is Node with a variable. */
  readonly node: string;
  /** The command line's main file inside of the extension. */
  readonly main: string;
}

/** Tells this project's launchers from other programs of the same name. */
const MARK = 'Youtu Code writes this file';

/** The launcher's text: a shell script, or on Windows a batch file. */
export function launcherText({ platform, node, main }: LauncherTarget): string {
  return platform === 'win32' ? batchText(node, main) : shellText(node, main);
}

export function isLauncher(text: string): boolean {
  return text.includes(MARK);
}

export function launcherName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'youtu.cmd' : 'youtu';
}

function shellText(node: string, main: string): string {
  return `#!/bin/sh
# ${MARK}, and again when the extension is updated.
main=${shellQuoted(main)}
if [ ! -f "$main" ]; then
  echo 'youtu: the VS Code extension Youtu Code is no longer installed. Install it again, or remove this file:' "$0" >&2
  exit 127
fi
ELECTRON_RUN_AS_NODE=1 exec ${shellQuoted(node)} "$main" "$@"
`;
}

function batchText(node: string, main: string): string {
  const lines = [
    '@echo off',
    `rem ${MARK}, and again when the extension is updated.`,
    'setlocal',
    'set ELECTRON_RUN_AS_NODE=1',
    `set "MAIN=${batchEscaped(main)}"`,
    'if not exist "%MAIN%" (',
    '  echo youtu: the VS Code extension Youtu Code is no longer installed. Install it again, or remove this file: %~f0 1>&2',
    '  exit /b 127',
    ')',
    `"${batchEscaped(node)}" "%MAIN%" %*`,
    'exit /b %ERRORLEVEL%',
    '',
  ];
  return lines.join('\r\n');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Batch files expand what lies between percent signs. */
function batchEscaped(text: string): string {
  return text.replaceAll('%', '%%');
}
