import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionWhyResult, TriggerGate } from '../../protocol/completion.js';
import type { StatusReporter } from '../status/statusReporter.js';
import { cachedItems, outcomeOf, statsOf } from './completionItems.js';
import { Cancellation, CompletionOutcomes, type Answered } from './completionOutcomes.js';
import type {
  CompletionAnswer,
  CompletionOptions,
  CompletionRequest,
  CompletionServiceOptions,
} from './completionTypes.js';
import { contextOf } from './cursor/completionContext.js';
import { cursorContextAt, isSameCursor, type CursorContext } from './cursor/cursorContext.js';
import { nextCursor } from './cursor/nextCursor.js';
import { SYSTEM_CLOCK, type Clock } from './generation/clock.js';
import { CompletionCache, type CacheHit } from './generation/completionCache.js';
import type { CompletionModel } from './generation/completionModel.js';
import { CurrentGeneration } from './generation/currentGeneration.js';
import { taskFor } from './generation/generationTask.js';
import { GeneratedAnswers } from './generation/generatedAnswers.js';
import { PartialAnswers } from './generation/partialAnswers.js';
import { Prefetch } from './generation/prefetch.js';
import { TypingRhythm } from './generation/typingRhythm.js';
import { automaticGate, positionGate } from './trigger/triggerGate.js';

/**
 * Makes ghost text: a cached answer at once, else what the running generation writes if it agrees with what was
 * typed, else a new generation after a wait that follows the user's typing rhythm. One generation runs at a time.
 */
export class CompletionService {
  private readonly clock: Clock;
  private readonly outcomes: CompletionOutcomes;
  private readonly cache = new CompletionCache();
  private readonly rhythm = new TypingRhythm();
  private readonly partial: PartialAnswers;
  private readonly current: CurrentGeneration;
  private readonly prefetch: Prefetch;
  private readonly generated: GeneratedAnswers;
  private newest: AbortController | undefined;
  private last: CompletionRequest | undefined;

  constructor(
    private readonly model: CompletionModel,
    status: Pick<StatusReporter, 'during'>,
    {
      onDidExtend = () => undefined,
      log = () => undefined,
      clock = SYSTEM_CLOCK,
    }: CompletionServiceOptions = {},
  ) {
    this.clock = clock;
    this.outcomes = new CompletionOutcomes({ log, clock, latencyGoalMs: () => model.latencyGoalMs });
    this.partial = new PartialAnswers(this.rhythm, clock, onDidExtend);
    this.current = new CurrentGeneration({
      model,
      status,
      clock,
      onDidEnd: (ended) => this.generated.generationEnded(ended),
    });
    const { cache, current, partial, rhythm } = this;
    const lastCursor = (): CursorContext | undefined => this.last?.cursor;
    this.prefetch = new Prefetch({ model, current, cache, clock, lastCursor });
    const { prefetch } = this;
    this.generated = new GeneratedAnswers({ model, cache, current, partial, prefetch, rhythm, clock });
  }

  /**
   * Answers a request. A newer one ends the one before it: only the latest state of the text is worth answering.
   * @throws EngineError; the signal's reason; a {@link Cancellation}
   */
  async complete(
    document: TextDocument,
    position: Position,
    options: CompletionOptions,
    signal: AbortSignal,
  ): Promise<CompletionAnswer> {
    const cursor = cursorContextAt(document, position, options.selected, options.earlierText);
    const request: CompletionRequest = { document, position, cursor, options, startedMs: this.clock.now() };
    const gate = positionGate(document, position, options);
    return this.outcomes.record(request, signal, gate, () => this.answer(request, signal, gate));
  }

  /**
   * How the last request at a position ended if the text has not changed since; else the outcome of an automatic one,
   * made now, of which nothing is shown.
   */
  async why(
    document: TextDocument,
    position: Position,
    options: Omit<CompletionOptions, 'isInvoked'>,
    signal: AbortSignal,
  ): Promise<CompletionWhyResult> {
    const cursor = cursorContextAt(document, position, undefined, options.earlierText);
    const recorded = this.outcomes.find(cursor);
    if (recorded !== undefined) return recorded;
    const automatic = { ...options, isInvoked: false };
    const made = await this.complete(document, position, automatic, signal).catch((error: unknown) => {
      const failed = this.outcomes.find(cursor);
      if (failed === undefined || signal.aborted) throw error;
      return failed;
    });
    this.partial.clear();
    return { outcome: made.outcome, times: made.times, isRecorded: false };
  }

