import { cpus } from 'node:os';
import { basename } from 'node:path';
import type { Scheduler } from '../../decoding/scheduler.js';
import { IdleQuanta, type IdleTime } from '../idleTime.js';
import type { Model } from '../model.js';
import { type ModelThreads, fewestThreads, threadCandidates, type ThreadCounts } from './threadCounts.js';
import { othersCores, type ProcessorClock, type ProcessorTimes } from './processorClock.js';
import type { ThreadRecordKey, ThreadRecords } from './threadRecords.js';
import { ThreadTrials } from './threadTrials.js';

const ROUNDS = 2;
/** Each begins when the machine seems idle; after that the next load tries again. */
const ATTEMPTS = 3;
/** Of the time that its threads could have had; below that, other processes had the cores. */
const CROWDED_SHARE = 0.75;

/** What of a model that is being loaded matters here. */
export interface CalibratedModel extends Pick<
  Model,
  'path' | 'sizeBytes' | 'device' | 'tokenize' | 'openContext'
> {
  readonly threads: ModelThreads;
  /** Aborted when the model is disposed. */
  readonly closing: AbortSignal;
}

export interface CalibrationDeps {
  readonly scheduler: Pick<Scheduler, 'quantum' | 'quanta'>;
  readonly idle: IdleTime;
  readonly clock: ProcessorClock;
  readonly cores: number;
}

/**
 * Measures once for each model and machine how many threads prefill and decode fastest. It is done in the user's idle
 * time, in quanta before which any other work goes, and thrown away when other processes had the cores meanwhile.
 */
export class ThreadCalibration {
  constructor(
    private readonly deps: CalibrationDeps,
    private readonly records: ThreadRecords,
    private readonly log: (level: string, message: string) => void,
  ) {}

  /** Gives a model the counts that were measured before; without any, measures them by and by. */
  async attend(model: CalibratedModel): Promise<void> {
    if (model.device.kind !== 'cpu' || model.threads.isFixed || this.candidates.length < 2) return;
    const key = keyOf(model, this.deps.cores);
    const known = await this.records.find(key);
    if (known === undefined) void this.measureInIdleTime(model, key);
    else model.threads.take(known);
  }

  private get candidates(): readonly number[] {
    return threadCandidates(this.deps.cores);
  }

  /** Never rejects: without a measurement the estimate stays. */
  private async measureInIdleTime(model: CalibratedModel, key: ThreadRecordKey): Promise<void> {
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const counts = await this.measure(model);
        if (counts === undefined) continue;
        model.threads.take(counts);
        await this.records.add(key, counts);
        this.log(
          'info',
          `${key.file}: threads: ${counts.prefill} for prefill, ${counts.decode} for decoding (measured)`,
        );
        return;
      }
    } catch (error) {
      if (!model.closing.aborted) this.log('warn', `threads couldn't be measured: ${String(error)}`);
    }
  }

  /** @returns `undefined` when others kept the cores busy meanwhile */
  private async measure(model: CalibratedModel): Promise<ThreadCounts | undefined> {
    const { idle, clock, scheduler } = this.deps;
    const quanta = new IdleQuanta(scheduler, idle, model.closing);
    const trials = await quanta.run(() => ThreadTrials.open(model, clock));
    try {
      await quanta.run(() => trials.warmUp());
      const found = { prefill: new Map<number, number>(), decode: new Map<number, number>() };
      const spent = new Spent();
      for (let round = 0; round < ROUNDS; round++) {
        for (const [work, threads] of this.combinations()) {
          const { msPerToken, times } = await quanta.run(() => trials.run(work, threads));
          spent.add(times, threads);
          found[work].set(threads, Math.min(msPerToken, found[work].get(threads) ?? Infinity));
        }
        if (idle.isMuch(spent.othersCores) || spent.isCrowded) return undefined;
      }
      return { prefill: fewestThreads(found.prefill), decode: fewestThreads(found.decode) };
    } finally {
      await trials.dispose();
    }
  }

  private *combinations(): Iterable<readonly [keyof ThreadCounts, number]> {
    for (const threads of this.candidates) {
      yield ['prefill', threads];
      yield ['decode', threads];
    }
  }
}

/** What several trials have taken together: one alone is too short for the system's own counting. */
class Spent {
  private wall = 0;
  private own = 0;
  private all: number | undefined = 0;
  private possible = 0;

  add({ wall, own, all }: ProcessorTimes, threads: number): void {
    this.wall += wall;
    this.own += own;
    this.all = this.all === undefined || all === undefined ? undefined : this.all + all;
    this.possible += wall * threads;
  }

  get othersCores(): number | undefined {
    const { wall, own, all } = this;
    return othersCores({ wall, own, all });
  }

  /** Where the others can't be seen, by what they have left to this process. */
  get isCrowded(): boolean {
    return this.all === undefined && this.own < CROWDED_SHARE * this.possible;
  }
}

function keyOf({ path, sizeBytes, device }: CalibratedModel, cores: number): ThreadRecordKey {
  const processor = cpus()[0]?.model.trim() ?? '';
  return { processor, cores, build: device.build, file: basename(path), sizeBytes };
}
