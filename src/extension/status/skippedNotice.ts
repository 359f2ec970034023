import * as vscode from 'vscode';
import type { EngineErrorData } from '../../protocol/errors.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { actionsFor } from '../failureText.js';
import { runAction } from '../guard.js';
import { skippedText } from './describeState.js';

/** Says once of each model that `auto` passed over, because its file can't be used, what is wrong with it. */
export class SkippedNotice extends Disposables {
  private readonly told = new Set<string>();

  constructor(engine: EngineClient) {
    super();
    this.own(
      engine.onDidChangeState((state) => {
        if (state.kind !== 'running' || state.status.kind !== 'ready') return;
        const { skipped = [], models } = state.status;
        for (const problem of skipped) void this.tell(problem, models[0]?.id ?? '');
      }),
    );
  }

  private async tell(problem: EngineErrorData, used: string): Promise<void> {
    const message = skippedText(problem, used);
    if (this.told.has(message)) return;
    this.told.add(message);
    const actions = actionsFor(problem);
    await runAction(
      actions,
      await vscode.window.showWarningMessage(message, ...actions.map(({ title }) => title)),
    );
  }
}
