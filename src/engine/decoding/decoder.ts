import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { GREEDY, type DecodeExtras, type ModelContext, type Sampling, type Token } from '../model/model.js';
import { DecodeRun, newStats, type DecodeStats } from './decodeRun.js';
import type { Priority, Scheduler } from './scheduler.js';

/** A prefill slice is cut to about this long, so that a completion never waits longer for a chat's prompt. */
const SLICE_MS = 120;
/**
 * Short slices cost a fifth of the speed. Without a completion for this long the user isn't typing, and a chat's prompt
 * is evaluated in whole batches.
 */
const TYPING_LASTS_MS = 60_000;
const MIN_SLICE = 16;
/** No slice takes longer, so that a slow machine can be told from one that hangs. */
const MAX_SLICE_MS = 10_000;
/** Before the first measurement. */
const FIRST_SLICE = 32;

export interface DecodeOptions extends DecodeExtras {
  /** A function where it changes on the way: a prefetch may become the answer to a request. */
  readonly kind: Priority;
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  /** Called after each prefill slice with the tokens evaluated so far, of `total`. */
  readonly onPrefill?: (done: number, total: number) => void;
}

/** Tokens per second of one kind of evaluation, as a moving average over what was really evaluated. */
export class SpeedMeter {
  private tokens = 0;
  private seconds = 0;

  /** Small pieces say little: they count by their weight, and old ones fade. */
  add(tokens: number, milliseconds: number): void {
    if (tokens <= 0 || milliseconds <= 0) return;
    this.tokens = this.tokens * 0.8 + tokens;
    this.seconds = this.seconds * 0.8 + milliseconds / 1000;
  }

  /** Tokens per second; `undefined` before anything was measured. */
  get tokensPerSecond(): number | undefined {
    return this.seconds > 0 ? this.tokens / this.seconds : undefined;
  }
}

/** Turns a prompt into tokens, quantum by quantum, under the scheduler. */
export class Decoder {
  /** Of all models together, for the report. */
  readonly prefillSpeed = new SpeedMeter();
  readonly decodeSpeed = new SpeedMeter();
  /** A small model for completion and a large one for chat differ by a factor. */
  private readonly prefillSpeeds = new WeakMap<ModelContext, SpeedMeter>();
  private readonly decodeSpeeds = new WeakMap<ModelContext, SpeedMeter>();

  private lastCompletion: number | undefined;
  private readonly evaluated = new WeakMap<ModelContext, number>();

