import type { WorkKind } from '../../protocol/status.js';
import type {
  ContextOptions,
  DecodeExtras,
  Model,
  ModelContext,
  Sampling,
  Token,
  TokenOption,
} from '../model/model.js';

/**
 * One context of a model and the tasks that wait for it: one runs at a time. The context is opened at its first use,
 * since it takes memory that a user who never chats need not spend.
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
   * Runs `task` after those that came before it. An abort ends the wait at once; a running task
   * checks the signal itself.
   * @throws the signal's reason; an AbortError when the queue is disposed before or while the task runs
   */
  use<T>(signal: AbortSignal, task: (context: ModelContext) => Promise<T>): Promise<T> {
    // Not AbortSignal.any: what it makes of a signal that lives as long as the queue is never freed.
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

  /** The context, once it is open. */
  get opened(): Promise<ModelContext> | undefined {
    return this.context;
  }

  /** Ends what is running at its next quantum, drops what waits, and frees the context's memory. */
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

/** A context whose work stops between two quanta when its queue is closed, whatever is running in it. */
class ClosableContext implements ModelContext {
  constructor(
    private readonly context: ModelContext,
    private readonly closing: AbortSignal,
  ) {}

  get contextTokens(): number {
    return this.context.contextTokens;
  }

  get isRemote(): boolean | undefined {
    return this.context.isRemote;
  }

  get batchTokens(): number {
    return this.context.batchTokens;
  }

  cachedPrefixLength(tokens: readonly Token[]): number {
    return this.context.cachedPrefixLength(tokens);
  }

  async rewind(tokens: readonly Token[], pinned?: readonly Token[]): Promise<number> {
    this.closing.throwIfAborted();
    return this.context.rewind(tokens, pinned);
  }

  async prefill(tokens: readonly Token[]): Promise<void> {
    this.closing.throwIfAborted();
    await this.context.prefill(tokens);
  }

  async score(
    tokens: readonly Token[],
    next: Token,
    maxOptions: number,
  ): Promise<readonly (readonly TokenOption[])[]> {
    this.closing.throwIfAborted();
    return await this.context.score(tokens, next, maxOptions);
  }

  async *decode(
    tokens: readonly Token[],
    sampling: Sampling,
    extras?: DecodeExtras,
  ): AsyncGenerator<Token, void> {
    this.closing.throwIfAborted();
    for await (const token of this.context.decode(tokens, sampling, extras)) {
      yield token;
      this.closing.throwIfAborted();
    }
  }

  async likelihood(given: readonly Token[], text: readonly Token[]): Promise<number> {
    this.closing.throwIfAborted();
    return await this.context.likelihood(given, text);
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
  }
}
