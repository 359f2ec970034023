import * as vscode from 'vscode';
import { readSetting } from '../settings.js';

/** What keeps ghost text from being seen anywhere, with the step that changes it. */
export interface Obstacle {
  readonly message: string;
  readonly button: string;
  readonly remove: () => PromiseLike<unknown>;
}

/** Other extensions that show ghost text as the user types. */
const RIVALS: readonly string[] = [
  'GitHub.copilot',
  'GitHub.copilot-chat',
  'Codeium.codeium',
  'Continue.continue',
  'TabbyML.vscode-tabby',
  'TabNine.tabnine-vscode',
  'Supermaven.supermaven',
  'ggml-org.llama-vscode',
  'AmazonWebServices.amazon-q-vscode',
  'google.geminicodeassist',
];

/** The obstacles that there are now, the ones that hide everything first. */
export function ghostTextObstacles(): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (!vscode.workspace.isTrusted)
    obstacles.push({
      message: vscode.l10n.t('Ghost text is off in folders that you don’t trust.'),
      button: vscode.l10n.t('Manage Trust'),
      remove: () => vscode.commands.executeCommand('workbench.trust.manage'),
    });
  if (vscode.workspace.getConfiguration('editor').get('inlineSuggest.enabled') === false)
    obstacles.push({
      message: vscode.l10n.t('VS Code doesn’t show ghost text because editor.inlineSuggest.enabled is off.'),
      button: vscode.l10n.t('Turn On'),
      remove: () => turnOn('editor', 'inlineSuggest.enabled'),
    });
  if (!readSetting('completion.enabled'))
    obstacles.push({
      message: vscode.l10n.t('Ghost text is off.'),
      button: vscode.l10n.t('Turn On'),
      remove: () => turnOn('youtu', 'completion.enabled'),
    });
  const rival = otherProvider();
  if (rival !== undefined) obstacles.push(rival);
  return obstacles;
}

/** Where the setting is off: a workspace's own value would hide a global one. */
function turnOn(section: string, name: string): Thenable<void> {
  const settings = vscode.workspace.getConfiguration(section);
  const { workspaceFolderValue, workspaceValue } = settings.inspect<boolean>(name) ?? {};
  const target =
    workspaceFolderValue === false
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : workspaceValue === false
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  return settings.update(name, true, target);
}

function otherProvider(): Obstacle | undefined {
  const extension = RIVALS.map((id) => vscode.extensions.getExtension(id)).find(
    (found) => found !== undefined,
  );
  if (extension === undefined) return undefined;
  const isCopilot = /^github\./i.test(extension.id);
  if (isCopilot && isCopilotOff()) return undefined;
  const manifest = extension.packageJSON as { readonly displayName?: string };
  return {
    message: vscode.l10n.t(
      '{0} shows ghost text too, and VS Code shows only one suggestion at a time. Turn one of the two off.',
      manifest.displayName ?? extension.id,
    ),
    button: isCopilot ? vscode.l10n.t('Open Settings') : vscode.l10n.t('Show the Extension'),
    remove: () =>
      isCopilot
        ? vscode.commands.executeCommand('workbench.action.openSettings', 'github.copilot.enable')
        : vscode.commands.executeCommand('extension.open', extension.id),
  };
}

function isCopilotOff(): boolean {
  const enabled = vscode.workspace.getConfiguration('github.copilot').get<Record<string, unknown>>('enable');
  return enabled?.['*'] === false;
}
