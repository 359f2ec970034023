import * as vscode from 'vscode';
import type { CompletionGate } from '../completion/completionGate.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { gateSentence } from '../completion/gateText.js';
import type { Models } from '../models/models.js';
import { describeState, type StateDescription } from './describeState.js';

/** `working` is shown only if it lasts this long, so that short work doesn't flicker. */
const WORKING_AFTER_MS = 300;

/** The status item: the engine's state, whether ghost text is on in the active file, and the menu on click. */
export class StatusItem extends Disposables {
  private readonly item = this.own(
    vscode.window.createStatusBarItem('youtu.status', vscode.StatusBarAlignment.Right, 100),
  );
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shown: string | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly gate: CompletionGate,
    private readonly models: Models,
  ) {
    super();
    this.item.name = 'Youtu Code';
    this.item.command = 'youtu.engine.status';
    this.own(engine.onDidChangeState(() => this.update()));
    this.own(gate.onDidChange(() => this.update()));
    this.own(models.presence.onDidChange(() => this.update()));
    this.own(models.downloads.onDidChange(() => this.update()));
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.update()));
    this.own(new vscode.Disposable(() => clearTimeout(this.timer)));
    this.show();
    this.item.show();
  }

  private update(): void {
    const { state } = this.engine;
    const isWorking = state.kind === 'running' && state.status.kind === 'working';
    if (!isWorking) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.show();
    } else {
      this.timer ??= setTimeout(() => this.show(), WORKING_AFTER_MS);
    }
  }

  private show(): void {
    this.timer = undefined;
    const description = this.describe();
    // The engine's state changes with each key; this avoids redrawing the same item.
    const next = JSON.stringify(description);
    if (next === this.shown) return;
    this.shown = next;
    const { icon, text, detail, severity } = description;
    this.item.text = `$(${icon}) ${text}`;
    this.item.tooltip = detail;
    this.item.accessibilityInformation = { label: `Youtu Code: ${text}. ${detail}`, role: 'button' };
    this.item.backgroundColor =
      severity === 'none' ? undefined : new vscode.ThemeColor(`statusBarItem.${severity}Background`);
  }

  private describe(): StateDescription {
    const description = describeState(this.engine.state, this.models);
    const document = vscode.window.activeTextEditor?.document;
    const state = document && this.gate.stateOf(document);
    if (document === undefined || state === undefined || state === 'open' || state === 'notCode')
      return description;
    const detail = [gateSentence(state, document), description.detail].join('\n');
    return { ...description, detail, ...(description.severity === 'none' ? { icon: 'circle-slash' } : {}) };
  }
}
