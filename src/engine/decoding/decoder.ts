import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { DecodeExtras, ModelContext, Sampling, Token } from '../model/model.js';
import type { Scheduler, Priority } from './scheduler.js';
import { SpeedMeter } from './speedMeter.js';

/** A prefill slice is cut to about this long, so that a completion never waits longer behind a chat's prompt. */
const SLICE_MS = 120;
/**
 * Short slices cost a fifth of the speed. Without a completion for so long nobody is typing, and a chat's prompt is
 * read in whole batches.
 */
const TYPING_LASTS_MS = 60_000;
const MIN_SLICE = 16;
/** Before the first measurement. */
const FIRST_SLICE = 32;

export interface DecodeOptions extends DecodeExtras {
  /** A function where it changes on the way: what was done ahead may become what somebody waits for. */
  readonly kind: Priority;
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  /** Called after each prefill slice with the tokens evaluated so far, of `total`. */
  readonly onPrefill?: (done: number, total: number) => void;
}

/** What a decoding cost, filled while it runs. */
export interface DecodeStats {
  promptTokens: number;
  /** Tokens of the prompt that the KV cache held. */
  cachedTokens: number;
  completionTokens: number;
  /** Milliseconds from the start to the first token. */
  firstTokenMs: number;
  totalMs: number;
  finish: 'stop' | 'length';
}

export function newStats(): DecodeStats {
  return {
    promptTokens: 0,
    cachedTokens: 0,
    completionTokens: 0,
    firstTokenMs: 0,
    totalMs: 0,
    finish: 'stop',
  };
}

/** Tokens per second while decoding, without the prefill. */
export function decodeSpeed(figures: DecodeStats): number {
  const seconds = (figures.totalMs - figures.firstTokenMs) / 1000;
  return seconds > 0 && figures.completionTokens > 1 ? (figures.completionTokens - 1) / seconds : 0;
}

/** Turns a prompt into tokens, quantum by quantum, under the scheduler. */
export class Decoder {
  /** Of all models together, for the report. */
  readonly prefillSpeed = new SpeedMeter();
  readonly decodeSpeed = new SpeedMeter();
  /** A small model for completion and a large one for chat differ by a factor. */
  private readonly prefillSpeeds = new WeakMap<ModelContext, SpeedMeter>();

  private lastCompletion: number | undefined;
  private readonly evaluated = new WeakMap<ModelContext, number>();

  constructor(private readonly scheduler: Scheduler) {}

  /** Tokens that were evaluated in this context so far, of prompts and of answers. */
  evaluatedIn(context: ModelContext): number {
    return this.evaluated.get(context) ?? 0;
  }

  /** Tokens per second of prompt evaluation in this context; `undefined` before the first measurement. */
  prefillSpeedOf(context: ModelContext): number | undefined {
    return this.prefillSpeeds.get(context)?.tokensPerSecond;
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
    figures: DecodeStats = newStats(),
  ): AsyncGenerator<Token, void> {
    const { kind, signal } = options;
    const started = performance.now();
    const maxTokens = Math.min(options.maxTokens, roomFor(context, prompt));
    figures.promptTokens = prompt.length;
    // The last token is always evaluated anew: its logits are what the first choice is made from.
    figures.cachedTokens = await this.scheduler.quantum(kind, signal, () =>
      context.rewind(prompt.slice(0, -1)),
    );
    const rest = await this.prefill(context, prompt.slice(figures.cachedTokens), options);
    const tokens = context.decode(rest, options.sampling, options);
    try {
      while (figures.completionTokens < maxTokens) {
        const isFirst = figures.completionTokens === 0;
        const next = await this.scheduler.quantum(kind, signal, () =>
          this.measured(context, tokens, isFirst ? rest.length : 1, isFirst),
        );
        figures.totalMs = performance.now() - started;
        if (next.done === true) return;
        if (isFirst) figures.firstTokenMs = figures.totalMs;
        figures.completionTokens++;
        yield next.value;
      }
      figures.finish = 'length';
    } finally {
      await tokens.return();
    }
  }

