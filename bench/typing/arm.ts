import { modelPath } from '../machine/modelPath.js';
import { buildEngine, buildModule } from '../machine/builtEngine.js';
import { processorTime, useSince, type ProcessorUse } from '../machine/processorTime.js';
import { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { InlineSuggest, type Asked } from './inlineSuggest.js';
import { Replay, type KeyRecord, type Visit } from './replay.js';
import { beatsFor, type RhythmOptions } from './rhythm.js';
import type { Observed } from './tally.js';
import { habitsFor } from './typingHabits.js';

export type ArmName = 'product' | 'naive';

export interface TypingOptions {
  readonly rhythm: RhythmOptions;
  /** The product's; the naive arm has its own. */
  readonly debounceMs: number;
  readonly closesBrackets: boolean;
  readonly onRecord: (record: KeyRecord) => void;
}

const NAIVE_DEBOUNCE_MS = 150;

/** One of the engines that are compared, and all that was seen of it. */
export class Arm {
  private readonly records: KeyRecord[] = [];
  private readonly requests: Asked[] = [];
  private readonly uses: ProcessorUse[] = [];
  private acceptedCharacters = 0;
  private deletions = 0;
  private figuresBefore = 0;

  private constructor(
    private readonly name: ArmName,
    private readonly engine: EngineProcess,
  ) {}

  /** Starts the engine and lets it load its model. */
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
    arm.figuresBefore = Math.max(0, engine.figures.length - 1);
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
      beatsOf: ({ goal, start }) => beatsFor(goal.text.slice(start), rhythm),
      onRecord: (record) => {
        this.records.push(record);
        onRecord(record);
      },
    });
    const pid = this.engine.child.pid ?? 0;
    const before = processorTime(pid);
    await replay.run(visits);
    this.uses.push(useSince(pid, before));
    this.requests.push(...suggest.requests);
    this.acceptedCharacters += replay.acceptedCharacters;
    this.deletions += replay.deletions;
  }

  observed(): Observed {
    const { records, requests, acceptedCharacters, deletions } = this;
    return {
      records,
      requests,
      acceptedCharacters,
      deletions,
      figures: this.engine.figures.slice(this.figuresBefore),
      processor: together(this.uses),
    };
  }

  async stop(): Promise<void> {
    await this.engine.stop();
  }
}

function together(uses: readonly ProcessorUse[]): ProcessorUse {
  const wallSeconds = uses.reduce((sum, use) => sum + use.wallSeconds, 0);
  const mean = (value: (use: ProcessorUse) => number): number =>
    uses.reduce((sum, use) => sum + value(use) * use.wallSeconds, 0) / wallSeconds;
  return {
    wallSeconds,
    seconds: uses.reduce((sum, use) => sum + use.seconds, 0),
    perSecond: mean(({ perSecond }) => perSecond),
    share: mean(({ share }) => share),
    othersShare: mean(({ othersShare }) => othersShare),
  };
}
