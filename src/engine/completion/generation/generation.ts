import type { CompletionTimes } from '../../../protocol/completion.js';
import type { WorkKind } from '../../../protocol/status.js';
import { newStats, type DecodeStats } from '../../decoding/decodeRun.js';
import { TextStream } from '../../decoding/output/textStream.js';
import { Healer } from '../../decoding/tokenHealing.js';
import { GREEDY } from '../../model/model.js';
import type { Cancellation } from '../completionOutcomes.js';
import type { GeneratedText, Part } from '../completionTypes.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import { mayBecome, remainingAfter, typedBetween } from '../cursor/typedBetween.js';
import { shownText } from '../postprocess/rules.js';
import { StopRules } from '../postprocess/stopRules.js';
import { TokenLoop } from '../../decoding/loopDetector.js';
import type { Clock } from './clock.js';
import type { CompletionModel, PromptedContext } from './completionModel.js';
import { confidentLength, type TokenProbability } from './confidence.js';
import { lineLimit, type GenerationTask } from './generationTask.js';

const TOKENS_PER_LINE = 24;
/** Lines after one that the model takes for finished. */
const MAX_NEXT_LINES = 2;

/**
 * One run of the model: from a task to the text it has brought so far. Requests come and go while it runs; a user who
 * types what it writes keeps it. It alone changes its state.
 */
