import type { WorkKind } from '../../protocol/status.js';
import type { ContextOptions, Model, ModelContext } from '../model/model.js';
import { ClosableContext } from './closableContext.js';

/**
 * One context of a model, used by one task at a time. A lane is opened at its first use, since a context takes
 * memory that a user who never chats needs not spend.
 */
export class ContextQueue {
  private context: Promise<ModelContext> | undefined;
  /** The task that is running or was the last to end; never rejected. */
  private last: Promise<void> = Promise.resolve();
  private readonly closing = new AbortController();

  constructor(
    readonly model: Model,
    readonly kind: WorkKind,
    private readonly size: ContextOptions,
  ) {}

  /**
   * Runs `task` when those that came before it have ended. An abort ends the wait at once; a task that is running
   * looks at the signal itself.
   * @throws the signal's reason; an AbortError when the lane is disposed before or while the task runs
   */
  use<T>(signal: AbortSignal, task: (context: ModelContext) => Promise<T>): Promise<T> {
    // Not AbortSignal.any: what it makes of a signal that lives as long as the lane is never freed.
    const signals = [signal, this.closing.signal];
    return new Promise<T>((resolve, reject) => {
      const giveUp = (): void => {
        const aborted = signals.find((each) => each.aborted);
        if (aborted !== undefined) reject(aborted.reason as Error);
      };
      for (const each of signals) each.addEventListener('abort', giveUp, { once: true });
      const run = async (): Promise<T> => {
        for (const each of signals) each.removeEventListener('abort', giveUp);
        for (const each of signals) each.throwIfAborted();
        return task(await this.open());
      };
      this.last = this.last.then(run).then(resolve, reject);
      giveUp();
    });
  }

  /** Ends what is running at its next quantum, drops what waits, and gives the context's memory back. */
  async dispose(): Promise<void> {
    this.closing.abort(new DOMException('the model is unloaded', 'AbortError'));
    await this.last;
    await (await this.context)?.dispose();
    this.context = undefined;
  }

  private open(): Promise<ModelContext> {
    this.context ??= this.model
      .openContext(this.size)
      .then((context) => new ClosableContext(context, this.closing.signal))
      .catch((error: unknown) => {
        this.context = undefined;
        throw error;
      });
    return this.context;
  }
}
