import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { greedyTokens } from './greedyTokens.js';
import {
  importLlama,
  type EvaluationOptions,
  type LlamaContext,
  type LlamaContextSequence,
  type NativeToken,
  type TokenBias,
} from './llamaBinding.js';
import { likelihoodOf, tokenOptions } from './likelihoodOf.js';
import type { DecodeExtras, ModelContext, Sampling, Token, TokenConstraint, TokenOption } from './model.js';
import { grammarState } from './outputGrammar.js';
import { SequencePool } from './sequencePool.js';
import { Speculation } from './speculation.js';
import type { ThreadLease } from './threads/threadLimit.js';
import type { ThreadCounts } from './threads/threadCounts.js';

/** Added to the logit of a token that must be chosen: more than any difference that a model makes. */
const FORCED_LOGIT = 1000;

/**
 * A context of llama.cpp's with its sequences. What fails in there becomes an EngineError `evaluationFailed`; the
 * cache, whose content is unknown then, is emptied before it is used again.
 */
export class LlamaModelContext implements ModelContext {
  private readonly doubtful = new WeakSet<LlamaContextSequence>();
  private readonly pool: SequencePool<LlamaContextSequence>;
  private readonly speculation = new Speculation();
  private sequence: LlamaContextSequence;

  constructor(
    private readonly context: LlamaContext,
    sequences: readonly [LlamaContextSequence, ...LlamaContextSequence[]],
    private readonly lease: ThreadLease,
    private readonly threads: () => ThreadCounts,
  ) {
    this.pool = new SequencePool(sequences);
    this.sequence = sequences[0];
  }

  get contextTokens(): number {
    return this.context.contextSize;
  }

  get batchTokens(): number {
    return this.context.batchSize;
  }

  cachedPrefixLength(tokens: readonly Token[]): number {
    return this.pool.cachedPrefixLength(tokens);
  }

  async rewind(tokens: readonly Token[], pinned?: readonly Token[]): Promise<number> {
    this.sequence = this.pool.choose(tokens, pinned);
    return this.evaluated(this.threads().prefill, async () => {
      if (this.doubtful.has(this.sequence)) await this.sequence.clearHistory();
      this.doubtful.delete(this.sequence);
      await this.sequence.adaptStateToTokens(tokens as NativeToken[], false);
      return this.sequence.nextTokenIndex;
    });
  }

  async prefill(tokens: readonly Token[]): Promise<void> {
    await this.evaluated(this.threads().prefill, () =>
      this.sequence.evaluateWithoutGeneratingNewTokens(tokens as NativeToken[]),
    );
  }

  score(
    tokens: readonly Token[],
    next: Token,
    maxOptions: number,
  ): Promise<readonly (readonly TokenOption[])[]> {
    return this.evaluated(this.threads().prefill, () =>
      tokenOptions(this.sequence, tokens, next, maxOptions),
    );
  }

  async *decode(
    tokens: readonly Token[],
    sampling: Sampling,
    extras: DecodeExtras = {},
  ): AsyncGenerator<Token, void> {
    const { temperature, repeatPenalty = 1, frequencyPenalty = 0, presencePenalty = 0 } = sampling;
    const hasPenalty = repeatPenalty !== 1 || frequencyPenalty !== 0 || presencePenalty !== 0;
    const isPlain = extras.grammar === undefined && extras.onOptions === undefined && !hasPenalty;
    const isGreedy = temperature === 0 && isPlain;
    const hasWishes = extras.onProbability !== undefined || extras.repeatsPrompt === true;
    yield* isGreedy && hasWishes ? this.greedy(tokens, extras) : this.sampled(tokens, sampling, extras);
  }

  private async *greedy(
    tokens: readonly Token[],
    { tokenConstraint, onProbability, repeatsPrompt = false }: DecodeExtras,
  ): AsyncGenerator<Token, void> {
    const deps = {
      sequence: this.sequence,
      evaluate: <T>(count: number, work: () => Promise<T>) => this.evaluated(this.threadsFor(count), work),
      bias: tokenConstraint === undefined ? undefined : await this.biasFor(tokenConstraint),
      withProbability: onProbability !== undefined,
      // A state that can't be shortened has no use for what was evaluated on trial.
      speculation: repeatsPrompt && !this.sequence.needsCheckpoints ? this.speculation : undefined,
    };
    for await (const { token, probability } of greedyTokens(deps, tokens as NativeToken[])) {
      if (probability !== undefined) onProbability?.(probability);
      yield token;
    }
  }

