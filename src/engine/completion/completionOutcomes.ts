import type {
  CancelReason,
  CompletionOutcome,
  CompletionTimes,
  CompletionWhyResult,
  TriggerGate,
} from '../../protocol/completion.js';
import { EngineError } from '../../protocol/errors.js';
import type { CompletionAnswer, CompletionRequest } from './completionTypes.js';
import type { CursorContext } from './cursor/cursorContext.js';
import { typedBetween } from './cursor/typedBetween.js';
import type { Clock } from './generation/clock.js';

/** Outcomes remembered for `youtu/completion/why`. */
const MAX_OUTCOMES = 32;

/** Ends a completion request or its decoding before there is an answer. Never an error to report. */
export class Cancellation extends DOMException {
  constructor(readonly reason: CancelReason) {
    super(`completion cancelled: ${reason}`, 'AbortError');
  }
}

/** What the service has for a request, with the steps that took time. */
export type Answered = Omit<CompletionAnswer, 'times'> & {
  readonly times?: Omit<CompletionTimes, 'totalMs'>;
};

export interface CompletionOutcomesOptions {
  /** Writes a debug line. */
  readonly log: (line: string) => void;
  readonly clock: Clock;
  readonly latencyGoalMs: () => number;
}

/** Gives each completion request its one outcome: logs it, and remembers the last ones. */
export class CompletionOutcomes {
  /** The newest last. */
  private readonly known: (CompletionWhyResult & { readonly cursor: CursorContext })[] = [];

  constructor(private readonly options: CompletionOutcomesOptions) {}

  /**
   * Runs a request to its outcome.
   * @param signal the client's own, aborted when it cancels the request
   * @param closedGate a gate that is closed for the position whatever its text; then nothing is remembered of it
   * @throws what `answer` throws
   */
  async record(
    request: CompletionRequest,
    signal: AbortSignal,
    closedGate: TriggerGate | undefined,
    answer: () => Promise<Answered>,
  ): Promise<CompletionAnswer> {
    const { clock, latencyGoalMs, log } = this.options;
    const totalMs = (): number => clock.now() - request.startedMs;
    const end = (outcome: CompletionOutcome, times: CompletionTimes): void => {
      log(logLine(request, outcome, times));
      if (closedGate !== undefined) return;
      this.known.push({ cursor: request.cursor, outcome, times, isRecorded: true });
      if (this.known.length > MAX_OUTCOMES) this.known.shift();
    };
    try {
      const answered = await answer();
      const times = { ...answered.times, totalMs: totalMs() };
      end(answered.outcome, times);
      return { ...answered, times };
    } catch (error) {
      const times = { totalMs: totalMs() };
      end(outcomeOfError(error, signal, times.totalMs, latencyGoalMs()), times);
      throw error;
    }
  }

  /** The last outcome at a cursor whose text has not changed since. */
  find(cursor: CursorContext): CompletionWhyResult | undefined {
    const found = this.known.findLast(({ cursor: from }) => {
      const typed = typedBetween(from, cursor);
      return typed?.text === '' && typed.closing === '';
    });
    return found && { outcome: found.outcome, times: found.times, isRecorded: true };
  }

  clear(): void {
    this.known.length = 0;
  }
}

function outcomeOfError(
  error: unknown,
  clientSignal: AbortSignal,
  waitedMs: number,
  latencyGoalMs: number,
): CompletionOutcome {
  const reason = cancelReasonOf(error, clientSignal);
  if (reason !== undefined) {
    const isByUser = reason !== 'documentClosed' && reason !== 'modelUnloaded';
    return isByUser && waitedMs > latencyGoalMs
      ? { kind: 'tooLate', reason, waitedMs: Math.round(waitedMs) }
      : { kind: 'cancelled', reason };
  }
  if (!(error instanceof EngineError)) return { kind: 'failed' };
  if (error.data.kind === 'noModel') return { kind: 'noModel', role: error.data.role };
  return { kind: 'failed', code: error.code, error: error.data };
}

function cancelReasonOf(error: unknown, clientSignal: AbortSignal): CancelReason | undefined {
  if (error instanceof Cancellation) return error.reason;
  if (clientSignal.aborted) return 'client';
  // A context queue that is closed ends its tasks with a plain AbortError.
  return error instanceof Error && error.name === 'AbortError' ? 'modelUnloaded' : undefined;
}

/** No text and no path of the user's. */
function logLine(
  { position: { line, character }, options: { isInvoked } }: CompletionRequest,
  outcome: CompletionOutcome,
  times: CompletionTimes,
): string {
  const steps = Object.entries(times).map(([step, ms]) => `${step} ${Math.round(Number(ms))}`);
  const how = isInvoked ? 'explicit' : 'automatic';
  return `completion (${how}) at ${line + 1}:${character + 1}: ${outcomeText(outcome)}; ${steps.join(', ')}`;
}

function outcomeText(outcome: CompletionOutcome): string {
  switch (outcome.kind) {
    case 'shown':
      return `shown, ${outcome.source}${outcome.isPartial ? ', partial' : ''}`;
    case 'notTriggered':
      return `not triggered, ${outcome.gate}`;
    case 'dropped':
      return `dropped by ${outcome.rule}`;
    case 'emptyAnswer':
      return 'the model wrote nothing';
    case 'lowConfidence':
      return 'confidence below the limit';
    case 'cancelled':
      return `cancelled, ${outcome.reason}`;
    case 'tooLate':
      return `too late, ${outcome.reason}`;
    case 'noModel':
      return 'no model';
    case 'failed':
      return `failed, ${outcome.code ?? 'unexpected error'}${outcome.error === undefined ? '' : ` ${outcome.error.kind}`}`;
  }
}