export class Generation {
  /** Resolves when it has ended, in whatever state. */
  readonly ended: Promise<void>;
  private resolveEnded: () => void = () => undefined;
  private currentState: 'running' | 'whole' | 'failed' = 'running';
  private prompted: PromptedContext | undefined;
  private readonly decodeStats: DecodeStats = newStats();
  private readonly startedMs: number;
  private firstText: number | undefined;
  private postprocessMs = 0;
  private stop = '';
  /** Text after the cursor, as the model wrote it. */
  private raw = '';
  private readonly probabilities: TokenProbability[] = [];
  private error: unknown;
  private readonly controller = new AbortController();
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly task: GenerationTask,
    private priority: WorkKind,
    private readonly clock: Clock,
  ) {
    this.startedMs = clock.now();
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve;
    });
  }

  get state(): 'running' | 'whole' | 'failed' {
    return this.currentState;
  }

  get isPrefetch(): boolean {
    return this.priority === 'warm-up';
  }

  /** Milliseconds from its beginning to the first text; `undefined` before. */
  get firstTextMs(): number | undefined {
    return this.firstText;
  }

  /** What it has cost so far, and why it ended. */
  get stats(): DecodeStats & { model: string; prompt: 'infill' | 'continuation'; stop: string } {
    const { model, prompt } = this.prompted ?? {};
    return { ...this.decodeStats, model: model?.id ?? '', prompt: prompt?.kind ?? 'infill', stop: this.stop };
  }

  /** The steps that it has reached. */
  get times(): Omit<CompletionTimes, 'totalMs'> {
    const { firstTokenMs, totalMs } = this.decodeStats;
    return {
      ...this.prompted?.times,
      ...(firstTokenMs > 0 ? { prefillMs: firstTokenMs, decodeMs: totalMs - firstTokenMs } : {}),
      ...(this.firstText === undefined ? {} : { firstTextMs: this.firstText }),
      postprocessMs: this.postprocessMs,
    };
  }

  /**
   * Decodes to the end. Never rejects: {@link throwIfEnded} tells what went wrong.
   * @param onEnd called once, before those that wait are resumed
   */
  async run(model: CompletionModel, onEnd: () => void): Promise<void> {
    const { signal } = this.controller;
    try {
      await model.withPrompt(this.task.cursor, signal, (prompted) => this.decode(prompted));
      this.currentState = 'whole';
    } catch (error) {
      this.currentState = 'failed';
      this.error = error;
    }
    onEnd();
    this.notify();
    this.resolveEnded();
  }

  /** A request waits for it now. */
  promote(): void {
    this.priority = 'completion';
  }

  abort(reason: Cancellation): void {
    if (this.state === 'running') this.controller.abort(reason);
  }

  /** @throws the reason of its abort; the error that it failed with */
  throwIfEnded(): void {
    this.controller.signal.throwIfAborted();
    if (this.state === 'failed')
      throw this.error instanceof Error ? this.error : new Error(String(this.error));
  }

  /** What may be shown at the cursor where it began, so far. */
  shown(): GeneratedText {
    const startedMs = this.clock.now();
    // Where decoding ended by its length, the last line is as unfinished as one that is still being written.
    const isUnfinished = this.state === 'running' || this.stop === 'length';
    const shown = shownText(this.raw, this.context, isUnfinished);
    this.postprocessMs += this.clock.now() - startedMs;
    return this.stop === 'loop' ? { ...shown, droppedBy: 'cutTokenLoop' } : shown;
  }

  /** The probabilities of a shown text's tokens; none where the rules have changed it. */
  probabilitiesOf({ text }: GeneratedText): readonly TokenProbability[] {
    return this.raw.startsWith(text) ? this.probabilities : [];
  }

  /** Whether what was typed since it began agrees with what it has written so far. */
  follows(cursor: CursorContext): boolean {
    if (this.state === 'failed' || this.controller.signal.aborted) return false;
    const typed = typedBetween(this.task.cursor, cursor);
    if (typed === undefined) return false;
    if (this.state === 'whole') return remainingAfter(this.shown().text, typed.text) !== undefined;
    return this.raw === '' || mayBecome(this.raw, typed.text);
  }

  /** What it has for a cursor so far; `undefined` when the user typed something else, or when it has no more. */
  partFor(cursor: CursorContext): Part | undefined {
    if (!this.follows(cursor)) return undefined;
    const typed = typedBetween(this.task.cursor, cursor);
    if (typed === undefined) return undefined;
    const shown = this.shown();
    const isHere = typed.text === '' && typed.closing === '';
    const rest = remainingAfter(shown.text, typed.text) ?? '';
    if (this.state !== 'running' && rest === '' && !isHere) return undefined;
    return {
      ...shown,
      text: rest,
      confident: confidentLength(shown.text, rest, this.probabilitiesOf(shown)),
      replaces: isHere ? shown.replaces : 0,
      closing: typed.closing,
      isPart: this.state === 'running',
    };
  }

  /** Whether a prefetch may still become useful: the user is on the way to where it began. */
  leadsFrom(cursor: CursorContext): boolean {
    const { basis } = this.task;
    if (basis === undefined || this.state === 'failed' || this.controller.signal.aborted) return false;
    const typed = typedBetween(basis.cursor, cursor);
    return typed !== undefined && remainingAfter(basis.text, typed.text) !== undefined;
  }

  /** Resolves at the next token, at the end, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void> {
    if (this.state !== 'running' || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }

  /** The task's context and, once the prompt is made, the other files' snippets that it shows. */
  private get context(): CompletionContext {
    const { context } = this.task;
    return this.prompted === undefined ? context : { ...context, snippets: this.prompted.prompt.snippets };
  }

  /** Decodes until a stop rule, the model, or an abort ends it. */
  private async decode(prompted: PromptedContext): Promise<void> {
    this.prompted = prompted;
    const { model, modelContext, prompt } = prompted;
    const { context, task } = this;
    const healer = new Healer(prompt.healedPrefix, prompted.vocabulary);
    let stopRules = new StopRules(context, task.mode, lineLimit(task));
    let nextLine: StopRules | undefined;
    const loop = new TokenLoop();
    const stream = new TextStream(model);
    const maxTokens = Math.min(
      TOKENS_PER_LINE * (task.mode === 'line' ? 3 : Math.max(3, lineLimit(task))),
      modelContext.contextTokens - prompt.tokens.length - 1,
    );
    let probability = 1;
    const options = {
      kind: () => this.priority,
      sampling: task.sampling ?? GREEDY,
      maxTokens,
      signal: this.controller.signal,
      tokenConstraint: healer.tokenConstraint,
      onProbability: (each: number) => {
        probability = each;
      },
    };
    for await (const token of prompted.decoder.decode(
      modelContext,
      prompt.tokens,
      options,
      this.decodeStats,
    )) {
      this.raw += healer.accept(stream.push(token));
      this.probabilities.push({ end: this.raw.length, probability });
      if (this.raw !== '') this.firstText ??= this.clock.now() - this.startedMs;
      // The model takes the line for finished: what comes next is all that is left to write.
      if (task.mode === 'line' && this.raw.startsWith('\n') && context.lineSuffix === '')
        stopRules = nextLine ??= new StopRules(context, 'next', MAX_NEXT_LINES);
      const stop = stopRules.check(this.raw);
      if (stop !== undefined) {
        this.raw = this.raw.slice(0, stop.keep);
        this.stop = stop.reason;
        return;
      }
      if (loop.push(token)) {
        this.raw = '';
        this.stop = 'loop';
        return;
      }
      this.notify();
    }
    this.raw += healer.accept(stream.flush());
    this.stop = this.decodeStats.finish === 'stop' ? 'model' : 'length';
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
