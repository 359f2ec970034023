import type { LlamaContext, LlamaContextSequence } from './llamaBinding.js';
import { LlamaModelContext } from './llamaModelContext.js';
import type { ModelContext, ModelSlots } from './model.js';
import type { ThreadLease } from './threads/threadLimit.js';
import type { ThreadCounts } from './threads/threads.js';

/** The sequences of one llama.cpp context, each for a text of its own. The library puts what they want into batches. */
export class LlamaModelSlots implements ModelSlots {
  readonly contexts: readonly ModelContext[];

  constructor(
    private readonly context: LlamaContext,
    sequences: readonly LlamaContextSequence[],
    private readonly lease: ThreadLease,
    private readonly threads: () => ThreadCounts,
  ) {
    // `together` has the threads already, for all of them.
    const shared: ThreadLease = { run: (_owner, _threads, work) => work() };
    this.contexts = sequences.map((sequence) => new LlamaModelContext(context, [sequence], shared, threads));
  }

  together<T>(tokens: number, work: () => Promise<T>): Promise<T> {
    const { prefill, decode } = this.threads();
    return this.lease.run(this, tokens > 1 ? prefill : decode, work);
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
  }
}
