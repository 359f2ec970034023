import * as vscode from 'vscode';
import { ExtendedNotification, InlineCompletionRequest } from '../../protocol/completion.js';
import { Disposables } from '../disposables.js';
import { EngineFailure, type EngineClient } from '../engine/engineClient.js';
import { fromProtocolRange } from '../engine/protocolConversions.js';
import { SYNCED_SCHEMES } from '../engine/documentSync.js';
import type { CompletionGate } from './completionGate.js';
import { completionParams } from './completionParams.js';
import { RequestClock } from './requestClock.js';
import { RequestDeduplicator, type Answer, type Question } from './requestDeduplicator.js';
import { EditorPosition } from './requestDeduplicator.js';
import { InlineSuggestRefresher } from './inlineSuggestRefresher.js';

const SELECTOR = SYNCED_SCHEMES.map((scheme) => ({ scheme }));

/**
 * Ghost text, in every language. Stays silent when the engine or its model is missing. It doesn't debounce: the engine
 * does, because it knows which answers are cached.
 */
export class GhostText extends Disposables implements vscode.InlineCompletionItemProvider {
  private readonly requests: RequestDeduplicator;
  private readonly refresher: InlineSuggestRefresher;
  private readonly clock = new RequestClock(vscode.env.remoteName !== undefined);
  /** Where the engine's process ended before it had answered. */
  private unanswered: EditorPosition | undefined;

  /** @param extensionId under which VS Code knows this provider */
  constructor(
    private readonly engine: EngineClient,
    private readonly gate: CompletionGate,
    private readonly log: vscode.LogOutputChannel,
    extensionId: string,
  ) {
    super();
    const register = (): vscode.Disposable =>
      vscode.languages.registerInlineCompletionItemProvider(SELECTOR, this);
    this.refresher = this.own(new InlineSuggestRefresher(register, extensionId));
    this.requests = this.own(
      new RequestDeduplicator(
        (question, token) => this.send(question, token),
        // VS Code no longer waits for it, so nothing of it is shown.
        () => this.refresher.show({ isPartShown: false }),
      ),
    );
    this.own(
      engine.onDidStart(() => {
        // The user rests there, and VS Code doesn't ask again by itself.
        if (this.unanswered?.isCurrent === true) this.refresher.show({ isPartShown: false });
        this.unanswered = undefined;
      }),
    );
    this.own(
      engine.onNotification(ExtendedNotification, ({ textDocument, position }) => {
        void this.onExtended(textDocument.uri, new vscode.Position(position.line, position.character));
      }),
    );
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<Answer> {
    const issuedAt = this.clock.issuedAt(context);
    const { triggerKind, selectedCompletionInfo: selected } = context;
    const isInvoked = triggerKind === vscode.InlineCompletionTriggerKind.Invoke && !this.refresher.isShowing;
    if (!this.isWanted(document, isInvoked)) return undefined;
    const place = new EditorPosition(document, position);
    try {
      return await this.requests.ask({ place, isInvoked, selected, issuedAt }, token);
    } catch (error) {
      if (isEndOfEngine(error)) this.unanswered = place;
      if (!(error instanceof vscode.CancellationError)) this.log.debug(`no ghost text: ${reasonOf(error)}`);
      return undefined;
    }
  }

  private async send(
    { place, isInvoked, selected }: Question,
    token: vscode.CancellationToken,
  ): Promise<Answer> {
    const params = completionParams(place.document, place.position, isInvoked, selected);
    const items = await this.engine.request(InlineCompletionRequest, params, token);
    return items?.flatMap(({ insertText, range }) => {
      const text = typeof insertText === 'string' ? insertText : insertText.value;
      if (!extendsSelected(selected?.text ?? '', text)) return [];
      return new vscode.InlineCompletionItem(text, range && fromProtocolRange(range));
    });
  }

  /** The engine's answer has become longer: shows it if the editor is still at that place. */
  private async onExtended(uri: string, position: vscode.Position): Promise<void> {
    const { current } = this.requests;
    if (current?.place.document.uri.toString() !== uri || !current.place.position.isEqual(position)) return;
    const part = await this.requests.answerOf(current);
    if (this.requests.current !== current) return;
    this.requests.forget();
    this.refresher.show({
      isPartShown: part !== undefined && part.length > 0 && current.selected === undefined,
    });
  }

  /** Whether the last request, for the text and the cursor as they are, came with an item selected in the suggestion list. */
  get isSuggestionSelected(): boolean {
    return this.requests.current?.selected !== undefined;
  }

  private isWanted(document: vscode.TextDocument, isInvoked: boolean): boolean {
    if (this.engine.state.kind === 'crashed') return false;
    if ((vscode.window.activeTextEditor?.selections.length ?? 1) > 1) return false;
    const state = this.gate.stateOf(document);
    return state === 'open' || (isInvoked && state === 'off');
  }
}

/** With an item selected in the suggestion list, VS Code shows only what extends that item. */
function extendsSelected(selected: string, text: string): boolean {
  return text.startsWith(selected) && text.length > selected.length;
}

function isEndOfEngine(error: unknown): boolean {
  return (
    error instanceof EngineFailure &&
    (error.data.kind === 'engineStopped' || error.data.kind === 'engineRestarted')
  );
}

function reasonOf(error: unknown): string {
  return error instanceof EngineFailure ? JSON.stringify(error.data) : String(error);
}
