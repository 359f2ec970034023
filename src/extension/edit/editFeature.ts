import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EditIntent, EditResult } from '../../protocol/edit.js';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import { isSynced } from '../engine/documentSync.js';
import type { EngineClient } from '../engine/engineClient.js';
import { fromProtocolRange } from '../engine/protocolConversions.js';
import { guard } from '../guard.js';
import { CodeActions } from './codeActions.js';
import { isImpossible, offerFix, readOnlySentence, tellImpossible } from './editOffer.js';
import type { EditPreview } from './editPreview.js';
import { requestEdit } from './editRequest.js';
import { EditReview, type MadeEdit } from './editReview.js';
import { isReadOnly, resolveTarget, type EditTarget } from './editTarget.js';
import { enclosingSymbol } from './enclosingSymbol.js';
import { explainCode, type ExplainTarget } from './explainCode.js';
import type { AllFixes } from './fixAll.js';
import { progressText } from './progressText.js';
import { quickFixesFor } from './quickFixes.js';
import { allFixesText, verdictText } from './verdictText.js';

/** Fix, Document and Explain, from the light bulb, the menus and the palette. */
export class EditFeature extends Disposables {
  private readonly review: EditReview;

  readonly commands: FeatureCommands<
    | 'youtu.fix'
    | 'youtu.fixAll'
    | 'youtu.document'
    | 'youtu.documentAll'
    | 'youtu.explain'
    | 'youtu.edit.accept'
    | 'youtu.edit.reject'
  > = {
    'youtu.fix': (argument) => this.edit('fix', argument),
    'youtu.fixAll': () => this.fixAll(),
    'youtu.document': (argument) => this.edit('document', argument),
    'youtu.documentAll': () => this.documentAll(),
    'youtu.explain': (argument) => this.explain(argument),
    'youtu.edit.accept': () => this.review.accept(),
    'youtu.edit.reject': () => this.review.reject(),
  };

  constructor(
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
    private readonly chat: ExplainTarget,
  ) {
    super();
    this.review = this.own(new EditReview(log));
    this.own(new CodeActions());
  }

  private async explain(argument: unknown): Promise<void> {
    const target = await this.target(argument);
    if (target === undefined) return;
    await explainCode(target, this.chat);
    if (target.diagnostics.length > 0 && !(await isReadOnly(target.document)))
      void guard(this.log, () => offerFix(target));
  }

  private async edit(intent: EditIntent, argument: unknown): Promise<void> {
    const target = await this.target(argument);
    if (target === undefined || !(await isWritable(target.document))) return;
    const { document } = target;
    const name = basename(document.uri.path);
    const isFix = intent === 'fix';
    const titles = isFix
      ? { preview: vscode.l10n.t('Fix: {0}', name), progress: vscode.l10n.t('Fix') }
      : { preview: vscode.l10n.t('Document: {0}', name), progress: vscode.l10n.t('Document') };
    try {
      await this.review.make(document, titles, (preview, say) => this.write(intent, target, preview, say));
    } catch (error) {
      if (!isImpossible(error)) throw error;
      void guard(this.log, () => tellImpossible(error, target));
    }
  }

  private async documentAll(): Promise<void> {
    const target = await this.target(undefined);
    if (target === undefined || !(await isWritable(target.document))) return;
    const { documentAll } = await import('./documentAll.js');
    await documentAll(this.engine, this.review, target);
  }

  private async fixAll(): Promise<void> {
    const target = await this.target(undefined);
    if (target === undefined || !(await isWritable(target.document))) return;
    const { document, range, isSelection } = target;
    // Loaded when it is needed: activation is to load little code.
    const { fixAll, problemPlaces } = await import('./fixAll.js');
    const places = problemPlaces(document, isSelection ? range : undefined);
    if (places.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There are no errors or warnings to fix here.'),
      );
      return;
    }
    const name = basename(document.uri.path);
    const titles = { preview: vscode.l10n.t('Fix All: {0}', name), progress: vscode.l10n.t('Fix All') };
    await this.review.make(document, titles, async (preview, say) => {
      const fixes = await fixAll(this.engine, document, places, preview.token, say);
      if (fixes.edit !== undefined) return this.showAll(preview, fixes, fixes.edit);
      void vscode.window.showInformationMessage(allFixesText(fixes));
      return undefined;
    });
  }

  private async showAll(
    preview: EditPreview,
    fixes: AllFixes,
    { range, newText }: NonNullable<AllFixes['edit']>,
  ): Promise<MadeEdit> {
    preview.setRegion(fromProtocolRange(range));
    await preview.show();
    return { newText, sentence: allFixesText(fixes), asked: fixes.fixed };
  }

  private async write(
    intent: EditIntent,
    target: EditTarget,
    preview: EditPreview,
    say: (step: string) => void,
  ): Promise<MadeEdit> {
    const { document, range, isSelection, diagnostics } = target;
    const isFix = intent === 'fix';
    const [symbol, quickFixes] = await Promise.all([
      isSelection && isFix ? undefined : enclosingSymbol(document, range, intent),
      isFix && diagnostics.length > 0 ? quickFixesFor(document, range) : [],
    ]);
    const input = { intent, target, symbol, quickFixes };
    let isShown: Promise<void> | undefined;
    const result: EditResult = await requestEdit(this.engine, input, preview.token, (progress) => {
      if (progress.kind === 'region') {
        preview.setRegion(fromProtocolRange(progress.range));
        isShown ??= preview.show();
      } else if (progress.kind === 'draft') preview.draft(progress.text);
      const step = progressText(progress, intent);
      if (step !== undefined) say(step);
    });
    await isShown;
    const sentence = isFix
      ? verdictText(result.verdict)
      : vscode.l10n.t('The documentation is ready. Review it before you apply it.');
    return { newText: result.newText, sentence, asked: isFix ? diagnostics : [] };
  }

  private async target(argument: unknown): Promise<EditTarget | undefined> {
    const target = await resolveTarget(argument);
    if (target !== undefined && isSynced(target.document)) return target;
    void vscode.window.showInformationMessage(
      target === undefined
        ? vscode.l10n.t('First open a file and put the cursor on the code.')
        : vscode.l10n.t(
            'Youtu Code can’t work on this document: it is too large, or its kind isn’t supported.',
          ),
    );
    return undefined;
  }
}

/** Tells the user when it isn't. */
async function isWritable(document: vscode.TextDocument): Promise<boolean> {
  if (!(await isReadOnly(document))) return true;
  void vscode.window.showWarningMessage(readOnlySentence());
  return false;
}
