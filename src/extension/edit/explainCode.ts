import * as vscode from 'vscode';
import type { ChatAsk } from '../chat/chatAsk.js';
import type { EditTarget } from './editTarget.js';
import { enclosingSymbol } from './enclosingSymbol.js';

/** Where an explanation is given: the chat. */
export interface ExplainTarget {
  ask(ask: ChatAsk): Promise<void>;
}

/** Longer symbols are cut to the lines around the place. */
const MAX_LINES = 60;
const LINES_AROUND = 10;

/** Asks the chat about a selection, or about the code around a diagnostic or the cursor. */
export async function explainCode(target: EditTarget, chat: ExplainTarget): Promise<void> {
  const { document, diagnostics } = target;
  const question =
    diagnostics.length > 0
      ? vscode.l10n.t('What does this problem mean, and how do I fix it?')
      : vscode.l10n.t('Explain this code.');
  await chat.ask({ question, document, range: await codeOf(target), diagnostics });
}

async function codeOf({ document, range, isSelection }: EditTarget): Promise<vscode.Range> {
  if (isSelection) return range;
  const symbol = await enclosingSymbol(document, range, 'fix');
  if (symbol !== undefined && symbol.end.line - symbol.start.line < MAX_LINES) return symbol;
  const around = new vscode.Range(
    Math.max(0, range.start.line - LINES_AROUND),
    0,
    range.start.line + LINES_AROUND,
    Number.MAX_SAFE_INTEGER,
  );
  return document.validateRange(around);
}
