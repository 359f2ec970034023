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
  private readonly memory: vscode.Memento;

  readonly commands: FeatureCommands<
    | 'youtu.model.select'
    | 'youtu.model.download'
    | 'youtu.model.remove'
    | 'youtu.model.try'
    | 'youtu.model.setToken'
  >;

  constructor(
    private readonly engine: EngineClient,
    { memory, secrets }: { readonly memory: vscode.Memento; readonly secrets: vscode.SecretStorage },
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.presence = this.own(new ModelPresence(engine, log));
    this.downloads = this.own(new Downloads(engine));
    const { downloads } = this;
    this.memory = memory;
    const deps = { engine, downloads, secrets };
    // Loaded when they are needed: activation is to load little code.
    this.commands = {
      'youtu.model.select': async () => (await import('./selectModel.js')).selectModel(deps),
      'youtu.model.download': async (id) =>
        (await import('./downloadModel.js')).downloadModel(deps, typeof id === 'string' ? id : undefined),
      'youtu.model.setToken': async () => (await import('./hubModel.js')).setHubToken(secrets),
      'youtu.model.remove': async () => {
        await (await import('./removeModel.js')).removeModel(engine);
        await this.presence.checkAgain();
      },
      'youtu.model.try': async () => (await import('./tryModel.js')).openSample(),
    };
    this.own(downloads.onDidChange(() => void (downloads.running.length === 0 && this.presence.check())));
    this.own(
      this.presence.onDidChange((hasModel) => {
        if (hasModel && memory.get(HAD_MODEL) !== true) void memory.update(HAD_MODEL, true);
      }),
    );
  }

  /** Waits for a model that is being downloaded; resolves at once where none is, or where there is a model. */
  async arrival(signal: AbortSignal): Promise<void> {
    const isAwaited = (): boolean =>
      this.presence.hasModel === false && this.downloads.running.length > 0 && !signal.aborted;
    if (!isAwaited()) return;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        if (isAwaited()) return;
        for (const listener of listeners) listener.dispose();
        signal.removeEventListener('abort', settle);
        resolve();
      };
      const listeners = [this.presence.onDidChange(settle), this.downloads.onDidChange(settle)];
      signal.addEventListener('abort', settle);
    });
    await this.presence.check();
  }

  /** After the window has opened: on a machine without a model, says so and offers one. */
  start(): void {
    if (this.memory.get(HAD_MODEL) === true) return;
    void guard(this.log, async () =>
      (await import('./firstRun.js')).firstRun(this.engine, this.presence, this.memory),
    );
  }
}
