import * as vscode from 'vscode';
import { ghostTextObstacles } from '../completion/obstacles.js';

/** Where the cursor is put in the sample: typing goes on there. */
const CURSOR = '\u25ae';

/** After a download: says that the model is there, and offers a place to try it, or what has to be changed before. */
export async function offerFirstUse(name: string): Promise<void> {
  const ready = vscode.l10n.t('{0} is ready.', name);
  const [obstacle] = ghostTextObstacles();
  const tryIt = vscode.l10n.t('Try It');
  const message = obstacle === undefined ? ready : `${ready} ${obstacle.message}`;
  const buttons = obstacle === undefined ? [tryIt] : [obstacle.button, tryIt];
  const answer = await vscode.window.showInformationMessage(message, ...buttons);
  if (answer === tryIt) await openSample();
  else if (answer !== undefined) await obstacle?.remove();
}

/** Opens a new document with code to continue, the cursor at its open end. */
export async function openSample(): Promise<void> {
  const text = sampleText();
  const offset = text.indexOf(CURSOR);
  const document = await vscode.workspace.openTextDocument({
    language: 'python',
    content: text.replace(CURSOR, ''),
  });
  const editor = await vscode.window.showTextDocument(document);
  const position = document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
}

function sampleText(): string {
  return `# ${vscode.l10n.t('Continue the line at the cursor, and wait a moment: the grey text is the model’s.')}
# ${vscode.l10n.t('Tab accepts it, Esc dismisses it.')}


def count_words(text: str) -> dict[str, int]:
    """Return how often each word occurs in the text, in lower case."""
    counts: dict[str, int] = {}
    for word in text${CURSOR}
    return counts


def longest_word(text: str) -> str:
    """Return the longest word of the text."""
`;
}
