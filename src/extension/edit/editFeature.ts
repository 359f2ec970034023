import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EditIntent } from '../../protocol/edit.js';
import type { EditVerdict } from '../../protocol/editVerdict.js';
import { verdictText } from './verdictText.js';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import { EngineFailure, type EngineClient } from '../engine/engineClient.js';
import { explain } from '../failureText.js';
import { guard } from '../guard.js';
import { fromProtocolRange } from '../engine/protocolConversions.js';
import { isSynced } from '../engine/documentSync.js';
import { CodeActions } from './codeActions.js';
import { EditPreview } from './editPreview.js';
import { requestEdit } from './editRequest.js';
import { resolveTarget, type EditTarget } from './editTarget.js';
import { enclosingSymbol } from './enclosingSymbol.js';
import { explainCode, type ExplainTarget } from './explainCode.js';
import { PreviewContent } from './editPreview.js';
import { isReadOnly } from './editTarget.js';

/** Fix, Document and Explain, from the light bulb, the menus and the palette. */
export class EditFeature extends Disposables {
  private readonly content = this.own(new PreviewContent());
  private preview: EditPreview | undefined;
  /** The question about the preview is on the screen. */
  private isAsking = false;

  readonly commands: FeatureCommands<
    'youtu.fix' | 'youtu.document' | 'youtu.explain' | 'youtu.edit.accept' | 'youtu.edit.reject'
  > = {
    'youtu.fix': (argument) => this.edit('fix', argument),
    'youtu.document': (argument) => this.edit('document', argument),
    'youtu.explain': (argument) => this.explain(argument),
    'youtu.edit.accept': () => this.accept(),
    'youtu.edit.reject': () => this.reject(),
  };

  constructor(
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
    private readonly chat: ExplainTarget,
  ) {
    super();
    this.own(new CodeActions());
    this.own(new vscode.Disposable(() => this.preview?.dispose()));
  }

  private async explain(argument: unknown): Promise<void> {
    const target = await this.target(argument);
    if (target !== undefined) await explainCode(target, this.chat);
  }

  private async edit(intent: EditIntent, argument: unknown): Promise<void> {
    const target = await this.target(argument);
    if (target === undefined) return;
    const { document, range, isSelection } = target;
    if (await isReadOnly(document)) {
      void vscode.window.showWarningMessage(readOnlySentence());
      return;
    }
    const symbol =
      isSelection && intent === 'fix' ? undefined : await enclosingSymbol(document, range, intent);
    const preview: EditPreview = new EditPreview(document, titleOf(intent, document), this.content, () => {
      if (this.preview === preview) void this.reject();
    });
    await this.setPreview(preview);
    try {
      await this.write(intent, target, symbol, preview);
    } catch (error) {
      if (this.preview === preview) await this.reject();
      if (!(error instanceof EngineFailure) || error.data.kind !== 'editImpossible') throw error;
      // Nothing is broken: there is just nothing to show.
      void vscode.window.showInformationMessage(explain(error).message);
      return;
    }
    // Not awaited: the command is done, the question stays as long as the user likes.
    void guard(this.log, () => this.offer(intent, preview));
  }

  private async write(
    intent: EditIntent,
    target: EditTarget,
    symbol: vscode.Range | undefined,
    preview: EditPreview,
  ): Promise<void> {
    const title =
      intent === 'fix' ? vscode.l10n.t('Writing a fix…') : vscode.l10n.t('Writing documentation…');
    let isShown: Promise<void> | undefined;
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
      const { token } = preview;
      const result = await requestEdit(this.engine, { intent, target, symbol }, token, (progress) => {
        switch (progress.kind) {
          case 'region':
            preview.setRegion(fromProtocolRange(progress.range));
            isShown ??= preview.show();
            break;
          case 'draft':
            preview.draft(progress.text);
            break;
          case 'candidate':
          case 'check':
            break;
        }
      });
      await isShown;
      if (!token.isCancellationRequested) preview.finish(result);
    });
  }

  private async offer(intent: EditIntent, preview: EditPreview): Promise<void> {
    if (this.preview !== preview || preview.result === undefined) return;
    this.isAsking = true;
    const answer = await offerEdit(intent, preview.result.verdict);
    // An answer that comes late must not concern another edit.
    if (this.preview !== preview) return;
    this.isAsking = false;
    if (answer === 'apply') await this.accept();
    else if (answer === 'discard') await this.reject();
  }

  private async accept(): Promise<void> {
    const { preview } = this;
    if (preview === undefined) return;
    if (preview.result === undefined) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('The new version is still being written.'), 3000);
      return;
    }
    const outcome = await preview.apply();
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
      await vscode.env.clipboard.writeText(preview.result.newText);
    }
  }

  private reject(): Promise<void> {
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
    await vscode.commands.executeCommand('setContext', 'youtu.preview.active', this.preview !== undefined);
    if (!this.isAsking) return;
    // The question is answered: its message can't be taken away, only put aside.
    this.isAsking = false;
    await vscode.commands.executeCommand('notifications.hideToasts');
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

function titleOf(intent: EditIntent, { uri }: vscode.TextDocument): string {
  const name = basename(uri.path);
  return intent === 'fix' ? vscode.l10n.t('Fix: {0}', name) : vscode.l10n.t('Document: {0}', name);
}

function readOnlySentence(): string {
  return vscode.l10n.t('The document can’t be changed because it is read-only.');
}

/** Asks what is to become of an edit that is ready, without standing in the way. */
async function offerEdit(intent: EditIntent, verdict: EditVerdict): Promise<'apply' | 'discard' | undefined> {
  const apply = vscode.l10n.t('Apply');
  const discard = vscode.l10n.t('Discard');
  const sentence =
    intent === 'fix'
      ? verdictText(verdict)
      : vscode.l10n.t('The documentation is ready. Review it before you apply it.');
  const answer = await vscode.window.showInformationMessage(sentence, apply, discard);
  return answer === apply ? 'apply' : answer === discard ? 'discard' : undefined;
}