  /**
   * Evaluates a prompt into the cache without decoding, but for its last token.
   * @param options.besides a prompt that stays cached
   * @returns how many tokens had to be evaluated
   * @throws as `decode`
   */
  async prefillPrompt(
    context: ModelContext,
    prompt: readonly Token[],
    options: Pick<DecodeOptions, 'kind' | 'signal'> & { readonly besides?: readonly Token[] },
  ): Promise<number> {
    roomFor(context, prompt);
    const wanted = prompt.slice(0, -1);
    const cached = await this.scheduler.quantum(options.kind, options.signal, () =>
      context.rewind(wanted, options.besides),
    );
    await this.prefill(context, wanted.slice(cached), options, 0);
    return wanted.length - cached;
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

  /** Evaluates all but the last slice, which it returns; all of them with `kept` 0. */
  private async prefill(
    context: ModelContext,
    tokens: Token[],
    options: Pick<DecodeOptions, 'kind' | 'signal' | 'onPrefill'>,
    kept = 1,
  ): Promise<Token[]> {
    const total = tokens.length;
    let rest = tokens;
    for (;;) {
      const size = this.sliceSize(context, options);
      if (rest.length <= (kept === 0 ? 0 : size)) return rest;
      const slice = rest.slice(0, size);
      await this.scheduler.quantum(options.kind, options.signal, async () => {
        const started = performance.now();
        await context.prefill(slice);
        this.count(context, slice.length);
        this.measurePrefill(context, slice.length, performance.now() - started);
      });
      rest = rest.slice(size);
      options.onPrefill?.(total - rest.length, total);
    }
  }

  /** The first token's time is that of the last slice of the prompt, if there is enough of it to tell. */
  private async measured(
    context: ModelContext,
    tokens: AsyncGenerator<Token, void>,
    evaluated: number,
    isFirst: boolean,
  ): Promise<IteratorResult<Token, void>> {
    const started = performance.now();
    const next = await tokens.next();
    this.count(context, evaluated);
    const milliseconds = performance.now() - started;
    if (!isFirst) this.decodeSpeed.add(evaluated, milliseconds);
    else if (evaluated >= MIN_SLICE) this.measurePrefill(context, evaluated, milliseconds);
    return next;
  }

  private count(context: ModelContext, tokens: number): void {
    this.evaluated.set(context, this.evaluatedIn(context) + tokens);
  }

  /** Takes a measurement of prompt evaluation over. */
  measurePrefill(context: ModelContext, tokens: number, milliseconds: number): void {
    const speed = this.prefillSpeeds.get(context) ?? new SpeedMeter();
    this.prefillSpeeds.set(context, speed);
    for (const meter of [speed, this.prefillSpeed]) meter.add(tokens, milliseconds);
  }

  /** Tokens of a prompt that may be evaluated at once, so that nobody waits too long behind it. */
  sliceSize(context: ModelContext, { kind }: Pick<DecodeOptions, 'kind'>): number {
    const work = typeof kind === 'function' ? kind() : kind;
    const now = performance.now();
    if (work === 'completion') this.lastCompletion = now;
    const isTyping = this.lastCompletion !== undefined && now - this.lastCompletion < TYPING_LASTS_MS;
    if (!isTyping && work !== 'warm-up') return context.batchTokens;
    const speed = this.prefillSpeedOf(context);
    if (speed === undefined) return Math.min(FIRST_SLICE, context.batchTokens);
    return Math.min(context.batchTokens, Math.max(MIN_SLICE, Math.round((speed * SLICE_MS) / 1000)));
  }
}

/** Tokens that can follow: beyond them llama.cpp would silently drop the prompt's beginning. */
function roomFor({ contextTokens }: ModelContext, prompt: readonly Token[]): number {
  const promptTokens = prompt.length;
  if (promptTokens < contextTokens) return contextTokens - promptTokens;
  throw new EngineError(EngineErrorCode.promptTooLong, {
    kind: 'promptTooLong',
    promptTokens,
    contextTokens,
  });
}
