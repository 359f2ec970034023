import { modelPath } from '../machine/modelPath.js';
import { buildEngine, buildModule } from '../machine/buildEngine.js';
import { cpuTime, cpuUsageSince, type CpuUsage } from '../machine/cpuTime.js';
import { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { InlineSuggest, type RequestRecord } from './inlineSuggest.js';
import { Replay, type KeyRecord, type Visit } from './replay.js';
import { keyTimings, type RhythmOptions } from './rhythm.js';
import type { Observations } from './typingStats.js';
import { habitsFor } from './typingHabits.js';

export type ArmName = 'product' | 'naive';

export interface TypingOptions {
  readonly rhythm: RhythmOptions;
  /** Debounce of the product; the naive arm uses a fixed one. */
  readonly debounceMs: number;
  readonly closesBrackets: boolean;
  readonly onRecord: (record: KeyRecord) => void;
}

const NAIVE_DEBOUNCE_MS = 150;

/** One of the engines that are compared, with the observations made of it. */
export class Arm {
  private readonly records: KeyRecord[] = [];
  private readonly requests: RequestRecord[] = [];
  private readonly cpuUsages: CpuUsage[] = [];
  private acceptedCharacters = 0;
  private deletions = 0;
  private statsBefore = 0;

  private constructor(
    private readonly name: ArmName,
    private readonly engine: EngineProcess,
  ) {}

  /** Starts the engine and loads its model. */
  static async start(name: ArmName, model: string, module?: string): Promise<Arm> {
    const engine =
      name === 'naive'
        ? await EngineProcess.start({ path: modelPath(model) } as object, {
            module: await buildModule('bench/typing/naiveEngine.ts'),
          })
        : await EngineProcess.start(
            { completionModel: model, supportsPartialResults: true },
            { module: module ?? buildEngine() },
          );
    await engine.complete('def add(a, b):\n    return ▮\n', 'python', 'file:///typing/first.py');
    await engine.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: 'file:///typing/first.py' },
    });
    const arm = new Arm(name, engine);
    arm.statsBefore = Math.max(0, engine.stats.length - 1);
    return arm;
  }

  async type(
    visits: readonly Visit[],
    { rhythm, debounceMs, closesBrackets, onRecord }: TypingOptions,
  ): Promise<void> {
    const [first] = visits;
    if (first === undefined) return;
    const { unit } = habitsFor(first.file.language, first.file.goal.text);
    const suggest = new InlineSuggest(this.engine, {
      debounceMs: this.name === 'naive' ? NAIVE_DEBOUNCE_MS : debounceMs,
      indentSize: unit === '\t' ? 0 : unit.length,
    });
    const replay = new Replay(this.engine, suggest, {
      closesBrackets,
      habitsOf: ({ language, goal }) => habitsFor(language, goal.text),
      timingsOf: ({ goal, start }) => keyTimings(goal.text.slice(start), rhythm),
      onRecord: (record) => {
        this.records.push(record);
        onRecord(record);
      },
    });
    const pid = this.engine.child.pid ?? 0;
    const before = cpuTime(pid);
    await replay.run(visits);
    this.cpuUsages.push(cpuUsageSince(pid, before));
    this.requests.push(...suggest.requests);
    this.acceptedCharacters += replay.acceptedCharacters;
    this.deletions += replay.deletions;
  }

  observations(): Observations {
    const { records, requests, acceptedCharacters, deletions } = this;
    return {
      records,
      requests,
      acceptedCharacters,
      deletions,
      stats: this.engine.stats.slice(this.statsBefore),
      processor: combine(this.cpuUsages),
    };
  }

  async stop(): Promise<void> {
    await this.engine.stop();
  }
}

function combine(usages: readonly CpuUsage[]): CpuUsage {
  const wallSeconds = usages.reduce((sum, usage) => sum + usage.wallSeconds, 0);
  const mean = (value: (usage: CpuUsage) => number): number =>
    usages.reduce((sum, usage) => sum + value(usage) * usage.wallSeconds, 0) / wallSeconds;
  return {
    wallSeconds,
    seconds: usages.reduce((sum, usage) => sum + usage.seconds, 0),
    perSecond: mean(({ perSecond }) => perSecond),
    share: mean(({ share }) => share),
    othersShare: mean(({ othersShare }) => othersShare),
  };
}
