import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EditIntent } from '../../protocol/edit.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { fromProtocolRange } from '../engine/protocolConversions.js';
import { guard } from '../guard.js';
import { writeTests } from '../tests/writeTests.js';
import { documentAll } from './documentAll.js';
import { isImpossible, offerFix, tellImpossible } from './editOffer.js';
import type { EditPreview } from './editPreview.js';
import { writeIntoPreview } from './editRequest.js';
import { EditReview, type MadeEdit } from './editReview.js';
import { isReadOnly, supportedTarget, writableTarget, type EditTarget } from './editTarget.js';
import { enclosingSymbol } from './enclosingSymbol.js';
import { explainCode, type ExplainTarget } from './explainCode.js';
import { fixAll, problemPlaces, type AllFixes } from './fixAll.js';
import { InstructEdit } from './instruct/instructEdit.js';
import { InstructionInput } from './instruct/instructionInput.js';
import { quickFixesFor } from './quickFixes.js';
import { allFixesText, verdictText } from './verdictText.js';

/** What the commands of edits do. Loaded with the first of them. */
export class EditCommands extends Disposables {
  readonly review: EditReview;
  readonly instruct: InstructEdit;

  constructor(
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
    private readonly chat: ExplainTarget,
    state: vscode.Memento,
  ) {
    super();
    this.review = this.own(new EditReview(log));
    this.instruct = new InstructEdit(engine, this.review, log, new InstructionInput(state));
  }

  async explain(argument: unknown): Promise<void> {
    const target = await supportedTarget(argument);
    if (target === undefined) return;
    await explainCode(target, this.chat);
    if (target.diagnostics.length > 0 && !(await isReadOnly(target.document)))
      void guard(this.log, () => offerFix(target));
  }

  async edit(intent: EditIntent, argument: unknown): Promise<void> {
    const target = await writableTarget(argument);
    if (target === undefined) return;
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

  async documentAll(): Promise<void> {
    const target = await writableTarget(undefined);
    if (target !== undefined) await documentAll(this.engine, this.review, target);
  }

  async writeTests(argument: unknown): Promise<void> {
    const target = await supportedTarget(argument);
    const { engine, review, log } = this;
    if (target !== undefined) await writeTests({ engine, review, log }, target);
  }

  async fixAll(): Promise<void> {
    const target = await writableTarget(undefined);
    if (target === undefined) return;
    const { document, range, isSelection } = target;
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
    const result = await writeIntoPreview(this.engine, input, preview, say);
    const sentence = isFix
      ? verdictText(result.verdict)
      : vscode.l10n.t('The documentation is ready. Review it before you apply it.');
    const left = result.verdict.kind === 'verified' ? (result.verdict.left ?? []) : [];
    const asked = isFix ? diagnostics.filter(({ message }) => !left.includes(message)) : [];
    return { newText: result.newText, sentence, asked };
  }
}
