import type { WorkKind } from '../../protocol/status.js';
import type { Model, ModelContext } from '../model/model.js';

/**
 * One context of a model, used by one task at a time. A lane is opened at its first use, since a context takes
 * memory that a user who never chats needs not spend.
 */
export class Lane {
  private context: Promise<ModelContext> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly model: Model,
    readonly kind: WorkKind,
    readonly contextTokens: number,
    private readonly batchTokens: number,
  ) {}

  /** Runs `task` when those that came before it have ended. */
  use<T>(signal: AbortSignal, task: (context: ModelContext) => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      signal.throwIfAborted();
      return task(await this.open());
    };
    const result = this.last.then(run, run);
    this.last = result;
    return result;
  }

  async dispose(): Promise<void> {
    await this.last.catch(() => undefined);
    await (await this.context)?.dispose();
    this.context = undefined;
  }

  private open(): Promise<ModelContext> {
    this.context ??= this.model
      .openContext({ contextTokens: this.contextTokens, batchTokens: this.batchTokens })
      .catch((error: unknown) => {
        this.context = undefined;
        throw error;
      });
    return this.context;
  }
}
