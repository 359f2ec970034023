import * as vscode from 'vscode';
import { ModelListRequest } from '../../protocol/model.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { readSetting } from '../settings.js';

/**
 * Whether there is a model to work with, so that a missing one is shown before the first key or question. For the
 * walkthrough and menus it is the context key `youtu.hasModel`, too.
 */
export class ModelPresence extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<boolean>());
  /** Fires with the new answer. */
  readonly onDidChange = this.changed.event;
  private current: boolean | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly log: Pick<vscode.LogOutputChannel, 'debug'>,
  ) {
    super();
    this.own(engine.onDidChangeState(() => this.follow()));
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('youtu.model') && !event.affectsConfiguration('youtu.remote')) return;
        void this.checkAgain();
      }),
    );
  }

  /** `undefined` before a check. */
  get hasModel(): boolean | undefined {
    return this.current;
  }

  /** Asks the engine, and so starts it, unless a model is known; loads no model. Never rejects. */
  async check(): Promise<boolean | undefined> {
    if (this.current === true || this.engine.state.kind === 'crashed') return this.current;
    try {
      this.set(await isModelPresent(this.engine));
    } catch (error) {
      // The question or the completion itself will fail with a sentence.
      this.log.debug(`could not look for models: ${String(error)}`);
    }
    return this.current;
  }

  /** As {@link check}, where a model that was there may have gone. */
  checkAgain(): Promise<boolean | undefined> {
    this.current = undefined;
    return this.check();
  }

  private follow(): void {
    const { state } = this.engine;
    if (state.kind !== 'running') return;
    const { status } = state;
    // The folder may have been changed, or a model deleted, since the last check.
    if (status.kind === 'noModel' && this.current !== false) void this.checkAgain();
    if (status.kind === 'ready' || status.kind === 'working') this.set(true);
    // Something has changed since none was found, perhaps by a download.
    if (status.kind === 'idle' && this.current === false) void this.check();
  }

  private set(hasModel: boolean): void {
    if (hasModel === this.current) return;
    this.current = hasModel;
    void vscode.commands.executeCommand('setContext', 'youtu.hasModel', hasModel);
    this.changed.fire(hasModel);
  }
}

/** `true` also for any file or server that the user has named. */
async function isModelPresent(engine: EngineClient): Promise<boolean> {
  const isNamed = readSetting('model.chat') !== 'auto' || readSetting('model.completion') !== 'auto';
  if (process.env['YOUTU_MODEL'] !== undefined || isNamed) return true;
  const source = new vscode.CancellationTokenSource();
  try {
    const models = await engine.query(ModelListRequest, source.token);
    return models.some(({ isInstalled }) => isInstalled);
  } finally {
    source.dispose();
  }
}
