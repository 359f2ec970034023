import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { visibleText } from '../../chatCore/hiddenCharacters.js';
import { SETTING_DEFAULTS } from '../settingSchemas.js';
import { SECTION } from '../settings.js';
import { WorkspacePrompt, type PromptDecision, type PromptSetting } from './workspacePrompt.js';

const DECISIONS = 'youtu.chat.systemPrompts';
/** Characters. A longer text wouldn't fit into the dialog. */
const MAX_SHOWN = 1500;

const decisions = z.record(z.string(), z.enum(['use', 'ignore']));

/** The chat's system prompt as VS Code has it. @param onDidDecide the text that the engine may use has changed */
export function workspacePrompt(state: vscode.Memento, onDidDecide: () => void): WorkspacePrompt {
  return new WorkspacePrompt({
    read: readSetting,
    decisions: {
      get: () => decisions.safeParse(state.get(DECISIONS)).data ?? {},
      update: (changed) => state.update(DECISIONS, changed),
    },
    ask,
    onDidDecide,
  });
}

function readSetting(): PromptSetting {
  const found = vscode.workspace.getConfiguration(SECTION).inspect<unknown>('chat.systemPrompt');
  const workspace = found?.workspaceFolderValue ?? found?.workspaceValue;
  const user = found?.globalValue;
  return {
    workspace: typeof workspace === 'string' ? workspace : undefined,
    user: typeof user === 'string' ? user : SETTING_DEFAULTS['chat.systemPrompt'],
    isTrusted: vscode.workspace.isTrusted,
  };
}

async function ask(text: string): Promise<PromptDecision | undefined> {
  const use = vscode.l10n.t('Use It');
  const ignore = vscode.l10n.t('Don’t Use It');
  const showAll = vscode.l10n.t('Show All');
  const shown = visibleText(text);
  const isCut = shown.length > MAX_SHOWN;
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('This workspace’s settings give the chat’s model instructions of their own. Use them?'),
    { modal: true, detail: isCut ? `${shown.slice(0, MAX_SHOWN)}…` : shown },
    use,
    ignore,
    ...(isCut ? [showAll] : []),
  );
  switch (answer) {
    case use:
      return 'use';
    case ignore:
      return 'ignore';
    case showAll: {
      // A message that isn't modal lets the text be read.
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: shown }));
      const decided = await vscode.window.showInformationMessage(
        vscode.l10n.t('Use these instructions for the chat’s model?'),
        use,
        ignore,
      );
      return decided === use ? 'use' : decided === ignore ? 'ignore' : undefined;
    }
    default:
      return undefined;
  }
}
