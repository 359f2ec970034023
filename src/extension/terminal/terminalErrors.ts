import { basename } from 'node:path';
import * as vscode from 'vscode';
import { newId } from '../../chatCore/newId.js';
import type { Chat } from '../chat/chat.js';
import { Disposables } from '../disposables.js';
import type { TargetArgument } from '../edit/editTarget.js';
import { guard, runOwnCommand } from '../guard.js';
import { readSetting, writeSetting } from '../settings.js';
import { foundPlaces, type FoundPlace } from './foundPlaces.js';
import { lastLines, OutputTail, withoutSecrets } from './outputTail.js';

/** What a small model can read, and what a page can show. */
const [MAX_LINES, MAX_LENGTH] = [60, 4000];
const MAX_COMMAND_LENGTH = 300;
/** The user has stopped it: Ctrl+C, also on Windows. */
const INTERRUPTED: readonly number[] = [130, 3221225786, -1073741510];
const MAX_FIXES = 5;

interface FailedCommand {
  readonly terminal: vscode.Terminal;
  readonly commandLine: string;
  readonly exitCode: number;
  readonly output: string;
  readonly cwd: vscode.Uri | undefined;
}

/** Explains and fixes what the last failed command of a terminal says; the offer is an item of the status bar. */
export class TerminalErrors extends Disposables {
  private readonly running = new Map<
    vscode.TerminalShellExecution,
    { readonly tail: OutputTail; readonly isRead: Promise<void> }
  >();
  private last: FailedCommand | undefined;
  private readonly item: vscode.StatusBarItem;

  constructor(
    private readonly chat: Pick<Chat, 'askWith'>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.item = this.own(
      vscode.window.createStatusBarItem('youtu.terminal', vscode.StatusBarAlignment.Left, -10),
    );
    this.item.name = vscode.l10n.t('Youtu Code: terminal errors');
    this.item.text = `$(sparkle) ${vscode.l10n.t('Explain Error')}`;
    this.item.command = {
      title: this.item.text,
      command: 'youtu.explainTerminalError',
      arguments: ['menu'],
    };
    this.own(
      vscode.window.onDidCloseTerminal((terminal) => {
        if (this.last?.terminal === terminal) this.item.hide();
      }),
    );
  }

  started(
    terminal: vscode.Terminal,
    execution: vscode.TerminalShellExecution,
    output: AsyncIterable<string>,
  ): void {
    if (this.last?.terminal === terminal) this.item.hide();
    const tail = new OutputTail();
    const isRead = (async () => {
      for await (const data of output) tail.push(data);
    })();
    this.running.set(execution, { tail, isRead: guard(this.log, () => isRead).then(() => undefined) });
  }

  async ended({ execution, terminal, exitCode }: vscode.TerminalShellExecutionEndEvent): Promise<void> {
    const running = this.running.get(execution);
    this.running.delete(execution);
    if (running === undefined || exitCode === undefined || exitCode === 0) return;
    if (INTERRUPTED.includes(exitCode)) return;
    // The stream ends with the command; the rest of it may come a moment later.
    await running.isRead;
    const output = withoutSecrets(running.tail.text);
    const commandLine = withoutSecrets(execution.commandLine.value.trim()).slice(0, MAX_COMMAND_LENGTH);
    // A search that finds nothing has nothing to explain.
    if (output === '' || commandLine === '') return;
    this.last = { terminal, commandLine, exitCode, output, cwd: execution.cwd };
    this.item.tooltip = vscode.l10n.t(
      '{0} failed with exit code {1}. Explain it or fix it with Youtu Code.',
      commandLine,
      exitCode,
    );
    if (readSetting('terminal.offer')) this.item.show();
  }

  /** @param withMenu lets the user choose first */
  async explain(withMenu: boolean): Promise<void> {
    const failed = this.failed();
    if (failed === undefined) return;
    if (withMenu) return this.choose(failed);
    this.item.hide();
    const { commandLine, exitCode, output } = failed;
    const question = [
      vscode.l10n.t('What does this error mean, and how do I fix it?'),
      vscode.l10n.t('The command {0} ended with exit code {1}.', `\`${commandLine}\``, exitCode),
    ].join('\n');
    await this.chat.askWith(question, [
      {
        id: newId(),
        label: vscode.l10n.t('Terminal'),
        languageId: 'plaintext',
        code: lastLines(output, MAX_LINES, MAX_LENGTH),
      },
    ]);
  }

