import * as vscode from 'vscode';
import type { Chat } from '../chat/chat.js';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import { guard } from '../guard.js';
import { readSetting } from '../settings.js';
import type { TerminalErrors } from './terminalErrors.js';

/** Listens to the commands of terminals; what they need is loaded with the first of them. */
export class TerminalFeature extends Disposables {
  private loaded: Promise<TerminalErrors> | undefined;

  readonly commands: FeatureCommands<'youtu.explainTerminalError' | 'youtu.fixTerminalError'> = {
    'youtu.explainTerminalError': async (argument) => (await this.load()).explain(argument === 'menu'),
    'youtu.fixTerminalError': async () => (await this.load()).fix(),
  };

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly chat: Pick<Chat, 'askWith'>,
  ) {
    super();
    this.own(
      vscode.window.onDidStartTerminalShellExecution(({ execution, terminal }) => {
        if (!readSetting('terminal.offer')) return;
        // At once: what is written before isn't in the stream.
        const output = execution.read();
        void guard(log, async () => (await this.load()).started(terminal, execution, output));
      }),
    );
    this.own(
      vscode.window.onDidEndTerminalShellExecution((event) => {
        void this.loaded?.then((errors) => guard(log, () => errors.ended(event)));
      }),
    );
    this.own(new vscode.Disposable(() => void this.loaded?.then((each) => each.dispose())));
  }

  private load(): Promise<TerminalErrors> {
    return (this.loaded ??= import('./terminalErrors.js').then(
      ({ TerminalErrors }) => new TerminalErrors(this.chat, this.log),
    ));
  }
}
