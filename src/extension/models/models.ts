import * as vscode from 'vscode';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { guard } from '../guard.js';
import { Downloads } from './downloads.js';
import { ModelPresence } from './modelPresence.js';

/** Of this user: a model was there once, so that a start needn't look for one. */
const HAD_MODEL = 'youtu.hadModel';

/** The models on this machine: what is there, what is being downloaded, and the commands about them. */
export class Models extends Disposables {
  readonly presence: ModelPresence;
  readonly downloads: Downloads;

  readonly commands: FeatureCommands<
    'youtu.model.select' | 'youtu.model.download' | 'youtu.model.remove' | 'youtu.model.try'
  >;

  constructor(
    private readonly engine: EngineClient,
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.presence = this.own(new ModelPresence(engine, log));
    this.downloads = this.own(new Downloads(engine));
    const { downloads } = this;
    // Loaded when they are needed: activation is to load little code.
    this.commands = {
      'youtu.model.select': async () => (await import('./selectModel.js')).selectModel(engine, downloads),
      'youtu.model.download': async (id) =>
        (await import('./downloadModel.js')).downloadModel(
          engine,
          downloads,
          typeof id === 'string' ? id : undefined,
        ),
      'youtu.model.remove': async () => (await import('./removeModel.js')).removeModel(engine),
      'youtu.model.try': async () => (await import('./tryModel.js')).openSample(),
    };
    this.own(
      this.presence.onDidChange((hasModel) => {
        if (hasModel && memory.get(HAD_MODEL) !== true) void memory.update(HAD_MODEL, true);
      }),
    );
  }

  /** After the window has opened: on a machine without a model, says so and offers one. */
  start(): void {
    if (this.memory.get(HAD_MODEL) === true) return;
    void guard(this.log, async () =>
      (await import('./firstRun.js')).firstRun(this.engine, this.presence, this.memory),
    );
  }
}
