import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';
import type { Engine } from '../engine.js';
import { describeState } from './describeState.js';

/** Keys come faster than an eye can follow: `working` shows only when it lasts. */
const WORKING_AFTER_MS = 300;

/** The one status item: what the engine does, with the next step behind a click. */
export class StatusItem extends Disposables {
  private readonly item = this.own(
    vscode.window.createStatusBarItem('youtu.status', vscode.StatusBarAlignment.Right, 100),
  );
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly engine: Engine) {
    super();
    this.item.name = 'Youtu Code';
    this.item.command = 'youtu.engine.status';
    this.own(engine.onDidChangeState(() => this.update()));
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
    const { icon, text, detail, severity } = describeState(this.engine.state);
    this.item.text = `$(${icon}) ${text}`;
    this.item.tooltip = detail;
    this.item.accessibilityInformation = { label: `Youtu Code: ${text}. ${detail}`, role: 'button' };
    this.item.backgroundColor =
      severity === 'none' ? undefined : new vscode.ThemeColor(`statusBarItem.${severity}Background`);
  }
}
