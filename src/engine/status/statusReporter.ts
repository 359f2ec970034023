import type { EngineStatus, LoadedModel, WorkKind } from '../../protocol/status.js';

/** Keeps what the engine is doing and notifies listeners. */
export class StatusReporter {
  private base: EngineStatus = { kind: 'idle' };
  private readonly tasks: WorkKind[] = [];

  constructor(private readonly send: (status: EngineStatus) => void) {}

  get current(): EngineStatus {
    const task = this.tasks.at(-1);
    return this.base.kind === 'ready' && task !== undefined
      ? { ...this.base, kind: 'working', task }
      : this.base;
  }

  get models(): readonly LoadedModel[] {
    return this.ready?.models ?? [];
  }

  /** The models that are ready, whether or not they work. */
  get ready(): (EngineStatus & { kind: 'ready' }) | undefined {
    return this.base.kind === 'ready' ? this.base : undefined;
  }

  /** Whether a model is being loaded, or a request runs. */
  get isBusy(): boolean {
    return this.base.kind === 'loading' || this.tasks.length > 0;
  }

  set(status: EngineStatus): void {
    this.base = status;
    this.send(this.current);
  }

  /** Shows `kind` as being worked on while `work` runs. */
  async during<T>(kind: WorkKind, work: () => Promise<T>): Promise<T> {
    this.tasks.push(kind);
    this.send(this.current);
    try {
      return await work();
    } finally {
      this.tasks.splice(this.tasks.lastIndexOf(kind), 1);
      this.send(this.current);
    }
  }
}
