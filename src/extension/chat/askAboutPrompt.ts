import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { visibleText } from '../../chatCore/hiddenCharacters.js';
import { SETTING_DEFAULTS } from '../settingSchemas.js';
import { SECTION } from '../settings.js';
import {
  promptExcerpt,
  WorkspacePrompt,
  type PromptDecision,
  type PromptSetting,
} from './workspacePrompt.js';

const DECISIONS = 'youtu.chat.systemPrompts';
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

/** The safe answer comes first: it has the focus, and the Enter that sent the question may still be held. */
async function ask(text: string): Promise<PromptDecision | undefined> {
  const use = vscode.l10n.t('Use Them');
  const ignore = vscode.l10n.t('Don’t Use Them');
  const showAll = vscode.l10n.t('Show All');
  const all = visibleText(text);
  const { shown, isCut } = promptExcerpt(all);
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('This workspace’s settings contain instructions for the chat’s model. Use them?'),
    { modal: true, detail: isCut ? `${shown}…` : shown },
    ignore,
    use,
    ...(isCut ? [showAll] : []),
  );
  const decided = answer === showAll ? await askBeside(all, [ignore, use]) : answer;
  return decided === use ? 'use' : decided === ignore ? 'ignore' : undefined;
}

/** Asks while the whole text can be read and scrolled in an editor. A notification would hide itself meanwhile. */
async function askBeside(content: string, answers: readonly string[]): Promise<string | undefined> {
  // Markdown, since its long lines are wrapped.
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
  const title = vscode.l10n.t('Use these instructions for the chat’s model?');
  return vscode.window.showQuickPick(answers, { title, ignoreFocusOut: true });
}