  async fix(): Promise<void> {
    const failed = this.failed();
    if (failed === undefined) return;
    const [place] = await foundPlaces(failed.output, failed.cwd);
    if (place !== undefined) return this.fixAt(place);
    const explain = vscode.l10n.t('Explain');
    const sentence = vscode.l10n.t(
      'The output of {0} names no line of a file in this workspace.',
      failed.commandLine,
    );
    if ((await vscode.window.showInformationMessage(sentence, explain)) === explain)
      await this.explain(false);
  }

  private async choose(failed: FailedCommand): Promise<void> {
    const places = (await foundPlaces(failed.output, failed.cwd)).slice(0, MAX_FIXES);
    const items: (vscode.QuickPickItem & { readonly run: () => Promise<void> })[] = [
      {
        label: `$(comment-discussion) ${vscode.l10n.t('Explain in the Chat')}`,
        run: () => this.explain(false),
      },
      ...places.map((place) => ({
        label: `$(wrench) ${vscode.l10n.t('Fix {0}, line {1}', basename(place.uri.path), place.line + 1)}`,
        detail: place.message,
        run: () => this.fixAt(place),
      })),
      {
        label: `$(circle-slash) ${vscode.l10n.t('Don’t Offer This Again')}`,
        run: async () => {
          this.item.hide();
          await writeSetting('terminal.offer', false);
        },
      },
    ];
    const placeHolder = vscode.l10n.t('{0} failed with exit code {1}', failed.commandLine, failed.exitCode);
    await (await vscode.window.showQuickPick(items, { placeHolder }))?.run();
  }

  private async fixAt({ uri, line, message }: FoundPlace): Promise<void> {
    this.item.hide();
    const document = await vscode.workspace.openTextDocument(uri);
    const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
    const code = new vscode.Range(
      range.start.with({ character: document.lineAt(range.start.line).firstNonWhitespaceCharacterIndex }),
      range.end,
    );
    const shown = vscode.languages
      .getDiagnostics(uri)
      .filter((each) => each.severity <= vscode.DiagnosticSeverity.Warning)
      .filter((each) => each.range.intersection(range) !== undefined);
    const diagnostics = shown.length > 0 ? shown : [new vscode.Diagnostic(code, message)];
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(code.start, code.start) });
    const target: TargetArgument = { uri, range: code, isSelection: false, diagnostics };
    await runOwnCommand('youtu.fix', target);
  }

  /** The last command that failed; without one, the user is told why. */
  private failed(): FailedCommand | undefined {
    if (this.last === undefined) void guard(this.log, tellWhyNone);
    return this.last;
  }
}

async function tellWhyNone(): Promise<void> {
  const settings = vscode.l10n.t('Open Settings');
  const open = async (sentence: string, query: string): Promise<void> => {
    if ((await vscode.window.showInformationMessage(sentence, settings)) === settings)
      await vscode.commands.executeCommand('workbench.action.openSettings', query);
  };
  if (!readSetting('terminal.offer'))
    return open(
      vscode.l10n.t('Youtu Code doesn’t read terminals: youtu.terminal.offer is off.'),
      'youtu.terminal.offer',
    );
  const terminal = vscode.window.activeTerminal;
  if (terminal !== undefined && terminal.shellIntegration === undefined)
    return open(
      vscode.l10n.t(
        'VS Code can’t tell the commands of this terminal apart, because shell integration isn’t active in it. Turn it on, or use a shell that supports it (bash, zsh, fish, PowerShell).',
      ),
      'terminal.integrated.shellIntegration.enabled',
    );
  await vscode.window.showInformationMessage(
    vscode.l10n.t('No command has failed in a terminal since this window was opened.'),
  );
}
