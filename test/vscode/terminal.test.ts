import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { TerminalErrors } from '../../src/extension/terminal/terminalErrors.js';
import { BROKEN, openPreview } from './support/edits.js';
import { notificationShows } from './support/notifications.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { click, hasPage, readTexts } from './support/workbench.js';

describe('a terminal without shell integration', function () {
  this.timeout(60_000);
  const log = vscode.window.createOutputChannel('terminal test', { log: true });
  after(() => log.dispose());

  it('is said to be the reason why no command is known, with the setting', async () => {
    const terminal = vscode.window.createTerminal({
      name: 'bare',
      pty: {
        onDidWrite: new vscode.EventEmitter<string>().event,
        open: () => undefined,
        close: () => undefined,
      },
    });
    const errors = new TerminalErrors({ askWith: () => Promise.reject(new Error('nothing to ask')) }, log);
    try {
      terminal.show();
      await until('it is the active one', () => vscode.window.activeTerminal === terminal);
      await errors.explain(false);
      await notificationShows('shell integration isn’t active in it');
      await takeScreenshots('terminal-without-integration');
      if (hasPage)
        assert.ok((await readTexts('.notification-list-item .monaco-button')).includes('Open Settings'));
    } finally {
      errors.dispose();
      terminal.dispose();
      await vscode.commands.executeCommand('notifications.clearAll');
    }
  });
});

/** A real shell, with VS Code's shell integration. */
describe('a command that fails in a terminal', function () {
  this.timeout(240_000);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const files = ['total.ts', 'report.js'].map((name) => join(folder, name));
  let terminal: vscode.Terminal;
  let shell: vscode.TerminalShellIntegration;

  before(async () => {
    assert.notEqual(folder, '');
    const [total = '', report = ''] = files;
    await writeFile(total, BROKEN);
    await writeFile(
      report,
      "console.log('SECRET_TOKEN=abcdef123456');\nconsole.error('total.ts(4,12): error TS2304: Cannot find name \\'prise\\'.');\nprocess.exit(Number(process.argv[2] ?? 2));\n",
    );
    terminal = vscode.window.createTerminal({ cwd: folder, shellPath: '/bin/bash' });
    terminal.show();
    shell = await until('shell integration is active', () => terminal.shellIntegration, 60_000);
  });
  after(async () => {
    terminal.dispose();
    await vscode.commands.executeCommand('youtu.edit.reject');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.action.closePanel');
    for (const file of files) await rm(file, { force: true });
  });

  /** Runs a command to its end. */
  async function run(commandLine: string): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.window.onDidEndTerminalShellExecution(() => {
        listener.dispose();
        resolve();
      });
    });
    shell.executeCommand(commandLine);
    await ended;
  }
  const isOffered = async (): Promise<boolean> =>
    (await readTexts('.statusbar-item')).some((text) => text.includes('Explain Error'));

  it('is offered to be explained in the status bar, until the next command', async () => {
    await run('node report.js');
    if (hasPage) {
      await until('it is offered', isOffered);
      await takeScreenshots('terminal-error');
    }
    await run('true');
    if (hasPage) await until('it is no longer offered', async () => !(await isOffered()));
  });

  it('isn’t offered when the user has stopped it, or it has written nothing', async () => {
    await run('node report.js 130');
    await run('false');
    if (hasPage) assert.equal(await isOffered(), false);
  });

  it('is explained in the chat, with its output, and without what looks like a secret', async () => {
    await run('node report.js');
    await until('the failure is known', async () => !hasPage || isOffered());
    await vscode.commands.executeCommand('youtu.chat.new');
    await vscode.commands.executeCommand('youtu.explainTerminalError');
    if (!hasPage) return;
    const [question = ''] = await readTexts('[role="log"] .user');
    assert.match(question, /What does this error mean/);
    assert.match(question, /node report\.js.*exit code 2/);
    await click('[role="log"] .user summary');
    const [code = ''] = await readTexts('[role="log"] .user pre');
    assert.match(code, /SECRET_TOKEN=\*\*\*\ntotal\.ts/);
    assert.equal(await isOffered(), false);
  });

  it('is fixed at the line that its output names', async () => {
    await run('node report.js');
    await vscode.commands.executeCommand('youtu.fixTerminalError');
    const preview = await until('the fix is shown', openPreview);
    const shown = await vscode.workspace.openTextDocument(preview);
    await until('the fix is written', () => shown.getText() === BROKEN.replace('prise', 'price'));
    await vscode.commands.executeCommand('youtu.edit.reject');
  });

  it('offers a choice on a click, among them not to be asked again', async () => {
    if (!hasPage) return;
    await run('node report.js');
    await until('it is offered', isOffered);
    await click('.statusbar-item[id="youtu-code.youtu-code.youtu.terminal"] a');
    const entries = await until('the menu is open', async () => {
      const texts = await readTexts('.quick-input-list .monaco-list-row');
      return texts.length > 0 && texts;
    });
    assert.ok(
      entries.some((text) => text.includes('Fix total.ts, line 4')),
      entries.join('\n'),
    );
    await takeScreenshots('terminal-error-menu');
    await click('.quick-input-list .monaco-list-row:last-child');
    const configuration = (): unknown => vscode.workspace.getConfiguration('youtu').get('terminal.offer');
    await until('it is turned off', () => configuration() === false);
    await run('node report.js');
    assert.equal(await isOffered(), false);
    await vscode.workspace
      .getConfiguration('youtu')
      .update('terminal.offer', undefined, vscode.ConfigurationTarget.Global);
  });
});
