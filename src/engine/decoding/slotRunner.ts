import type { DecodeExtras, ModelContext, ModelSlots, Sampling, Token } from '../model/model.js';
import { DecodeRun, type DecodeRunOptions, type DecodeStats } from './decodeRun.js';
import type { Decoder } from './decoder.js';
import { FairQueue, type Caller } from './fairQueue.js';
import type { Scheduler } from './scheduler.js';

/** One text that a caller wants to have generated. */
export interface SlotJob {
  /** Callers take turns; those that can't be told apart count as one. */
  readonly caller: Caller;
  readonly prompt: readonly Token[];
  readonly sampling: Sampling;
  readonly extras?: DecodeExtras;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  /** Called when the text gets its slot. */
  readonly onStart?: () => void;
  /** Called with each token; false ends the text. */
  readonly onToken: (token: Token) => boolean;
  /** Called after each prefill slice with the tokens evaluated so far, of those that the cache didn't hold. */
  readonly onPrefill?: (done: number, total: number) => void;
  /** As {@link DecodeRunOptions.onPromptOptions}. */
  readonly onPromptOptions?: DecodeRunOptions['onPromptOptions'];
  readonly stats: DecodeStats;
}

interface WaitingJob {
  readonly job: SlotJob;
  readonly start: (context: ModelContext) => void;
}

/** A job in its slot. */
class ActiveJob {
  readonly run: DecodeRun;
  readonly ended: Promise<void>;
  isEnded = false;
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    readonly job: SlotJob,
    readonly context: ModelContext,
  ) {
    this.run = new DecodeRun(context, job, job.stats);
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Whether some of the prompt has to be evaluated before the first token. */
  needsPrefill(slice: number): boolean {
    const { run } = this;
    return !run.isDecoding && (!run.isRewound || run.pendingTokens > run.maxPending(slice));
  }

  /** Decodes the next token, or ends. */
  async next(): Promise<void> {
    const token = await this.run.next();
    const isWanted = token !== undefined && this.job.onToken(token);
    if (!isWanted || this.run.isDone) await this.end();
  }

  async fail(error: unknown): Promise<void> {
    this.isEnded = true;
    this.reject(error);
    await this.run.close().catch(() => undefined);
  }

  private async end(): Promise<void> {
    this.isEnded = true;
    await this.run.close();
    this.resolve();
  }
}

const NEVER_ABORTED = new AbortController().signal;

/**
 * Generates several texts at once. Each has a slot with a KV cache of its own; in each round all texts in progress
 * get their next token from one batch, and between two rounds one prompt advances by a slice. A job gets the free
 * slot that has most of its prompt cached, so a conversation finds its cache again. Rounds are quanta of the scheduler.
 */
export class SlotRunner {
  private readonly queue = new FairQueue<WaitingJob>();
  private readonly active = new Set<ActiveJob>();
  /** The slot that was used last comes last. */
  private readonly free: ModelContext[];
  private isRunning = false;
  private wasPrefillRound = false;

  constructor(
    private readonly slots: ModelSlots,
    private readonly scheduler: Pick<Scheduler, 'quantum'>,
    private readonly decoder: Pick<Decoder, 'sliceSize' | 'measurePrefill'>,
  ) {
    this.free = [...slots.contexts];
  }

  get running(): number {
    return this.active.size;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** Tokens of one slot. */
  get contextTokens(): number {
    return this.slots.contexts[0]?.contextTokens ?? 0;
  }

  /**
   * Waits for a slot and generates the text.
   * @throws the signal's reason, within one token; what failed
   */
  async run(job: SlotJob): Promise<void> {
    const context = await this.slotFor(job);
    const active = new ActiveJob(job, context);
    this.active.add(active);
    void this.rounds();
    try {
      await active.ended;
    } finally {
      this.active.delete(active);
      this.free.push(context);
      this.admit();
    }
  }

  /** Resolves when no text is in progress. */
  async idle(): Promise<void> {
    while (this.active.size > 0) await Promise.allSettled([...this.active].map(({ ended }) => ended));
  }

  private slotFor(job: SlotJob): Promise<ModelContext> {
    job.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        if (this.queue.remove(job.caller, waiting)) reject(job.signal.reason as Error);
      };
      const waiting: WaitingJob = {
        job,
        start: (context) => {
          job.signal.removeEventListener('abort', onAbort);
          job.onStart?.();
          resolve(context);
        },
      };
      job.signal.addEventListener('abort', onAbort, { once: true });
      this.queue.push(job.caller, waiting);
      this.admit();
    });
  }

  private admit(): void {
    while (this.free.length > 0) {
      const next = this.queue.shift();
      if (next === undefined) return;
      next.start(this.takeSlot(next.job));
    }
  }

  /** The free slot that has most of the prompt cached; without any, the one unused for longest. */
  private takeSlot({ prompt }: SlotJob): ModelContext {
    const cached = this.free.map((context) => context.cachedPrefixLength(prompt));
    const [taken] = this.free.splice(cached.indexOf(Math.max(...cached)), 1);
    if (taken === undefined) throw new Error('no slot is free');
    return taken;
  }

  private async rounds(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      for (let jobs = this.open(); jobs.length > 0; jobs = this.open())
        await this.scheduler.quantum('chat', NEVER_ABORTED, () => this.round(jobs));
    } finally {
      this.isRunning = false;
    }
  }

  private open(): readonly ActiveJob[] {
    return [...this.active].filter(({ isEnded }) => !isEnded);
  }

  private async round(jobs: readonly ActiveJob[]): Promise<void> {
    const isAborted = ({ job }: ActiveJob): boolean => job.signal.aborted;
    for (const active of jobs.filter(isAborted)) await active.fail(active.job.signal.reason);
    const live = jobs.filter((active) => !isAborted(active));
    const needsPrefill = (active: ActiveJob): boolean => active.needsPrefill(this.sliceOf(active));
    const prefilling = live.find(needsPrefill);
    const decoding = live.filter((active) => !needsPrefill(active));
    const isPrefillRound = prefilling !== undefined && (decoding.length === 0 || !this.wasPrefillRound);
    this.wasPrefillRound = isPrefillRound;
    if (isPrefillRound) await this.prefill(prefilling);
    else await this.decode(decoding);
  }

  private sliceOf({ context }: ActiveJob): number {
    return this.decoder.sliceSize(context, { kind: 'chat' });
  }

  private async prefill(active: ActiveJob): Promise<void> {
    // The others' turn comes before its next one.
    if (this.active.delete(active)) this.active.add(active);
    await guarded(active, async () => {
      if (!active.run.isRewound) return this.slots.together(1, () => active.run.rewind());
      const slice = this.sliceOf(active);
      const started = performance.now();
      await this.slots.together(slice, () => active.run.prefill(slice));
      this.decoder.measurePrefill(active.context, slice, performance.now() - started);
    });
  }

  private async decode(jobs: readonly ActiveJob[]): Promise<void> {
    const tokens = jobs.reduce((sum, { run }) => sum + run.pendingTokens, 0);
    await this.slots.together(tokens, () =>
      Promise.all(jobs.map((active) => guarded(active, () => active.next()))),
    );
  }
}

/** What goes wrong with one text ends only that one. */
async function guarded(active: ActiveJob, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    await active.fail(error);
  }
}
