import * as vscode from 'vscode';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import type { EngineProcess } from '../engine/engineProcess.js';
import { readSetting, SECTION } from '../settings.js';

const KEY = 'youtu.remote.key';
/** Addresses of which the user knows that code goes there. */
const TOLD = 'youtu.remote.told';

/** The key of the server that has the model, and a word about what goes there. The setting never holds the key. */
export class RemoteFeature extends Disposables {
  readonly commands: FeatureCommands<'youtu.remote.setKey' | 'youtu.remote.clearKey'> = {
    'youtu.remote.setKey': () => this.askForKey(),
    'youtu.remote.clearKey': async () => {
      await this.context.secrets.delete(KEY);
      void vscode.window.showInformationMessage(vscode.l10n.t('The server’s key was deleted.'));
    },
  };

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>,
    engine: Pick<EngineProcess, 'sendSettings'>,
    private readonly log: Pick<vscode.LogOutputChannel, 'warn'>,
  ) {
    super();
    // Also from another window.
    this.own(
      context.secrets.onDidChange(({ key }) => {
        if (key === KEY) engine.sendSettings();
      }),
    );
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) void this.tellOnce();
      }),
    );
    void this.tellOnce();
  }

  private get isUsed(): boolean {
    return [readSetting('model.chat'), readSetting('model.completion')].includes('remote');
  }

  /** Empty without one; `undefined` while no model is on a server, so that the system's storage isn't opened. */
  key(): Promise<string> | undefined {
    return this.isUsed ? this.storedKey() : undefined;
  }

  private async storedKey(): Promise<string> {
    try {
      return (await this.context.secrets.get(KEY)) ?? '';
    } catch (error) {
      this.log.warn(`The server's key can't be read from the secret storage: ${String(error)}`);
      return '';
    }
  }

  private async askForKey(): Promise<void> {
    const key = await vscode.window.showInputBox({
      title: vscode.l10n.t('Key of the Server'),
      prompt: vscode.l10n.t(
        'Sent to the server of youtu.remote.url only. It is kept in the system’s secret storage.',
      ),
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) =>
        /^[\x21-\x7e]*$/.test(value.trim())
          ? undefined
          : vscode.l10n.t('A key has no blanks and no other than ASCII characters.'),
    });
    if (key === undefined || key.trim() === '') return;
    await this.context.secrets.store(KEY, key.trim());
  }

  /** Once for each address: elsewhere this product says that code stays on the machine. */
  private async tellOnce(): Promise<void> {
    const url = readSetting('remote.url').trim();
    if (!this.isUsed || url === '') return;
    const told = this.context.globalState.get<readonly string[]>(TOLD, []);
    if (told.includes(url)) return;
    await this.context.globalState.update(TOLD, [...told, url]);
    const change = vscode.l10n.t('Open Settings');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'A model on a server is selected: the code around the cursor, parts of other files of the project, and your questions go to {0}, and only there.',
        url,
      ),
      change,
    );
    if (chosen === change)
      await vscode.commands.executeCommand('workbench.action.openSettings', 'youtu.remote');
  }
}
