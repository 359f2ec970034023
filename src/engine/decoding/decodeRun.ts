import type { DecodeExtras, ModelContext, Sampling, Token, TokenOption } from '../model/model.js';

/** What a run has cost so far; filled while it runs. */
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
export function decodeSpeed(stats: DecodeStats): number {
  const seconds = (stats.totalMs - stats.firstTokenMs) / 1000;
  return seconds > 0 && stats.completionTokens > 1 ? (stats.completionTokens - 1) / seconds : 0;
}

export interface DecodeRunOptions {
  readonly prompt: readonly Token[];
  readonly sampling: Sampling;
  /** With 0 the prompt is evaluated and nothing is decoded. */
  readonly maxTokens: number;
  readonly extras?: DecodeExtras | undefined;
  /**
   * Told, for each token of the prompt but the first, that token and the likeliest in its place, as many as
   * `extras.maxOptions`. The whole prompt is evaluated then, whatever is cached.
   */
  readonly onPromptOptions?: ((options: readonly TokenOption[]) => void) | undefined;
  /** Called after each prefill slice with the tokens evaluated so far, of those that the cache didn't hold. */
  readonly onPrefill?: ((done: number, total: number) => void) | undefined;
}

/**
 * One prompt and its answer in one context, step by step: rewind, prefill slices, tokens. The caller decides when each
 * step runs: `Decoder` gives a run a quantum of its own for each, `SlotRunner` advances several runs in one batch.
 */
export class DecodeRun {
  /** Tokens of the prompt that are not evaluated yet. */
  private rest: readonly Token[] = [];
  private total = 0;
  private tokens: AsyncGenerator<Token, void> | undefined;
  private readonly started: number;
  private isCut = false;
  isRewound = false;
  /** Whether there is no further token. */
  isDone = false;

  /** @param now milliseconds of a monotonic clock */
  constructor(
    readonly context: ModelContext,
    private readonly options: DecodeRunOptions,
    readonly stats: DecodeStats = newStats(),
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = now();
    stats.promptTokens = options.prompt.length;
  }

  /** Whether the first token has been asked for. */
  get isDecoding(): boolean {
    return this.tokens !== undefined;
  }

  /** Tokens that {@link next} evaluates: the rest of the prompt, or the token before. */
  get pendingTokens(): number {
    return this.isDecoding ? 1 : this.rest.length;
  }

  /** Most tokens that may be left to {@link next}, where so many are evaluated at a time. */
  maxPending(slice: number): number {
    return this.options.onPromptOptions === undefined ? slice : 1;
  }

  /**
   * Keeps the part of the prompt that the context has cached.
   * @param pinned a prompt that stays cached, where the context holds more than one
   */
  async rewind(pinned?: readonly Token[]): Promise<void> {
    const { prompt, onPromptOptions } = this.options;
    const known = onPromptOptions === undefined ? prompt.slice(0, -1) : [];
    // The last token is always evaluated again: its logits are what the first token is chosen from.
    this.stats.cachedTokens = await this.context.rewind(known, pinned);
    this.rest = prompt.slice(this.stats.cachedTokens);
    this.total = this.rest.length;
    this.isRewound = true;
  }

  /** Evaluates the next `count` tokens of the prompt, without sampling. */
  async prefill(count: number): Promise<void> {
    const taken = await this.evaluate(count);
    this.rest = this.rest.slice(taken);
    this.options.onPrefill?.(this.total - this.rest.length, this.total);
  }

  /**
   * Evaluates what is pending and chooses the next token.
   * @returns `undefined` at end-of-generation
   */
  async next(): Promise<Token | undefined> {
    const { sampling, maxTokens, extras } = this.options;
    if (maxTokens <= 0) {
      await this.context.prefill(this.rest);
      this.end('length');
      return undefined;
    }
    this.tokens ??= this.context.decode(this.rest, sampling, {
      ...extras,
      onCut: () => {
        this.isCut = true;
      },
    });
    const next = await this.tokens.next();
    const { stats } = this;
    if (next.done === true) {
      this.end(this.isCut ? 'length' : 'stop');
      return undefined;
    }
    stats.totalMs = this.now() - this.started;
    if (stats.completionTokens === 0) stats.firstTokenMs = stats.totalMs;
    stats.completionTokens++;
    if (stats.completionTokens >= maxTokens) this.end('length');
    return next.value;
  }

  /** @returns how many tokens were evaluated */
  private async evaluate(count: number): Promise<number> {
    const { onPromptOptions, extras } = this.options;
    const end = onPromptOptions === undefined ? count : Math.min(count, this.rest.length - 1);
    const slice = this.rest.slice(0, end);
    const next = this.rest[end];
    if (onPromptOptions === undefined || next === undefined) await this.context.prefill(slice);
    else
      for (const options of await this.context.score(slice, next, extras?.maxOptions ?? 0))
        onPromptOptions(options);
    return slice.length;
  }

  /** Ends the decoding in the context, wherever it is. */
  async close(): Promise<void> {
    this.isDone = true;
    await this.tokens?.return();
  }

  private end(finish: DecodeStats['finish']): void {
    this.isDone = true;
    this.stats.finish = finish;
    this.stats.totalMs = this.now() - this.started;
  }
}
