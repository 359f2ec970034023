import * as vscode from 'vscode';
import type { DeviceProblem } from '../../protocol/status.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';

/** Says once of each GPU that has failed, or that was chosen and can't be used, what models run on instead. */
export class DeviceNotice extends Disposables {
  private readonly told = new Set<string>();

  constructor(engine: EngineClient) {
    super();
    this.own(
      engine.onDidChangeState((state) => {
        if (state.kind !== 'running' || state.status.kind !== 'ready') return;
        for (const { device } of state.status.models)
          for (const problem of device.problems ?? []) void this.tell(problem);
      }),
    );
  }

  private async tell(problem: DeviceProblem): Promise<void> {
    const key = JSON.stringify(problem);
    if (this.told.has(key)) return;
    this.told.add(key);
    const { deviceProblemText } = await import('./deviceProblemText.js');
    await vscode.window.showWarningMessage(deviceProblemText(problem));
  }
}