  /** @param now milliseconds of a monotonic clock */
  constructor(
    private readonly scheduler: Scheduler,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Tokens that were evaluated in this context so far, of prompts and of answers. */
  evaluatedIn(context: ModelContext): number {
    return this.evaluated.get(context) ?? 0;
  }

  /** Tokens per second of prompt evaluation in this context; `undefined` before the first measurement. */
  prefillSpeedOf(context: ModelContext): number | undefined {
    return this.prefillSpeeds.get(context)?.tokensPerSecond;
  }

  /** Tokens per second of decoding in this context; `undefined` before the first measurement. */
  decodeSpeedOf(context: ModelContext): number | undefined {
    return this.decodeSpeeds.get(context)?.tokensPerSecond;
  }

  /**
   * Streams the tokens that follow `prompt`, ends at end-of-generation, at `maxTokens`, where the context is full,
   * or when the caller stops.
   * @throws the signal's reason within one quantum of the abort; EngineError `promptTooLong`
   */
  async *decode(
    context: ModelContext,
    prompt: readonly Token[],
    options: DecodeOptions,
    stats: DecodeStats = newStats(),
  ): AsyncGenerator<Token, void> {
    const { kind, signal, sampling, onPrefill } = options;
    const maxTokens = Math.min(options.maxTokens, roomFor(context, prompt));
    const run = new DecodeRun(
      context,
      { prompt, sampling, maxTokens, extras: options, onPrefill },
      stats,
      this.now,
    );
    try {
      await this.quantum(context, kind, signal, () => run.rewind());
      for (;;) {
        const slice = this.sliceSize(context, options);
        if (run.pendingTokens <= slice) break;
        await this.prefillSlice(run, slice, options);
      }
      while (!run.isDone) {
        const token = await this.quantum(context, kind, signal, () => this.measuredNext(run));
        if (token !== undefined) yield token;
      }
    } finally {
      await run.close();
    }
  }

  /**
   * Evaluates a prompt into the cache without decoding, except for its last token.
   * @param options.pinned a prompt that stays cached
   * @returns how many tokens had to be evaluated
   * @throws as `decode`
   */
  async prefillPrompt(
    context: ModelContext,
    prompt: readonly Token[],
    options: Pick<DecodeOptions, 'kind' | 'signal'> & { readonly pinned?: readonly Token[] },
  ): Promise<number> {
    roomFor(context, prompt);
    if (context.isRemote === true) return 0;
    const run = new DecodeRun(context, { prompt, sampling: GREEDY, maxTokens: 0 }, newStats(), this.now);
    await this.scheduler.quantum(options.kind, options.signal, () => run.rewind(options.pinned));
    const missing = run.pendingTokens - 1;
    while (run.pendingTokens > 1)
      await this.prefillSlice(
        run,
        Math.min(this.sliceSize(context, options), run.pendingTokens - 1),
        options,
      );
    return missing;
  }

  /**
   * How likely the model would write `text` after `given`, for comparing what is given.
   * @throws the signal's reason; EngineError `promptTooLong`
   */
  async likelihood(
    context: ModelContext,
    given: readonly Token[],
    text: readonly Token[],
    signal: AbortSignal,
  ): Promise<number> {
    roomFor(context, [...given, ...text]);
    this.count(context, text.length);
    return this.scheduler.quantum('completion', signal, () => context.likelihood(given, text));
  }

  private prefillSlice(
    run: DecodeRun,
    size: number,
    { kind, signal }: Pick<DecodeOptions, 'kind' | 'signal'>,
  ): Promise<void> {
    return this.quantum(run.context, kind, signal, async () => {
      const started = this.now();
      await run.prefill(size);
      this.count(run.context, size);
      this.measurePrefill(run.context, size, this.now() - started);
    });
  }

  /** A server's work needs no turn here, and must not keep one. */
  private async quantum<T>(
    context: ModelContext,
    kind: Priority,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    if (context.isRemote !== true) return this.scheduler.quantum(kind, signal, work);
    signal.throwIfAborted();
    return work();
  }

  /** The first token's time is that of the last slice of the prompt, if there is enough of it to tell. */
  private async measuredNext(run: DecodeRun): Promise<Token | undefined> {
    const { context, pendingTokens: evaluated, isDecoding } = run;
    const started = this.now();
    const token = await run.next();
    this.count(context, evaluated);
    const milliseconds = this.now() - started;
    if (isDecoding) this.measureDecode(context, evaluated, milliseconds);
    else if (evaluated >= MIN_SLICE) this.measurePrefill(context, evaluated, milliseconds);
    return token;
  }

  private count(context: ModelContext, tokens: number): void {
    this.evaluated.set(context, this.evaluatedIn(context) + tokens);
  }

  private measureDecode(context: ModelContext, tokens: number, milliseconds: number): void {
    const speed = this.decodeSpeeds.get(context) ?? new SpeedMeter();
    this.decodeSpeeds.set(context, speed);
    for (const meter of [speed, this.decodeSpeed]) meter.add(tokens, milliseconds);
  }

  /** Counts a measurement of prompt evaluation that was made elsewhere. */
  measurePrefill(context: ModelContext, tokens: number, milliseconds: number): void {
    const speed = this.prefillSpeeds.get(context) ?? new SpeedMeter();
    this.prefillSpeeds.set(context, speed);
    for (const meter of [speed, this.prefillSpeed]) meter.add(tokens, milliseconds);
  }

  /** Tokens of a prompt that may be evaluated at once, so that other work doesn't wait too long. */
  sliceSize(context: ModelContext, { kind }: Pick<DecodeOptions, 'kind'>): number {
    if (context.isRemote === true) return Infinity;
    const work = typeof kind === 'function' ? kind() : kind;
    const now = this.now();
    if (work === 'completion') this.lastCompletion = now;
    const isTyping = this.lastCompletion !== undefined && now - this.lastCompletion < TYPING_LASTS_MS;
    const isUrgent = isTyping || work === 'warm-up';
    const speed = this.prefillSpeedOf(context);
    if (speed === undefined)
      return isUrgent ? Math.min(FIRST_SLICE, context.batchTokens) : context.batchTokens;
    const milliseconds = isUrgent ? SLICE_MS : MAX_SLICE_MS;
    return Math.min(context.batchTokens, Math.max(MIN_SLICE, Math.round((speed * milliseconds) / 1000)));
  }
}

/** Tokens that can follow: beyond them llama.cpp would silently drop the prompt's beginning. */
function roomFor({ contextTokens }: ModelContext, prompt: readonly Token[]): number {
  if (prompt.length < contextTokens) return contextTokens - prompt.length;
  throw promptTooLong(prompt.length, contextTokens);
}

export function promptTooLong(promptTokens: number, contextTokens: number): EngineError {
  return new EngineError(EngineErrorCode.promptTooLong, {
    kind: 'promptTooLong',
    promptTokens,
    contextTokens,
  });
}
