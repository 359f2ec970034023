import * as vscode from 'vscode';
import { CursorNotification } from '../../protocol/completion.js';
import { Disposables, timerDelay, type Delay } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { CompletionGate } from './completionGate.js';

/** A cursor that is moved line by line is reported once, where it stops. */
const REST_MS = 100;

/**
 * Reports the cursor to the engine when it moves without typing: another editor became active, or the cursor was placed
 * elsewhere. The engine then prefills the prompt. A move by typing comes with the completion request.
 */
export class CursorReports extends Disposables {
  private pending: ReturnType<Delay> | undefined;
  /** The document's version at the last move of the cursor. */
  private readonly versions = new WeakMap<vscode.TextDocument, number>();

  constructor(
    private readonly engine: EngineClient,
    private readonly gate: CompletionGate,
    private readonly delay: Delay = timerDelay,
  ) {
    super();
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.schedule()));
    this.own(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.onMoved(textEditor)));
    this.own(engine.onDidStart(() => this.schedule()));
    this.own(new vscode.Disposable(() => this.cancel()));
  }

  private onMoved({ document }: vscode.TextEditor): void {
    if (vscode.window.activeTextEditor?.document !== document) return;
    // VS Code fires the event for an edit before the one for the cursor that the edit has moved.
    const isTyped = this.versions.get(document) !== document.version;
    this.versions.set(document, document.version);
    if (isTyped) this.cancel();
    else this.schedule();
  }

  private schedule(): void {
    this.cancel();
    const { document } = vscode.window.activeTextEditor ?? {};
    if (document !== undefined) this.versions.set(document, document.version);
    this.pending = this.delay(() => this.report(), REST_MS);
  }

  private cancel(): void {
    this.pending?.dispose();
  }

  private report(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.selections.length > 1 || !editor.selection.isEmpty) return;
    if (this.gate.stateOf(editor.document) !== 'open') return;
    const { line, character } = editor.selection.active;
    this.engine.notify(CursorNotification, {
      textDocument: { uri: editor.document.uri.toString() },
      position: { line, character },
    });
  }
}
