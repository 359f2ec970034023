import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';
import { guard } from '../guard.js';
import type { AfterApplying } from './afterApplying.js';
import { offerEdit, readOnlySentence } from './editOffer.js';
import { EditPreview, PreviewContent, type ApplyOutcome } from './editPreview.js';
import { withEditProgress } from './editProgress.js';

/** An edit that is ready, and what the user is asked about it. */
export interface MadeEdit {
  readonly newText: string;
  readonly sentence: string;
  /** What it is meant to get rid of. */
  readonly asked: readonly vscode.Diagnostic[];
}

/** The one edit that is being made or reviewed, until the user applies or discards it. */
export class EditReview extends Disposables {
  private readonly content = this.own(new PreviewContent());
  /** Loaded when something is applied: activation is to load little code. */
  private afterApplying: AfterApplying | undefined;
  private preview: EditPreview | undefined;
  private asked: readonly vscode.Diagnostic[] = [];
  /** The question about the preview is on the screen. */
  private isAsking = false;

  constructor(private readonly log: vscode.LogOutputChannel) {
    super();
    this.own(new vscode.Disposable(() => this.preview?.dispose()));
  }

  /** Has an edit made under a progress that can be cancelled, and asks about it. */
  async make(
    document: vscode.TextDocument,
    titles: { readonly preview: string; readonly progress: string },
    write: (preview: EditPreview, say: (step: string) => void) => Promise<MadeEdit | undefined>,
  ): Promise<void> {
    const preview: EditPreview = new EditPreview(document, titles.preview, this.content, () => {
      if (this.preview === preview) void this.reject();
    });
    const isCurrent = (): boolean => this.preview === preview;
    await this.setPreview(preview);
    const cancel = (): void => {
      if (isCurrent()) void this.reject();
    };
    let made: MadeEdit | undefined;
    try {
      made = await withEditProgress(titles.progress, cancel, (say) => write(preview, say));
    } catch (error) {
      if (isCurrent()) await this.reject();
      throw error;
    }
    if (!isCurrent()) return;
    if (made === undefined) return this.reject();
    await preview.finish(made.newText);
    await vscode.commands.executeCommand('setContext', 'youtu.preview.ready', true);
    this.asked = made.asked;
    const { sentence } = made;
    // Not awaited: the command is done, the question stays as long as the user likes.
    void guard(this.log, () => this.offer(sentence, preview));
  }

  private async offer(sentence: string, preview: EditPreview): Promise<void> {
    if (this.preview !== preview) return;
    this.isAsking = true;
    const answer = await offerEdit(sentence);
    // An answer that comes late must not concern another edit.
    if (this.preview !== preview) return;
    this.isAsking = false;
    if (answer === 'apply') await this.accept();
    else if (answer === 'discard') await this.reject();
  }

  async accept(): Promise<void> {
    const { preview } = this;
    if (preview === undefined) return;
    if (preview.newText === undefined) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('The new version is still being written.'), 3000);
      return;
    }
    let outcome = 'refused' as ApplyOutcome;
    const { AfterApplying } = await import('./afterApplying.js');
    this.afterApplying ??= this.own(new AfterApplying(this.log));
    await this.afterApplying.during(preview.document, this.asked, async () => {
      outcome = await preview.apply();
      return outcome === 'applied';
    });
    if (outcome === 'applied') {
      await this.setPreview(undefined);
      return;
    }
    const copy = vscode.l10n.t('Copy New Version');
    const sentence =
      outcome === 'refused'
        ? readOnlySentence()
        : vscode.l10n.t(
            'The code has changed, so the new version can’t be applied. It is still in the preview.',
          );
    if ((await vscode.window.showWarningMessage(sentence, copy)) === copy) {
      await vscode.env.clipboard.writeText(preview.newText);
    }
  }

  reject(): Promise<void> {
    return this.setPreview(undefined);
  }

  /** A new edit takes the place of the one before. */
  private async setPreview(preview: EditPreview | undefined): Promise<void> {
    const before = this.preview;
    this.preview = preview;
    if (before !== undefined) {
      await before.close();
      before.dispose();
    }
    await vscode.commands.executeCommand('setContext', 'youtu.preview.ready', false);
    await vscode.commands.executeCommand('setContext', 'youtu.preview.active', this.preview !== undefined);
    if (!this.isAsking) return;
    // The question is answered: its message can't be taken away, only put aside.
    this.isAsking = false;
    await vscode.commands.executeCommand('notifications.hideToasts');
  }
}
