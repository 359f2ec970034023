import { setImmediate } from 'node:timers/promises';
import type {
  ContextOptions,
  ModelContext,
  Sampling,
  Token,
  TokenOption,
  DecodeExtras,
} from '../../../../../../src/engine/model/model.js';
import type { ProcessorClock } from '../../../../../../src/engine/model/threads/processorClock.js';
import {
  chooseThreads,
  type ThreadCounts,
  ModelThreads,
} from '../../../../../../src/engine/model/threads/threadCounts.js';
import type { CalibratedModel } from '../../../../../../src/engine/model/threads/threadCalibration.js';

/** Milliseconds a token, by number of threads. */
export type Pace = (work: keyof ThreadCounts, threads: number) => number;

/** A machine whose clock advances with the work done on it. */
export class PacedMachine {
  /** Cores that other processes keep busy. */
  others = 0;
  /** Whether the system reports how busy its cores are. */
  reportsCoreLoad = true;
  pauses = 0;
  /** Called before each pause. */
  onPause: () => void = () => undefined;
  private wall = 0;
  private own = 0;
  private all = 0;

  constructor(readonly cores: number) {}

  readonly clock: ProcessorClock = () => ({
    wall: this.wall,
    own: this.own,
    all: this.reportsCoreLoad ? this.all : undefined,
  });

  readonly pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    await setImmediate(undefined, { signal });
    this.pauses++;
    this.onPause();
    this.pass(milliseconds, 0);
  };

  /** Its own threads get the cores that other processes leave free. */
  pass(milliseconds: number, threads: number): void {
    this.wall += milliseconds;
    const got = Math.min(threads, this.cores - this.others);
    this.own += milliseconds * got;
    this.all += milliseconds * (got + this.others);
  }
}

interface PacedModelOptions {
  /** Threads in the settings; 0 = not set. */
  readonly configuredThreads?: number;
  readonly device?: 'cpu' | 'cuda';
  readonly sizeBytes?: number;
}

/** A model that takes time on such a machine, and counts evaluations. */
export class PacedModel implements CalibratedModel {
  readonly path = '/models/model.gguf';
  readonly device: CalibratedModel['device'];
  readonly threads: ModelThreads;
  readonly ending = new AbortController();
  /** Threads of each evaluation. */
  readonly evaluations: number[] = [];
  opened = 0;
  disposed = 0;
  /** Awaited before each evaluation. */
  before: () => Promise<void> | void = () => undefined;

  constructor(
    readonly machine: PacedMachine,
    readonly pace: Pace,
    options: PacedModelOptions = {},
  ) {
    const { configuredThreads = 0, device = 'cpu', sizeBytes = 1000 } = options;
    this.sizeBytes = sizeBytes;
    this.device = { kind: device, offloadedLayers: 0, totalLayers: 2, build: 'paced' };
    this.threads = new ModelThreads(chooseThreads(configuredThreads, machine.cores), configuredThreads > 0);
  }

  readonly sizeBytes: number;

  get closing(): AbortSignal {
    return this.ending.signal;
  }

  tokenize(text: string): Token[] {
    return [...Buffer.from(text)];
  }

  openContext({ contextTokens, batchTokens, threads }: ContextOptions): Promise<ModelContext> {
    this.opened++;
    return Promise.resolve(
      new PacedContext(this, contextTokens, batchTokens, threads ?? (() => this.threads.counts)),
    );
  }

  async evaluate(work: keyof ThreadCounts, threads: number, tokens: number): Promise<void> {
    await this.before();
    this.evaluations.push(threads);
    this.machine.pass(this.pace(work, threads) * tokens, threads);
  }
}

class PacedContext implements ModelContext {
  private cached = 0;

  constructor(
    private readonly model: PacedModel,
    readonly contextTokens: number,
    readonly batchTokens: number,
    private readonly threads: () => ThreadCounts,
  ) {}

  cachedPrefixLength(tokens: readonly Token[]): number {
    return Math.min(this.cached, tokens.length);
  }

  rewind(tokens: readonly Token[]): Promise<number> {
    this.cached = Math.min(this.cached, tokens.length);
    return Promise.resolve(this.cached);
  }

  async prefill(tokens: readonly Token[]): Promise<void> {
    this.grow(tokens.length);
    await this.model.evaluate('prefill', this.threads().prefill, tokens.length);
  }

  async score(tokens: readonly Token[]): Promise<readonly (readonly TokenOption[])[]> {
    await this.prefill(tokens);
    return tokens.map(() => []);
  }

  async *decode(
    tokens: readonly Token[],
    _: Sampling,
    { tokenConstraint }: DecodeExtras = {},
  ): AsyncGenerator<Token, void> {
    for (;;) {
      this.grow(tokens.length);
      await this.model.evaluate('decode', this.threads().decode, 1);
      yield tokenConstraint?.()?.[0] ?? 0;
    }
  }

  likelihood(): Promise<number> {
    return Promise.resolve(0);
  }

  dispose(): Promise<void> {
    this.model.disposed++;
    return Promise.resolve();
  }

  private grow(count: number): void {
    this.cached += count;
    if (this.cached > this.contextTokens) throw new Error('the context is full');
  }
}
