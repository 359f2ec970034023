import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { DocumentedSymbols } from '../../protocol/edit.js';
import type { EngineClient } from '../engine/engineClient.js';
import { explain } from '../failureText.js';
import { isImpossible } from './editOffer.js';
import type { EditPreview } from './editPreview.js';
import { writeIntoPreview, type EditInput } from './editRequest.js';
import type { EditReview, MadeEdit } from './editReview.js';
import type { EditTarget } from './editTarget.js';

/** Has all symbols of a document that have no comment documented, as one change to review. */
export async function documentAll(
  engine: EngineClient,
  review: EditReview,
  { document }: EditTarget,
): Promise<void> {
  const name = basename(document.uri.path);
  const titles = {
    preview: vscode.l10n.t('Document All: {0}', name),
    progress: vscode.l10n.t('Document All'),
  };
  const start = new vscode.Range(0, 0, 0, 0);
  const target: EditTarget = { document, range: start, isSelection: false, diagnostics: [] };
  const input = { intent: 'documentAll', target, symbol: undefined, quickFixes: [] } as const;
  try {
    await review.make(document, titles, (preview, say) => write(engine, input, preview, say));
  } catch (error) {
    if (!isImpossible(error)) throw error;
    void vscode.window.showInformationMessage(explain(error).message);
  }
}

async function write(
  engine: EngineClient,
  input: EditInput,
  preview: EditPreview,
  say: (step: string) => void,
): Promise<MadeEdit> {
  const result = await writeIntoPreview(engine, input, preview, say);
  return { newText: result.newText, sentence: documentedText(result.documented), asked: [] };
}

function documentedText(documented: DocumentedSymbols | undefined): string {
  const { count, left, moreCount } = documented ?? { count: 1, left: [], moreCount: 0 };
  return [
    vscode.l10n.t('Documented: {0}. The code is unchanged. Review it before you apply it.', count),
    ...(left.length === 0 ? [] : [vscode.l10n.t('No comment could be written for: {0}.', left.join(', '))]),
    ...(moreCount === 0
      ? []
      : [vscode.l10n.t('{0} more have no comment: run it again after this.', moreCount)]),
  ].join(' ');
}
