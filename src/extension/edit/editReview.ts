import * as vscode from 'vscode';
import type { NewProblem } from '../../protocol/edit.js';
import { Disposables } from '../disposables.js';
import { guard } from '../guard.js';
import { AfterApplying } from './afterApplying.js';
import { offerEdit } from './editOffer.js';
import { EditPreview, type ApplyOutcome } from './editPreview.js';
import { withEditProgress } from './editProgress.js';
import { readOnlySentence } from './editTarget.js';
import { HunkMarks } from './hunkMarks.js';
import type { Hunk } from './hunks.js';
import { PreviewContent } from './previewContent.js';

const SHOWN_MS = 5000;

/** An edit that is ready, and what the user is asked about it. */
export interface MadeEdit {
  readonly newText: string;
  readonly sentence: string;
  /** What it is meant to get rid of. */
  readonly asked: readonly vscode.Diagnostic[];
  /** A further instruction may change it. */
  readonly isRefinable?: boolean;
  /** Something speaks against it, which the sentence says. */
  readonly isWarning?: boolean;
  /** The document's diagnostics are watched afterwards, although no problem was to go. */
  readonly isWatched?: boolean;
  /** What tools say about the new text. */
  readonly problems?: readonly NewProblem[];
  /** Called when the last change of it has been applied. */
  readonly onApplied?: () => void;
}

export type WriteEdit = (preview: EditPreview, say: (step: string) => void) => Promise<MadeEdit | undefined>;

/** The one edit that is being made or reviewed, until the user applies or discards it. */
export class EditReview extends Disposables {
  private readonly content = this.own(new PreviewContent());
  private readonly marks = this.own(new HunkMarks());
  private readonly afterApplying: AfterApplying;
  private preview: EditPreview | undefined;
  private made: MadeEdit | undefined;
  /** The question about the preview that is on the screen. */
  private question: object | undefined;

  constructor(private readonly log: vscode.LogOutputChannel) {
    super();
    this.afterApplying = this.own(new AfterApplying(log));
    this.own(new vscode.Disposable(() => this.preview?.dispose()));
  }

  /** Has an edit made under a progress that can be cancelled, and asks about it. */
  async make(
    document: vscode.TextDocument,
    titles: { readonly preview: string; readonly progress: string },
    write: WriteEdit,
  ): Promise<void> {
    const preview: EditPreview = new EditPreview(document, titles.preview, this.content, () => {
      if (this.preview === preview) void this.reject();
    });
    await this.setPreview(preview);
    await this.run(preview, titles.progress, write);
  }

  /** Makes the edit that is ready once more. What fails, or is cancelled, leaves it as it is. */
  async refine(title: string, write: WriteEdit): Promise<void> {
    const { preview } = this;
    if (preview?.newText === undefined) return;
    preview.refine();
    await this.withdrawQuestion();
    await this.update();
    await this.run(preview, title, write);
  }

  private async run(preview: EditPreview, title: string, write: WriteEdit): Promise<void> {
    const { token } = preview;
    const isCurrent = (): boolean => this.preview === preview && preview.token === token;
    const giveUp = async (): Promise<void> => {
      if (!isCurrent() || token.isCancellationRequested) return;
      if (preview.restore()) await this.show(preview, this.made);
      else await this.reject();
    };
    let made: MadeEdit | undefined;
    try {
      made = await withEditProgress(
        title,
        () => void guard(this.log, giveUp),
        (say) => write(preview, say),
      );
    } catch (error) {
      await giveUp();
      throw error;
    }
    if (!isCurrent() || token.isCancellationRequested) return;
    if (made === undefined) return giveUp();
    await preview.finish(made.newText);
    await this.show(preview, made);
  }

  private async show(preview: EditPreview, made: MadeEdit | undefined): Promise<void> {
    this.made = made;
    await this.update();
    // Not awaited: the command is done, the question stays as long as the user likes.
    if (made !== undefined) void guard(this.log, () => this.offer(made, preview));
  }

  private async offer(made: MadeEdit, preview: EditPreview): Promise<void> {
    if (this.preview !== preview) return;
    const question = {};
    this.question = question;
    const answer = await offerEdit(made);
    // An answer that comes late must not concern another edit.
    if (this.question !== question) return;
    this.question = undefined;
    if (answer === 'apply') await this.accept();
    else if (answer === 'discard') await this.reject();
    else if (answer === 'refine') await vscode.commands.executeCommand('youtu.edit.refine');
  }

  /** The edit that waits for the user's decision; `undefined` while it is being written. */
  get ready(): EditPreview | undefined {
    if (this.preview !== undefined && this.preview.newText === undefined)
      tellBriefly(vscode.l10n.t('The new version is still being written.'));
    return this.preview?.newText === undefined ? undefined : this.preview;
  }

