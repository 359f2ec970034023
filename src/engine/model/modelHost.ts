import { EngineError, EngineErrorCode, type EngineErrorData, type ModelRole } from '../../protocol/errors.js';
import type { EngineSettings } from '../../protocol/settings.js';
import type { LoadedModel, ModelChange, WorkKind } from '../../protocol/status.js';
import { fileState, type InstalledModel, type ModelStore } from '../catalogue/modelFile.js';
import { ContextQueue } from '../decoding/contextQueue.js';
import { REMOTE } from '../remote/remoteServer.js';
import type { StatusReporter } from '../status/statusReporter.js';
import { laneOf, laneOptions, type LaneKind } from './lanes.js';
import type { Model, ModelContext, ModelLoader } from './model.js';
import { loadAndReport } from './modelLoading.js';
import { RejectedModels } from './rejectedModels.js';

const ROLE_OF: Readonly<Record<WorkKind, ModelRole>> = {
  completion: 'completion',
  'warm-up': 'completion',
  fix: 'chat',
  chat: 'chat',
};
interface Loaded {
  readonly model: Model;
  readonly queues: Map<LaneKind, ContextQueue>;
}

/** Loads the models of the two roles when they are first needed; one file serving both roles is loaded once. */
export class ModelHost {
  private readonly byPath = new Map<string, Promise<Loaded>>();
  private readonly pathOf = new Map<ModelRole, string>();
  /** Of the files, when they were last asked for. */
  private readonly states = new Map<string, string>();
  private readonly rejected = new RejectedModels();
  /** Better models than those in use, which can't be used. */
  private readonly skipped = new Map<ModelRole, readonly EngineErrorData[]>();
  /** Roles for which `auto` takes another model than the last time. */
  private readonly changes = new Map<ModelRole, ModelChange>();
  private readonly releaseListeners = new Set<(model: Model) => Promise<void>>();
  private asked = 0;

  constructor(
    private readonly store: ModelStore,
    private readonly loader: ModelLoader,
    private readonly settings: () => EngineSettings,
    private readonly status: StatusReporter,
  ) {}

  /** How often something was wanted of a model, apart from warming up. */
  get uses(): number {
    return this.asked;
  }

  /** Whether a model holds memory, or is about to. */
  get isLoaded(): boolean {
    return this.byPath.size > 0;
  }

  /**
   * The queue of the context in which work of this kind runs.
   * @throws EngineError when there is no model, or its file can't be used
   */
  async contextQueue(work: WorkKind): Promise<ContextQueue> {
    if (work !== 'warm-up') this.asked++;
    const { model, queues } = await this.modelFor(ROLE_OF[work]);
    this.announce();
    const kind = laneOf(work);
    let queue = queues.get(kind);
    if (queue === undefined) {
      queue = new ContextQueue(model, kind, laneOptions(model, kind, this.settings().contextSize));
      queues.set(kind, queue);
    }
    return queue;
  }

  /**
   * The model of a role, for work that isn't done in queues.
   * @throws as {@link contextQueue}
   */
  async model(role: ModelRole): Promise<Model> {
    this.asked++;
    const { model } = await this.modelFor(role);
    this.announce();
    return model;
  }

  /** The contexts that are open, each with its model. */
  async openContexts(): Promise<readonly { readonly model: Model; readonly context: ModelContext }[]> {
    const all = await Promise.all([...this.byPath.values()].map((loading) => loading.catch(() => undefined)));
    const queues = all.flatMap((loaded) => [...(loaded?.queues.values() ?? [])]);
    const opened = queues.map(async ({ model, opened: context }) => {
      const ready = await context?.catch(() => undefined);
      return ready === undefined ? [] : [{ model, context: ready }];
    });
    return (await Promise.all(opened)).flat();
  }

  /**
   * @param listener ends its work with a model and gives back what it holds of it, before the model goes
   * @returns removes the listener
   */
  onRelease(listener: (model: Model) => Promise<void>): () => void {
    this.releaseListeners.add(listener);
    return () => void this.releaseListeners.delete(listener);
  }

  /** Forgets everything that is loaded; the next use loads it again. */
  async unload(): Promise<void> {
    if (this.byPath.size === 0 && this.status.current.kind === 'idle') return;
    this.pathOf.clear();
    this.rejected.clear();
    // Said first: giving memory back takes a while, and what the next use finds out meanwhile is the newer word.
    this.status.set({ kind: 'idle' });
    for (const path of [...this.byPath.keys()]) await this.release(path);
  }