  /** The document has changed: a generation that doesn't agree with it ends here, not with the next request. */
  changed(document: TextDocument): void {
    const now = this.clock.now();
    this.prefetch.cancel();
    this.current.abortUnlessFitting(document);
    this.rhythm.key(now);
    const { last } = this;
    if (last === undefined || this.current.isRunning || this.rhythm.wait(now) > 0) return;
    const cursor = nextCursor(last, now - last.startedMs, document);
    if (cursor === undefined || this.cache.find(cursor, { maxLines: last.options.maxLines }) !== undefined)
      return;
    this.current.start(taskFor(last.options, cursor, this.model.factsAt(cursor)), 'completion');
    this.current.abortSoon();
  }

  /** Forgets what the model wrote, because another one may be used from now on. */
  modelChanged(): void {
    this.prefetch.cancel();
    this.current.abort('modelUnloaded');
    this.cache.clear();
    this.outcomes.clear();
  }

  closed(uri: string): void {
    this.model.forget(uri);
    if (this.current.uri === uri) this.current.abort('documentClosed');
    if (this.last?.cursor.uri !== uri) return;
    this.prefetch.cancel();
    this.newest?.abort(new Cancellation('documentClosed'));
    this.last = undefined;
  }

  /**
   * The user is there without having typed: the prompt is prefilled until a key comes.
   * @param isWriting whether the user writes there, so that a prompt with more context is prefilled too
   * @throws EngineError
   */
  async moved(document: TextDocument, position: Position, isWriting = false): Promise<void> {
    if (positionGate(document, position) !== undefined) return;
    const cursor = cursorContextAt(document, position);
    if (this.last !== undefined && !isSameCursor(this.last.cursor, cursor)) this.prefetch.leave(cursor);
    if (!this.current.isRunning) await this.prefetch.prefill(cursor, isWriting);
  }

  private async answer(
    request: CompletionRequest,
    signal: AbortSignal,
    closedGate: TriggerGate | undefined,
  ): Promise<Answered> {
    signal.throwIfAborted();
    if (closedGate !== undefined) return this.notTriggered(closedGate);
    const { cursor, options } = request;
    const own = this.becomeNewest(request);
    const gate = options.isInvoked ? undefined : automaticGate(contextOf(cursor));
    if (gate !== undefined) {
      this.current.keepFor(cursor);
      return this.notTriggered(gate);
    }
    const found = this.cache.find(cursor, options);
    if (found !== undefined) return this.cached(request, found);
    try {
      return await this.generated.answer(request, AbortSignal.any([signal, own.signal]));
    } finally {
      // VS Code cancels at a key and asks again a moment later: a generation that agrees with the key is kept.
      if (signal.aborted && !own.signal.aborted) this.current.abortSoon();
    }
  }

  private becomeNewest(request: CompletionRequest): AbortController {
    this.newest?.abort(new Cancellation('superseded'));
    this.prefetch.cancel();
    this.last = request;
    this.newest = new AbortController();
    return this.newest;
  }

  private notTriggered(gate: TriggerGate): Answered {
    const stats = statsOf('cached', undefined, this.model.totals);
    return { completions: [], stats, outcome: { kind: 'notTriggered', gate } };
  }

  private cached(request: CompletionRequest, found: CacheHit): Answered {
    const { texts, source, typed } = found;
    const [text = ''] = texts;
    this.current.keepFor(request.cursor);
    this.partial.clear();
    if (!this.current.isRunning) this.prefetch.afterAnswer(request, text, typed.length);
    this.prefetch.prefillWhenIdle();
    const completions = cachedItems(request, found);
    const outcome = outcomeOf(completions, { ...found, text, isPart: false }, source);
    return { completions, outcome, stats: statsOf(source, undefined, this.model.totals) };
  }
}
