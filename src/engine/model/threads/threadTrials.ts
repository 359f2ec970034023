import { GREEDY, type Model, type ModelContext, type Token } from '../model.js';
import { timesBetween, type ProcessorClock, type ProcessorTimes } from './processorClock.js';
import type { ThreadCounts } from './threadCounts.js';

/** What one trial may take, so that a completion never waits longer for it. */
const TRIAL_MS = 150;
const TRIAL_TOKENS: ThreadCounts = { prefill: 64, decode: 8 };
/** Few enough for a large model on one slow core. */
const MIN_SLICE = 4;
const CONTEXT = { contextTokens: 256, batchTokens: 64 } as const;

const TEXT = `function sum(items) {
  let total = 0;
  for (const { price, count } of items) total += price * count;
  return total > 100 ? total * 0.9 : total;
}
`;

export interface Trial {
  readonly msPerToken: number;
  readonly times: ProcessorTimes;
}

/** Evaluates a few tokens with a given number of threads, in a context of its own. */
export class ThreadTrials {
  private threads = 1;
  private slice = MIN_SLICE;

  private constructor(
    private readonly context: ModelContext,
    private readonly tokens: readonly Token[],
    private readonly clock: ProcessorClock,
  ) {}

  static async open(
    model: Pick<Model, 'tokenize' | 'openContext'>,
    clock: ProcessorClock,
  ): Promise<ThreadTrials> {
    const text = model.tokenize(TEXT, false);
    const tokens = Array.from({ length: CONTEXT.contextTokens }, (_, i) => text[i % text.length] ?? 0);
    const counts = (): ThreadCounts => ({ prefill: trials.threads, decode: trials.threads });
    const trials = new ThreadTrials(await model.openContext({ ...CONTEXT, threads: counts }), tokens, clock);
    return trials;
  }

  /** Reads weights into the processor's caches, and finds out how much one thread does in a trial's time. */
  async warmUp(): Promise<void> {
    const { msPerToken } = await this.run('prefill', 1);
    this.slice = Math.max(MIN_SLICE, Math.min(CONTEXT.batchTokens, Math.floor(TRIAL_MS / msPerToken)));
  }

  async run(work: keyof ThreadCounts, threads: number): Promise<Trial> {
    this.threads = threads;
    await this.context.rewind([]);
    const before = this.clock();
    const count = await (work === 'prefill' ? this.prefill(before.wall) : this.decode(before.wall));
    const times = timesBetween(before, this.clock());
    return { msPerToken: times.wall / count, times };
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
  }

  private async prefill(started: number): Promise<number> {
    let count = 0;
    let longest = 0;
    for (;;) {
      const begun = this.clock().wall;
      await this.context.prefill(this.tokens.slice(0, this.slice));
      count += this.slice;
      const now = this.clock().wall;
      longest = Math.max(longest, now - begun);
      if (count + this.slice > TRIAL_TOKENS.prefill || now - started + longest > TRIAL_MS) return count;
    }
  }

  /** The tokens are given, not chosen by the model, which could end too soon. */
  private async decode(started: number): Promise<number> {
    let count = 0;
    let longest = 0;
    const { tokens } = this;
    const next = this.context.decode(tokens.slice(0, 1), GREEDY, {
      tokenConstraint: () => tokens.slice(count + 1, count + 2),
    });
    try {
      for (;;) {
        const begun = this.clock().wall;
        await next.next();
        count++;
        const now = this.clock().wall;
        longest = Math.max(longest, now - begun);
        if (count >= TRIAL_TOKENS.decode || now - started + longest > TRIAL_MS) return count;
      }
    } finally {
      await next.return();
    }
  }
}