  private async modelFor(role: ModelRole): Promise<Loaded> {
    const failed = new Set<string>();
    for (;;) {
      const file = await this.choose(role);
      const state = await this.releaseIfReplaced(file.path);
      await this.assign(role, file.path);
      const loading = this.loaded(file);
      try {
        const loaded = await loading;
        // Unloaded again while it was loaded: what is wanted now may be another one.
        if (this.byPath.get(file.path) === loading) return loaded;
      } catch (error) {
        // The next best model is tried; the same one again only at the next request.
        if (!(error instanceof EngineError) || !this.isAuto(role) || failed.has(file.path)) throw error;
        failed.add(file.path);
        this.rejected.add(file.path, state, error.data);
      }
    }
  }

  /** A model that no role uses any more gives its memory back, once its running work has ended. */
  private async assign(role: ModelRole, path: string): Promise<void> {
    const before = this.pathOf.get(role);
    this.pathOf.set(role, path);
    if (before === undefined || before === path || [...this.pathOf.values()].includes(before)) return;
    await this.release(before);
  }

  /**
   * Another file under the same name is another model.
   * @returns the file's state
   */
  private async releaseIfReplaced(path: string): Promise<string> {
    const state = await fileState(path);
    const before = this.states.get(path);
    this.states.set(path, state);
    if (before !== undefined && before !== state) await this.release(path);
    return state;
  }

  private async release(path: string): Promise<void> {
    const loading = this.byPath.get(path);
    this.byPath.delete(path);
    const loaded = await loading?.catch(() => undefined);
    if (loaded === undefined) return;
    for (const listener of this.releaseListeners) await listener(loaded.model);
    for (const queue of loaded.queues.values()) await queue.dispose();
    await loaded.model.dispose();
  }

  private async choose(role: ModelRole): Promise<InstalledModel> {
    this.skipped.delete(role);
    try {
      if (!this.isAuto(role)) return await this.store.find(this.nameOf(role));
      const best = await this.store.best(role, this.rejected);
      if (best !== undefined) {
        this.skipped.set(role, best.skipped);
        if (best.before !== undefined) this.changes.set(role, { role, from: best.before, to: best.id });
        return best;
      }
    } catch (error) {
      this.rejected.clear();
      if (error instanceof EngineError) this.status.set({ kind: 'failed', error: error.data });
      throw error;
    }
    this.status.set({ kind: 'noModel', role });
    throw new EngineError(EngineErrorCode.noModel, { kind: 'noModel', role });
  }

  private nameOf(role: ModelRole): string {
    const { chatModel, completionModel } = this.settings();
    return role === 'chat' ? chatModel : completionModel;
  }

  private isAuto(role: ModelRole): boolean {
    return ['auto', REMOTE].includes(this.nameOf(role));
  }

  private loaded(file: InstalledModel): Promise<Loaded> {
    let loading = this.byPath.get(file.path);
    if (loading === undefined) {
      const started = loadAndReport(this.loader, file, this.status).then((model) => ({
        model,
        queues: new Map<LaneKind, ContextQueue>(),
      }));
      loading = started;
      this.byPath.set(file.path, started);
      // A failed load is tried again at the next use: the file may have been repaired by then.
      started.catch(() => {
        if (this.byPath.get(file.path) === started) this.byPath.delete(file.path);
      });
    }
    return loading;
  }

  /** Tells which models are ready, when that has changed. */
  private announce(): void {
    void Promise.all(this.byPath.values()).then(
      (all) => {
        const models = all.map(({ model }) => this.describe(model));
        const skipped = this.skippedFiles();
        const changes = [...this.changes.values()];
        const ready = {
          kind: 'ready',
          models,
          ...(skipped.length === 0 ? {} : { skipped }),
          ...(changes.length === 0 ? {} : { changes }),
        } as const;
        if (JSON.stringify(ready) !== JSON.stringify(this.status.ready)) this.status.set(ready);
      },
      () => undefined,
    );
  }

  /** Each file once, though it may be skipped for both roles. */
  private skippedFiles(): readonly EngineErrorData[] {
    const byText = new Map([...this.skipped.values()].flat().map((data) => [JSON.stringify(data), data]));
    return [...byText.values()];
  }

  private describe(model: Model): LoadedModel {
    const roles = [...this.pathOf].filter(([, path]) => path === model.path).map(([role]) => role);
    return {
      id: model.id,
      path: model.path,
      architecture: model.architecture,
      roles,
      sizeBytes: model.sizeBytes,
      contextTokens: laneOptions(model, 'chat', this.settings().contextSize).contextTokens,
      hasInfill: model.infill !== undefined,
      device: model.device,
    };
  }
}
