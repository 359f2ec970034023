import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';

/** The state of an editor that an answer is for. */
interface Place {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
}

/**
 * Answers that VS Code has stopped waiting for. From 1.139 on it gives inline completions three quarters of a second,
 * then cancels them and opens the suggestion list instead; a small machine needs longer now and then. So a request
 * that was cancelled while nothing was typed goes on, and its answer is shown when it comes, if it still fits.
 */
export class LateAnswers extends Disposables {
  private running: { readonly place: Place; readonly source: vscode.CancellationTokenSource } | undefined;
  private answer: { readonly place: Place; readonly items: vscode.InlineCompletionItem[] } | undefined;

  constructor() {
    super();
    this.own(vscode.workspace.onDidChangeTextDocument(() => this.dropOutdated()));
    this.own(vscode.window.onDidChangeTextEditorSelection(() => this.dropOutdated()));
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.dropOutdated()));
    this.own(new vscode.Disposable(() => this.running?.source.cancel()));
  }

  /** The answer that has come late for this very state, once. */
  take(document: vscode.TextDocument, position: vscode.Position): vscode.InlineCompletionItem[] | undefined {
    const { answer } = this;
    this.answer = undefined;
    return answer !== undefined && isSame(answer.place, placeOf(document, position))
      ? answer.items
      : undefined;
  }

  /**
   * Asks under a token of its own. Resolves with the answer, or with `undefined` as soon as VS Code cancels.
   * @param ask the request, which gets cancelled when the text or the cursor goes on
   */
  async follow(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
    ask: (token: vscode.CancellationToken) => Promise<vscode.InlineCompletionItem[] | undefined>,
  ): Promise<vscode.InlineCompletionItem[] | undefined> {
    this.running?.source.cancel();
    const place = placeOf(document, position);
    const source = new vscode.CancellationTokenSource();
    const running = { place, source };
    this.running = running;
    const cancelled = new Promise<undefined>((resolve) => {
      token.onCancellationRequested(() => {
        if (!isCurrent(place)) source.cancel();
        resolve(undefined);
      });
    });
    const asked = ask(source.token).finally(() => {
      if (this.running === running) this.running = undefined;
    });
    void asked.then(
      (items) => (token.isCancellationRequested ? this.show(place, items) : undefined),
      () => undefined,
    );
    return Promise.race([asked, cancelled]);
  }

  private async show(place: Place, items: vscode.InlineCompletionItem[] | undefined): Promise<void> {
    if (items === undefined || items.length === 0 || !isCurrent(place)) return;
    this.answer = { place, items };
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  }

  private dropOutdated(): void {
    if (this.running !== undefined && !isCurrent(this.running.place)) this.running.source.cancel();
    if (this.answer !== undefined && !isCurrent(this.answer.place)) this.answer = undefined;
  }
}

function placeOf(document: vscode.TextDocument, position: vscode.Position): Place {
  return { document, version: document.version, position };
}

function isSame(a: Place, b: Place): boolean {
  return a.document === b.document && a.version === b.version && a.position.isEqual(b.position);
}

/** Whether the editor at hand still shows this state. */
function isCurrent(place: Place): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && isSame(place, placeOf(editor.document, editor.selection.active));
}
