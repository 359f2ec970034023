import * as vscode from 'vscode';
import { readSetting, SECTION } from '../settings.js';

const SETTING = 'completion.enabled';

/** One way to turn ghost text on or off. */
export interface CompletionSwitch {
  readonly label: string;
  readonly turn: () => Promise<void>;
}

/** The switches on offer: for the given language, if there is one, and for all of them. */
export function completionSwitches(languageId: string | undefined): readonly CompletionSwitch[] {
  const isOn = readSetting(SETTING);
  const everywhere = {
    label: isOn
      ? vscode.l10n.t('Turn off ghost text everywhere')
      : vscode.l10n.t('Turn on ghost text everywhere'),
    turn: () => turnEverywhere(!isOn),
  };
  if (languageId === undefined) return [everywhere];
  const isOnHere = readSetting(SETTING, { languageId });
  const here = {
    label: isOnHere
      ? vscode.l10n.t('Turn off ghost text for {0}', languageId)
      : vscode.l10n.t('Turn on ghost text for {0}', languageId),
    turn: () => write(languageId, !isOnHere),
  };
  return [here, everywhere];
}

/** Removes the setting of languages that were switched the other way. */
async function turnEverywhere(isOn: boolean): Promise<void> {
  const { languageIds = [] } = vscode.workspace.getConfiguration(SECTION).inspect(SETTING) ?? {};
  await write(undefined, isOn);
  for (const languageId of languageIds)
    if (readSetting(SETTING, { languageId }) !== isOn) await write(languageId, undefined);
}

/** Writes the folder's value if it has one, because it overrides the user's. */
async function write(languageId: string | undefined, value: boolean | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration(
    SECTION,
    languageId === undefined ? null : { languageId },
  );
  const found = settings.inspect(SETTING);
  const ofFolder = languageId === undefined ? found?.workspaceValue : found?.workspaceLanguageValue;
  const target =
    ofFolder === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await settings.update(SETTING, value, target, languageId !== undefined);
}

/** Lets the user choose a switch, for the current language or everywhere, and applies it. */
export async function toggleCompletion(): Promise<void> {
  const switches = completionSwitches(vscode.window.activeTextEditor?.document.languageId);
  const picked = await vscode.window.showQuickPick(switches, { title: vscode.l10n.t('Ghost text') });
  await picked?.turn();
}
