import * as vscode from 'vscode';
import { EditorContextNotification, type EditorContextParams } from '../../protocol/completion.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { CompletionGate } from './completionGate.js';

type Items = NonNullable<EditorContextParams['diagnostics']>['items'];

/** Language servers change their mind several times while one types. */
const REST_MS = 250;
const MAX_COUNT = 5;
const NEAREST_LINES = 20;
const MAX_MESSAGE_LENGTH = 200;

/** Tells the engine what a language server says about the code around the cursor, when that has changed. */
export class DiagnosticsReports extends Disposables {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = '';

  constructor(
    private readonly engine: EngineClient,
    private readonly gate: CompletionGate,
  ) {
    super();
    this.own(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) this.soon();
      }),
    );
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.soon()));
    this.own(
      engine.onDidStart(() => {
        this.last = '';
        this.soon();
      }),
    );
    this.own(new vscode.Disposable(() => clearTimeout(this.timer)));
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.report(), REST_MS);
  }

  private report(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || this.engine.state.kind !== 'running') return;
    if (this.gate.stateOf(editor.document) !== 'open') return;
    const diagnostics = { uri: editor.document.uri.toString(), items: itemsAround(editor) };
    const text = JSON.stringify(diagnostics);
    if (text === this.last) return;
    this.last = text;
    this.engine.notify(EditorContextNotification, { diagnostics });
  }
}

/** The nearest ones. Not those of the line that is being written: it is unfinished, and everybody knows. */
function itemsAround({ document, selection }: vscode.TextEditor): Items {
  const { line: cursor } = selection.active;
  const distance = ({ range }: vscode.Diagnostic): number => Math.abs(range.start.line - cursor);
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
    .filter((each) => distance(each) > 0 && distance(each) <= NEAREST_LINES)
    .sort((a, b) => a.severity - b.severity || distance(a) - distance(b))
    .slice(0, MAX_COUNT)
    .map(({ range, message }) => ({ line: range.start.line, message: firstLine(message) }));
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, MAX_MESSAGE_LENGTH);
}
