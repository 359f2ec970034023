import * as vscode from 'vscode';
import { EditorContextNotification, type EditorContextParams } from '../../protocol/completion.js';
import { Disposables, timerDelay, type Delay } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { CompletionGate } from './completionGate.js';

type Items = NonNullable<EditorContextParams['diagnostics']>['items'];

/** Language servers update their diagnostics several times during typing. */
const REST_MS = 250;
const MAX_COUNT = 5;
const NEAREST_LINES = 20;
const MAX_MESSAGE_LENGTH = 200;

/** Sends the diagnostics around the cursor to the engine when they have changed. */
export class DiagnosticsReports extends Disposables {
  private pending: ReturnType<Delay> | undefined;
  private last = '';

  constructor(
    private readonly engine: EngineClient,
    private readonly gate: CompletionGate,
    private readonly delay: Delay = timerDelay,
  ) {
    super();
    this.own(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) this.schedule();
      }),
    );
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.schedule()));
    this.own(
      engine.onDidStart(() => {
        this.last = '';
        this.schedule();
      }),
    );
    this.own(new vscode.Disposable(() => this.pending?.dispose()));
  }

  private schedule(): void {
    this.pending?.dispose();
    this.pending = this.delay(() => this.report(), REST_MS);
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

/** The nearest ones, without those of the cursor's line, which is unfinished. */
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
