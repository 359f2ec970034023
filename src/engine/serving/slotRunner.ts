import type { Decoder } from '../decoding/decoder.js';
import type { Scheduler } from '../decoding/scheduler.js';
import type { ModelContext, ModelSlots } from '../model/model.js';
import { FairQueue } from './fairQueue.js';
import { SlotWork } from './slotWork.js';
import type { TextJob } from './textJob.js';

interface Waiting {
  readonly job: TextJob;
  readonly start: (context: ModelContext) => void;
}

const ENDLESS = new AbortController().signal;

/**
 * Writes several texts at once. Each has a slot with a KV cache of its own; in each round all that are being written
 * get their next token from one batch, and between two rounds one prompt goes on by a slice. A job goes to the free
 * slot that knows most of its prompt, so a conversation finds its cache again. Rounds are quanta of the scheduler.
 */
export class SlotRunner {
  private readonly queue = new FairQueue<Waiting>();
  private readonly works = new Set<SlotWork>();
  /** The slot that was used last comes last. */
  private readonly free: ModelContext[];
  private isRunning = false;
  private hasJustRead = false;

  constructor(
    private readonly slots: ModelSlots,
    private readonly scheduler: Pick<Scheduler, 'quantum'>,
    private readonly decoder: Pick<Decoder, 'sliceSize' | 'measurePrefill'>,
  ) {
    this.free = [...slots.contexts];
  }

  get running(): number {
    return this.works.size;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** Tokens of one slot. */
  get contextTokens(): number {
    return this.slots.contexts[0]?.contextTokens ?? 0;
  }

  /**
   * Waits for a slot and writes the text.
   * @throws the signal's reason, within one token; what failed
   */
  async run(job: TextJob): Promise<void> {
    const context = await this.slotFor(job);
    const work = new SlotWork(job, context);
    this.works.add(work);
    void this.rounds();
    try {
      await work.ended;
    } finally {
      this.works.delete(work);
      this.free.push(context);
      this.admit();
    }
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    while (this.works.size > 0) await Promise.allSettled([...this.works].map(({ ended }) => ended));
  }

  private slotFor(job: TextJob): Promise<ModelContext> {
    job.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        if (this.queue.remove(job.caller, waiting)) reject(job.signal.reason as Error);
      };
      const waiting: Waiting = {
        job,
        start: (context) => {
          job.signal.removeEventListener('abort', onAbort);
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

  /** The free one that knows most of the prompt; of those that know nothing, the one unused for longest. */
  private takeSlot({ prompt }: TextJob): ModelContext {
    const known = this.free.map((context) => context.known(prompt));
    const [taken] = this.free.splice(known.indexOf(Math.max(...known)), 1);
    if (taken === undefined) throw new Error('no slot is free');
    return taken;
  }

  private async rounds(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      for (let works = this.open(); works.length > 0; works = this.open())
        await this.scheduler.quantum('chat', ENDLESS, () => this.round(works));
    } finally {
      this.isRunning = false;
    }
  }

  private open(): readonly SlotWork[] {
    return [...this.works].filter(({ isDone }) => !isDone);
  }

  private async round(works: readonly SlotWork[]): Promise<void> {
    const isAborted = ({ job }: SlotWork): boolean => job.signal.aborted;
    for (const work of works.filter(isAborted)) await work.fail(work.job.signal.reason);
    const live = works.filter((work) => !isAborted(work));
    const reading = live.find((work) => work.isReading(this.sliceOf(work)));
    const writing = live.filter((work) => !work.isReading(this.sliceOf(work)));
    const isReadsTurn = reading !== undefined && (writing.length === 0 || !this.hasJustRead);
    this.hasJustRead = isReadsTurn;
    if (isReadsTurn) await this.read(reading);
    else await this.write(writing);
  }

  private sliceOf({ context }: SlotWork): number {
    return this.decoder.sliceSize(context, { kind: 'chat' });
  }

  private async read(work: SlotWork): Promise<void> {
    // The others' turn comes before its next one.
    if (this.works.delete(work)) this.works.add(work);
    await guarded(work, async () => {
      if (!work.isRewound) return this.slots.together(1, () => work.rewind());
      const slice = this.sliceOf(work);
      const started = performance.now();
      await this.slots.together(slice, () => work.read(slice));
      this.decoder.measurePrefill(work.context, slice, performance.now() - started);
    });
  }

  private async write(works: readonly SlotWork[]): Promise<void> {
    const tokens = works.reduce((sum, { pending }) => sum + pending, 0);
    await this.slots.together(tokens, () =>
      Promise.all(works.map((work) => guarded(work, () => work.write()))),
    );
  }
}

/** What goes wrong with one text ends that one. */
async function guarded(work: SlotWork, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    await work.fail(error);
  }
}
