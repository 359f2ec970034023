import * as vscode from 'vscode';
import { InlineCompletionTriggerKind, type InlineCompletionParams } from 'vscode-languageserver-protocol';
import { InlineCompletionRequest } from '../../protocol/completion.js';
import { Disposables } from '../disposables.js';
import { EngineFailure, type Engine } from '../engine.js';
import { fromProtocolRange, toProtocolRange } from '../protocolRange.js';
import { readSetting } from '../settings.js';
import { isSynced, SYNCED_SCHEMES } from '../syncedDocuments.js';

/** A key that comes within this time makes the request before it pointless. */
const QUIET_MS = 60;

/** Ghost text, in every language. Shows nothing, and says nothing, when the engine or its model is not there. */
export class GhostText extends Disposables implements vscode.InlineCompletionItemProvider {
  constructor(
    private readonly engine: Engine,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.own(
      vscode.languages.registerInlineCompletionItemProvider(
        SYNCED_SCHEMES.map((scheme) => ({ scheme })),
        this,
      ),
    );
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[] | undefined> {
    const isInvoked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    if (!this.isWanted(document, isInvoked)) return undefined;
    if (!isInvoked && !(await staysQuiet(token))) return undefined;
    try {
      const items = await this.engine.request(
        InlineCompletionRequest,
        paramsOf(document, position, context, isInvoked),
        token,
      );
      return items?.map(({ insertText, range }) => {
        const text = typeof insertText === 'string' ? insertText : insertText.value;
        return new vscode.InlineCompletionItem(text, range && fromProtocolRange(range));
      });
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) this.log.debug(`no ghost text: ${reasonOf(error)}`);
      return undefined;
    }
  }

  private isWanted(document: vscode.TextDocument, isInvoked: boolean): boolean {
    if (this.engine.state.kind === 'crashed' || !isSynced(document)) return false;
    // What an untrusted folder holds may be made to be suggested from.
    if (!vscode.workspace.isTrusted) return false;
    if ((vscode.window.activeTextEditor?.selections.length ?? 1) > 1) return false;
    return isInvoked || readSetting('completion.enabled', document);
  }
}

async function staysQuiet(token: vscode.CancellationToken): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  return !token.isCancellationRequested;
}

function paramsOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  { selectedCompletionInfo }: vscode.InlineCompletionContext,
  isInvoked: boolean,
): InlineCompletionParams {
  return {
    textDocument: { uri: document.uri.toString() },
    position,
    context: {
      // LSP counts the kinds from 1, VS Code from 0.
      triggerKind: isInvoked ? InlineCompletionTriggerKind.Invoked : InlineCompletionTriggerKind.Automatic,
      ...(selectedCompletionInfo === undefined
        ? {}
        : {
            selectedCompletionInfo: {
              range: toProtocolRange(selectedCompletionInfo.range),
              text: selectedCompletionInfo.text,
            },
          }),
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof EngineFailure ? JSON.stringify(error.data) : String(error);
}
