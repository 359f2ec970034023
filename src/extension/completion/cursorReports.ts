import * as vscode from 'vscode';
import { CursorNotification } from '../../protocol/completion.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { CompletionGate } from './completionGate.js';

/** A cursor that is being moved line by line is reported once, where it rests. */
const REST_MS = 100;

/**
 * Tells the engine where the user is when nobody types: another file has come to the front, the cursor was set
 * elsewhere. There it can get ready for the next key. What typing moves comes with the requests for ghost text.
 */
export class CursorReports extends Disposables {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The text's version that the last move of the cursor belonged to. */
  private readonly versions = new WeakMap<vscode.TextDocument, number>();

  constructor(
    private readonly engine: EngineClient,
    private readonly gate: CompletionGate,
  ) {
    super();
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.soon()));
    this.own(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.moved(textEditor)));
    this.own(engine.onDidStart(() => this.soon()));
    this.own(new vscode.Disposable(() => this.cancel()));
  }

  private moved({ document }: vscode.TextEditor): void {
    if (vscode.window.activeTextEditor?.document !== document) return;
    // VS Code tells of an edit before it tells where the cursor has come by it.
    const isTyped = this.versions.get(document) !== document.version;
    this.versions.set(document, document.version);
    if (isTyped) this.cancel();
    else this.soon();
  }

  private soon(): void {
    this.cancel();
    const { document } = vscode.window.activeTextEditor ?? {};
    if (document !== undefined) this.versions.set(document, document.version);
    this.timer = setTimeout(() => this.report(), REST_MS);
  }

  private cancel(): void {
    clearTimeout(this.timer);
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
