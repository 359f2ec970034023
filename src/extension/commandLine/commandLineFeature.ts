import * as vscode from 'vscode';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import { guard } from '../guard.js';
import type { CommandLineHost } from './commandLine.js';

/** The command line that comes with the extension: a command that puts it into the PATH, and a terminal that has it. */
export class CommandLineFeature extends Disposables {
  readonly commands: FeatureCommands<'youtu.commandLine.install' | 'youtu.commandLine.uninstall'>;

  constructor(
    private readonly host: CommandLineHost,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.commands = {
      'youtu.commandLine.install': async () => (await import('./commandLine.js')).installCommand(host),
      'youtu.commandLine.uninstall': async () => (await import('./commandLine.js')).uninstallCommand(host),
    };
    this.own(
      vscode.window.registerTerminalProfileProvider('youtu.terminal', {
        provideTerminalProfile: async () => {
          const options = await guard(log, async () =>
            (await import('./commandLine.js')).commandTerminal(host),
          );
          return options && new vscode.TerminalProfile(options);
        },
      }),
    );
  }

  /** After the window has opened: a launcher that an earlier version has installed follows this one. */
  start(): void {
    if (this.host.memory.get('youtu.commandPath') === undefined) return;
    void guard(this.log, async () => (await import('./commandLine.js')).refreshCommand(this.host));
  }
}