  async accept(): Promise<void> {
    const preview = this.ready;
    if (preview !== undefined) await this.apply(preview, () => preview.apply(), true);
  }

  /** Applies the change at a line of the preview, or at the cursor, and leaves the others in the preview. */
  async acceptHunk(line?: number): Promise<void> {
    const preview = this.ready;
    const hunk = preview && chosenHunk(preview, line);
    if (preview === undefined || hunk === undefined) return;
    const isLast = preview.hunks.length === 1;
    await this.apply(preview, () => (isLast ? preview.apply() : preview.applyHunk(hunk)), isLast);
  }

  /** Leaves the change at a line of the preview, or at the cursor, out. */
  async rejectHunk(line?: number): Promise<void> {
    const preview = this.ready;
    const hunk = preview && chosenHunk(preview, line);
    if (preview === undefined || hunk === undefined) return;
    if (preview.hunks.length === 1) return this.reject();
    await preview.leaveOut(hunk);
    await this.showRest(preview);
  }

  reject(): Promise<void> {
    return this.setPreview(undefined);
  }

  private async apply(
    preview: EditPreview,
    write: () => Promise<ApplyOutcome>,
    isLast: boolean,
  ): Promise<void> {
    const newText = preview.newText ?? '';
    // Applying closes the preview, which ends the review.
    const { made } = this;
    let outcome = 'refused' as ApplyOutcome;
    const asked = isLast ? (made?.asked ?? []) : [];
    const isWatched = isLast && (asked.length > 0 || made?.isWatched === true);
    await this.afterApplying.during({ document: preview.document, asked, isWatched }, async () => {
      outcome = await write();
      return outcome === 'applied';
    });
    if (outcome === 'applied') {
      void vscode.commands.executeCommand('setContext', 'youtu.changeApplied', true);
      if (!isLast) return this.showRest(preview);
      await this.setPreview(undefined);
      return made?.onApplied?.();
    }
    const copy = vscode.l10n.t('Copy New Version');
    const sentence =
      outcome === 'refused'
        ? readOnlySentence()
        : vscode.l10n.t(
            'The code has changed, so the new version can’t be applied. It is still in the preview.',
          );
    if ((await vscode.window.showWarningMessage(sentence, copy)) === copy)
      await vscode.env.clipboard.writeText(newText);
  }

  /** The checks have seen all changes together: what they said is no longer said. */
  private async showRest(preview: EditPreview): Promise<void> {
    if (this.made !== undefined) this.made = { ...this.made, problems: [] };
    await this.withdrawQuestion();
    await this.update();
    const { length } = preview.hunks;
    tellBriefly(vscode.l10n.t('Changes left: {0}. They have not been checked without the others.', length));
  }

  /** A new edit takes the place of the one before. */
  private async setPreview(preview: EditPreview | undefined): Promise<void> {
    const before = this.preview;
    this.preview = preview;
    this.made = undefined;
    if (before !== undefined) {
      await before.close();
      before.dispose();
    }
    await this.update();
    await this.withdrawQuestion();
  }

  private async update(): Promise<void> {
    const { preview } = this;
    const isReady = preview?.newText !== undefined;
    const isRefinable = isReady && this.made?.isRefinable === true;
    await vscode.commands.executeCommand('setContext', 'youtu.preview.active', preview !== undefined);
    await vscode.commands.executeCommand('setContext', 'youtu.preview.ready', isReady);
    await vscode.commands.executeCommand('setContext', 'youtu.preview.refinable', isRefinable);
    const isSplit = preview !== undefined && preview.hunks.length > 1;
    await vscode.commands.executeCommand('setContext', 'youtu.preview.split', isSplit);
    this.marks.show(preview, this.made?.problems ?? []);
  }

  private async withdrawQuestion(): Promise<void> {
    if (this.question === undefined) return;
    // The question is answered: its message can't be taken away, only put aside.
    this.question = undefined;
    await vscode.commands.executeCommand('notifications.hideToasts');
  }
}

function chosenHunk(preview: EditPreview, line: number | undefined): Hunk | undefined {
  const { hunks } = preview;
  const hunk = preview.hunkAt(line) ?? (hunks.length === 1 ? hunks[0] : undefined);
  if (hunk === undefined)
    tellBriefly(vscode.l10n.t('There is no change at the cursor. Move it to one (Alt+F5 goes to the next).'));
  return hunk;
}

function tellBriefly(sentence: string): void {
  vscode.window.setStatusBarMessage(sentence, SHOWN_MS);
}