  private async *sampled(
    tokens: readonly Token[],
    { temperature, topP, topK, minP, seed, ...penalties }: Sampling,
    { tokenConstraint, onProbability, grammar, onOptions, maxOptions = 0 }: DecodeExtras,
  ): AsyncGenerator<Token, void> {
    const { TokenBias } = await importLlama();
    const bias = tokenConstraint === undefined ? undefined : await this.biasFor(tokenConstraint);
    const recent: Token[] = [];
    const penalty = penaltyFor(penalties, recent);
    const state = grammar === undefined ? undefined : await grammarState(this.sequence.model, grammar);
    const iterator = this.sequence.evaluateWithMetadata(
      tokens as NativeToken[],
      {
        ...(onProbability === undefined ? {} : { confidence: true as const }),
        ...(onOptions === undefined ? {} : { probabilities: true as const }),
      },
      {
        // The probability of the end is one of those that are asked for.
        yieldEogToken: onOptions !== undefined,
        temperature,
        ...(topP === undefined ? {} : { topP }),
        ...(topK === undefined ? {} : { topK }),
        ...(minP === undefined ? {} : { minP }),
        ...(seed === undefined ? {} : { seed }),
        ...(penalty === undefined ? {} : { repeatPenalty: penalty }),
        ...(state === undefined ? {} : { grammarEvaluationState: state }),
        ...(bias === undefined
          ? {}
          : { tokenBias: () => bias() ?? new TokenBias(this.sequence.model.tokenizer) }),
      },
    );
    try {
      for (let pending = tokens.length; ; pending = 1) {
        const { value, done } = await this.evaluated(this.threadsFor(pending), () => iterator.next());
        if (done === true) return;
        const { token } = value;
        const isEnd = this.sequence.model.isEogToken(token);
        if ('confidence' in value && typeof value.confidence === 'number') onProbability?.(value.confidence);
        if (onOptions !== undefined && 'probabilities' in value && value.probabilities instanceof Map)
          onOptions(optionsOf(token, value.probabilities, maxOptions), isEnd);
        if (isEnd) return;
        recent.push(token);
        if (recent.length > 64) recent.shift();
        yield token;
      }
    } finally {
      await iterator.return();
    }
  }

  /** Already two tokens at once are bound by the processor, as a prompt is, and not by memory. */
  private threadsFor(tokens: number): number {
    const { prefill, decode } = this.threads();
    return tokens > 1 ? prefill : decode;
  }

  async likelihood(given: readonly Token[], text: readonly Token[]): Promise<number> {
    const known = await this.rewind(given.slice(0, -1));
    return this.evaluated(this.threads().prefill, () =>
      likelihoodOf(this.sequence, given.slice(known), text),
    );
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
  }

  private async evaluated<T>(threads: number, work: () => Promise<T>): Promise<T> {
    try {
      return await this.lease.run(this, threads, work);
    } catch (error) {
      this.doubtful.add(this.sequence);
      const detail = error instanceof Error ? error.message : String(error);
      throw new EngineError(EngineErrorCode.evaluationFailed, { kind: 'evaluationFailed', detail });
    }
  }

  private async biasFor(constraint: TokenConstraint): Promise<() => TokenBias | undefined> {
    const { TokenBias } = await importLlama();
    const { tokenizer } = this.sequence.model;
    return () => {
      const tokens = constraint();
      if (tokens === undefined) return undefined;
      return new TokenBias(tokenizer).set(tokens as NativeToken[], { logit: FORCED_LOGIT });
    };
  }
}

/** As llama.cpp has them: of the last 64 tokens. */
function penaltyFor(
  {
    repeatPenalty = 1,
    frequencyPenalty = 0,
    presencePenalty = 0,
  }: Pick<Sampling, 'repeatPenalty' | 'frequencyPenalty' | 'presencePenalty'>,
  recent: readonly Token[],
): EvaluationOptions['repeatPenalty'] {
  if (repeatPenalty === 1 && frequencyPenalty === 0 && presencePenalty === 0) return undefined;
  const punishTokens = (): NativeToken[] => recent as NativeToken[];
  return { penalty: repeatPenalty, frequencyPenalty, presencePenalty, punishTokens };
}

/** The chosen token, then the likeliest. */
function optionsOf(chosen: Token, all: ReadonlyMap<Token, number>, most: number): readonly TokenOption[] {
  const options: TokenOption[] = [{ token: chosen, probability: all.get(chosen) ?? 0 }];
  for (const [token, probability] of all) {
    if (options.length > most) break;
    options.push({ token, probability });
  }
  return options;
}
