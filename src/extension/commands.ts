import * as vscode from 'vscode';
import type { CompletionGate } from './completion/completionGate.js';
import { toggleCompletion } from './completion/toggleCompletion.js';
import { Disposables } from './disposables.js';
import type { EngineClient } from './engine/engineClient.js';
import { guard } from './guard.js';
import { downloadModel } from './models/downloadModel.js';
import { removeModel } from './models/removeModel.js';
import { selectModel } from './models/selectModel.js';
import { showStatusMenu } from './status/statusMenu.js';

/** Commands that belong to no feature: the engine's, the models', the completion's switch. */
export class Commands extends Disposables {
  constructor(engine: EngineClient, gate: CompletionGate, log: vscode.LogOutputChannel) {
    super();
    const add = (id: string, run: (...args: unknown[]) => unknown): void => {
      this.own(vscode.commands.registerCommand(id, (...args: unknown[]) => guard(log, () => run(...args))));
    };
    add('youtu.engine.restart', () => engine.restart());
    add('youtu.engine.showLog', () => log.show(true));
    add('youtu.engine.status', () => showStatusMenu(engine, gate));
    add('youtu.completion.toggle', toggleCompletion);
    add('youtu.model.select', () => selectModel(engine));
    add('youtu.model.download', (id) => downloadModel(engine, typeof id === 'string' ? id : undefined));
    add('youtu.model.remove', () => removeModel(engine));
  }
}
