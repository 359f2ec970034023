import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { isLauncher, launcherName, launcherText } from './launcher.js';
import { pathLine, userPathFolder, type PathEnvironment } from './pathFolder.js';

/** Of this user: where the launcher was put, so that an update of the extension writes it again. */
const INSTALLED = 'youtu.commandPath';

/** What of the extension the command line needs. */
export interface CommandLineHost {
  /** The command line's main file. */
  readonly main: string;
  /** A folder of the extension's own. */
  readonly storage: string;
  readonly memory: vscode.Memento;
}

/** Puts `youtu` where terminals find it, as `code` is. Asks before another program's file would be replaced. */
export async function installCommand(host: CommandLineHost): Promise<void> {
  const { folder, isInPath } = userPathFolder(environment());
  const path = join(folder, launcherName(process.platform));
  const there = await readFile(path, 'utf8').catch(() => undefined);
  if (there !== undefined && !isLauncher(there) && !(await mayReplace(path))) return;
  try {
    await writeLauncher(path, host.main);
  } catch (error) {
    throw new Error(
      vscode.l10n.t('{0} couldn’t be written: {1}. Check the folder’s permissions.', path, messageOf(error)),
      { cause: error },
    );
  }
  await host.memory.update(INSTALLED, path);
  if (isInPath)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('“youtu” is installed. Open a new terminal and type: youtu --help'),
    );
  else await offerPath(folder, path);
}

/** Removes what {@link installCommand} has written; never another program's file. */
export async function uninstallCommand({ memory }: Pick<CommandLineHost, 'memory'>): Promise<void> {
  const path = memory.get<string>(INSTALLED);
  const there = path === undefined ? undefined : await readFile(path, 'utf8').catch(() => undefined);
  await memory.update(INSTALLED, undefined);
  if (path === undefined || there === undefined || !isLauncher(there)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The “youtu” command isn’t installed.'));
    return;
  }
  await rm(path);
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} was removed.', path));
}

/** After an update the extension lies in another folder: an installed launcher follows it. */
export async function refreshCommand(host: CommandLineHost): Promise<void> {
  const path = host.memory.get<string>(INSTALLED);
  if (path === undefined) return;
  const there = await readFile(path, 'utf8').catch(() => undefined);
  // The user has removed it, or put another program there.
  if (there === undefined || !isLauncher(there)) return host.memory.update(INSTALLED, undefined);
  if (there !== textFor(host.main)) await writeLauncher(path, host.main);
}

/** A terminal in which `youtu` works, whatever the PATH is. */
export async function commandTerminal(host: CommandLineHost): Promise<vscode.TerminalOptions> {
  const folder = join(host.storage, 'bin');
  await writeLauncher(join(folder, launcherName(process.platform)), host.main);
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    name: 'Youtu Code',
    iconPath: new vscode.ThemeIcon('sparkle'),
    env: { [name]: [folder, process.env[name] ?? ''].join(delimiter) },
    message: vscode.l10n.t('The “youtu” command works here. Begin with: youtu --help'),
  };
}

async function writeLauncher(path: string, main: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  // A link that other tools keep there is replaced, not what it points to.
  await rm(path, { force: true });
  await writeFile(path, textFor(main), { mode: 0o755 });
}

function textFor(main: string): string {
  return launcherText({ platform: process.platform, node: process.execPath, main });
}

async function mayReplace(path: string): Promise<boolean> {
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('{0} belongs to another program. Replace it?', path);
  return (await vscode.window.showWarningMessage(question, { modal: true }, replace)) === replace;
}

/** The folder isn't searched by the user's shell yet: shows the line that changes that. */
async function offerPath(folder: string, path: string): Promise<void> {
  if (process.platform === 'win32') return offerWindowsPath(folder, path);
  const { file, line } = pathLine(folder, vscode.env.shell);
  const copy = vscode.l10n.t('Copy the Line');
  const message = vscode.l10n.t(
    '{0} is installed. For terminals to find it, add this line to {1}: {2}',
    path,
    file,
    line,
  );
  if ((await vscode.window.showInformationMessage(message, copy)) === copy)
    await vscode.env.clipboard.writeText(line);
}

/** On Windows the user's PATH lies in the registry: the command for it is put into a terminal, not run. */
async function offerWindowsPath(folder: string, path: string): Promise<void> {
  const show = vscode.l10n.t('Show the Command');
  const message = vscode.l10n.t('{0} is installed, but its folder isn’t in your PATH yet.', path);
  if ((await vscode.window.showInformationMessage(message, show)) !== show) return;
  const quoted = folder.replaceAll("'", "''");
  const terminal = vscode.window.createTerminal({ name: 'PATH', shellPath: 'powershell.exe' });
  terminal.show();
  terminal.sendText(
    `[Environment]::SetEnvironmentVariable('Path', [Environment]::GetEnvironmentVariable('Path', 'User') + ';${quoted}', 'User')`,
    false,
  );
}

function environment(): PathEnvironment {
  return { platform: process.platform, home: homedir(), env: process.env };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
