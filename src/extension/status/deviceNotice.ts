import * as vscode from 'vscode';
import type { DeviceProblem } from '../../protocol/status.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';

/** Of this user: what was said already, so that it isn't said with each start. */
const TOLD = 'youtu.toldDevices';
const MAX_TOLD = 20;

/**
 * Says once of each GPU that has failed, or that was chosen and can't be used, what models run on instead. The status
 * menu shows it for as long as it is so.
 */
export class DeviceNotice extends Disposables {
  constructor(
    engine: EngineClient,
    private readonly memory: vscode.Memento,
  ) {
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
    const told = this.memory.get<readonly string[]>(TOLD) ?? [];
    if (told.includes(key)) return;
    await this.memory.update(TOLD, [key, ...told].slice(0, MAX_TOLD));
    const { deviceProblemText } = await import('./deviceProblemText.js');
    await vscode.window.showWarningMessage(deviceProblemText(problem));
  }
}
