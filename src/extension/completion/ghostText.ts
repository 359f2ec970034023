import * as vscode from 'vscode';
import { InlineCompletionRequest } from '../../protocol/completion.js';
import { Disposables } from '../disposables.js';
import { EngineFailure, type Engine } from '../engine.js';
import { fromProtocolRange } from '../protocolRange.js';
import { readSetting } from '../settings.js';
import { isSynced, SYNCED_SCHEMES } from '../syncedDocuments.js';
import { completionParams } from './completionParams.js';
import { LateAnswers } from './lateAnswers.js';

/** Ghost text, in every language. Shows nothing, and says nothing, when the engine or its model is not there. */
export class GhostText extends Disposables implements vscode.InlineCompletionItemProvider {
  private readonly late = this.own(new LateAnswers());

  constructor(
    private readonly engine: Engine,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    const selector = SYNCED_SCHEMES.map((scheme) => ({ scheme }));
    this.own(vscode.languages.registerInlineCompletionItemProvider(selector, this));
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[] | undefined> {
    const isInvoked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    if (!this.isWanted(document, isInvoked)) return undefined;
    const late =
      context.selectedCompletionInfo === undefined ? this.late.take(document, position) : undefined;
    if (late !== undefined) return late;
    try {
      return await this.late.follow(document, position, token, (own) =>
        this.ask(document, position, context, own),
      );
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) this.log.debug(`no ghost text: ${reasonOf(error)}`);
      return undefined;
    }
  }

  private async ask(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[] | undefined> {
    const params = completionParams(document, position, context);
    const items = await this.engine.request(InlineCompletionRequest, params, token);
    return items?.map(({ insertText, range }) => {
      const text = typeof insertText === 'string' ? insertText : insertText.value;
      return new vscode.InlineCompletionItem(text, range && fromProtocolRange(range));
    });
  }

  private isWanted(document: vscode.TextDocument, isInvoked: boolean): boolean {
    if (this.engine.state.kind === 'crashed' || !isSynced(document)) return false;
    // What an untrusted folder holds may be made to be suggested from.
    if (!vscode.workspace.isTrusted) return false;
    if ((vscode.window.activeTextEditor?.selections.length ?? 1) > 1) return false;
    return isInvoked || readSetting('completion.enabled', document);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof EngineFailure ? JSON.stringify(error.data) : String(error);
}
