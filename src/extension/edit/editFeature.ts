import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EditIntent } from '../../protocol/edit.js';
import type { ChatAsk } from '../chat/chatAsk.js';
import { Disposables } from '../disposables.js';
import type { Engine } from '../engine.js';
import { guard } from '../guard.js';
import { fromProtocolRange } from '../protocolRange.js';
import { isSynced } from '../syncedDocuments.js';
import { CodeActions } from './codeActions.js';
import { EditPreview } from './editPreview.js';
import { requestEdit } from './editRequest.js';
import { resolveTarget, type EditTarget } from './editTarget.js';
import { enclosingSymbol } from './enclosingSymbol.js';
import { offer } from './offerEdit.js';
import { PreviewContent } from './previewContent.js';

/** Where an explanation is given: the chat. */
export interface ExplainTarget {
  ask(ask: ChatAsk): Promise<void>;
}

/** Fix, Document and Explain, from the light bulb, the menus and the palette. */
export class EditFeature extends Disposables {
  private readonly content = this.own(new PreviewContent());
  private preview: EditPreview | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly log: vscode.LogOutputChannel,
    private readonly explainTarget: ExplainTarget,
  ) {
    super();
    this.own(new CodeActions());
    this.own(new vscode.Disposable(() => this.preview?.dispose()));
    const add = (id: string, run: (argument: unknown) => Promise<void>): void => {
      this.own(vscode.commands.registerCommand(id, (argument: unknown) => guard(log, () => run(argument))));
    };
    add('youtu.fix', (argument) => this.edit('fix', argument));
    add('youtu.document', (argument) => this.edit('document', argument));
    add('youtu.explain', (argument) => this.explain(argument));
    add('youtu.edit.accept', () => this.accept());
    add('youtu.edit.reject', () => this.reject());
  }

  private async edit(intent: EditIntent, argument: unknown): Promise<void> {
    const target = await this.target(argument);
    if (target === undefined) return;
    await this.reject();
    const preview = new EditPreview(target.document, titleOf(intent, target.document), this.content, () => {
      if (this.preview === preview) void this.reject();
    });
    await this.setPreview(preview);
    try {
      await this.write(intent, target, preview);
    } catch (error) {
      if (this.preview === preview) await this.reject();
      throw error;
    }
    const { verdict } = preview;
    if (this.preview !== preview || verdict === undefined) return;
    // Not awaited: the command is done, the question stays as long as the user likes.
    void guard(this.log, () => offer(intent, verdict));
  }

  private async write(intent: EditIntent, target: EditTarget, preview: EditPreview): Promise<void> {
    const title =
      intent === 'fix' ? vscode.l10n.t('Writing a fix…') : vscode.l10n.t('Writing documentation…');
    let isShown: Promise<void> | undefined;
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
      const result = await requestEdit(this.engine, intent, target, preview.token, (progress) => {
        switch (progress.kind) {
          case 'region':
            preview.setRegion(fromProtocolRange(progress.range));
            isShown ??= preview.show(fromProtocolRange(progress.range));
            break;
          case 'draft':
            preview.draft(progress.text);
            break;
        }
      });
      preview.finish(result);
      await (isShown ?? preview.show(fromProtocolRange(result.range)));
    });
  }

  private async explain(argument: unknown): Promise<void> {
    const target = await this.target(argument);
    if (target === undefined) return;
    const { document, range, diagnostics, isSelection } = target;
    const code = isSelection ? range : ((await enclosingSymbol(document, range)) ?? range);
    const question =
      diagnostics.length > 0
        ? vscode.l10n.t('What does this problem mean, and how do I fix it?')
        : vscode.l10n.t('Explain this code.');
    await this.explainTarget.ask({ question, document, range: code, diagnostics });
  }

  private async accept(): Promise<void> {
    const { preview } = this;
    if (preview?.newText === undefined) return;
    const outcome = await preview.apply();
    if (outcome === 'applied') {
      await this.setPreview(undefined);
      return;
    }
    const copy = vscode.l10n.t('Copy New Version');
    const sentence =
      outcome === 'refused'
        ? vscode.l10n.t('The document can’t be changed: it is read-only.')
        : vscode.l10n.t(
            'The code has changed since; the new version does not fit any more. It stays in the preview.',
          );
    if ((await vscode.window.showWarningMessage(sentence, copy)) === copy) {
      await vscode.env.clipboard.writeText(preview.newText);
    }
  }

  private async reject(): Promise<void> {
    const { preview } = this;
    if (preview === undefined) return;
    await this.setPreview(undefined);
    await preview.close();
    preview.dispose();
  }

  private async setPreview(preview: EditPreview | undefined): Promise<void> {
    this.preview = preview;
    await vscode.commands.executeCommand('setContext', 'youtu.preview.active', preview !== undefined);
  }

  private async target(argument: unknown): Promise<EditTarget | undefined> {
    const target = await resolveTarget(argument);
    if (target !== undefined && isSynced(target.document)) return target;
    void vscode.window.showInformationMessage(
      target === undefined
        ? vscode.l10n.t('Open a file and put the cursor on the code that is meant.')
        : vscode.l10n.t('This document is too large, or of a kind that Youtu Code does not work on.'),
    );
    return undefined;
  }
}

function titleOf(intent: EditIntent, { uri }: vscode.TextDocument): string {
  const name = basename(uri.path);
  return intent === 'fix' ? vscode.l10n.t('Fix: {0}', name) : vscode.l10n.t('Document: {0}', name);
}
