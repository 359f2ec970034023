import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { Decoder } from '../decoding/decoder.js';
import { GREEDY, type ModelContext, type Token, type Model } from '../model/model.js';
import type { BenchFigures } from '../../protocol/benchmark.js';

export interface BenchDeps {
  readonly decoder: Pick<Decoder, 'decode'>;
  readonly context: ModelContext;
  readonly signal: AbortSignal;
}

/** How long one prompt with its answer took. */
export interface BenchRun {
  /** Milliseconds from the start to each token, in their order. */
  readonly tokenMs: readonly number[];
  /** The most memory that the process held meanwhile, bytes. */
  readonly peakBytes: number;
}

/**
 * Writes exactly so many tokens: it continues where the model would end. The cache is empty before.
 * @throws the signal's reason; EngineError
 */
export async function cachedRun(deps: BenchDeps, prompt: BenchPrompt, count: number): Promise<BenchRun> {
  await deps.context.rewind([]);
  const watch = new Watch();
  const tokens = forced(deps, prompt.tokens, prompt.words, count);
  while ((await tokens.next()).done !== true) watch.tick();
  return watch.result(count);
}

/** The same without a KV cache: for each token the whole text is evaluated again. */
export async function uncachedRun(deps: BenchDeps, prompt: BenchPrompt, count: number): Promise<BenchRun> {
  const text = [...prompt.tokens];
  const watch = new Watch();
  for (let done = 0; done < count; done++) {
    await deps.context.rewind([]);
    for await (const token of forced(deps, text, prompt.words, 1)) {
      watch.tick();
      text.push(token);
    }
  }
  return watch.result(count);
}

function forced(
  { decoder, context, signal }: BenchDeps,
  tokens: readonly Token[],
  words: readonly Token[],
  maxTokens: number,
): AsyncGenerator<Token, void> {
  return decoder.decode(context, tokens, {
    kind: 'chat',
    sampling: GREEDY,
    maxTokens,
    signal,
    tokenConstraint: () => words,
  });
}

class Watch {
  private readonly started = performance.now();
  private readonly tokenMs: number[] = [];
  private peakBytes = process.memoryUsage.rss();

  /** A token is there. */
  tick(): void {
    this.tokenMs.push(performance.now() - this.started);
    this.peakBytes = Math.max(this.peakBytes, process.memoryUsage.rss());
  }

  /** A figure over fewer tokens than it names would be a wrong one. */
  result(count: number): BenchRun {
    const { tokenMs, peakBytes } = this;
    if (tokenMs.length === count) return { tokenMs, peakBytes };
    throw new EngineError(EngineErrorCode.evaluationFailed, {
      kind: 'evaluationFailed',
      detail: `${tokenMs.length} tokens came instead of ${count}`,
    });
  }
}

/**
 * Averages over some runs of the same prompt.
 * @param tokens how many of each run's first tokens are looked at; all by default
 */
export function benchFigures(runs: readonly BenchRun[], tokens?: number): BenchFigures {
  const count = tokens ?? runs[0]?.tokenMs.length ?? 0;
  const latencyMs = mean(runs.map(({ tokenMs }) => tokenMs[count - 1] ?? 0));
  const firstTokenMs = mean(runs.map(({ tokenMs }) => tokenMs[0] ?? 0));
  const restMs = latencyMs - firstTokenMs;
  return {
    rounds: runs.length,
    tokens: count,
    latencyMs,
    firstTokenMs,
    tokensPerSecond: latencyMs > 0 ? (count * 1000) / latencyMs : 0,
    decodeTokensPerSecond: restMs > 0 ? ((count - 1) * 1000) / restMs : 0,
    peakBytes: Math.max(0, ...runs.map(({ peakBytes }) => peakBytes)),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Ordinary code: what it says doesn't matter, how long it is does. */
const TEXT = `def mean(values):
    """The arithmetic mean of some numbers; zero of none."""
    total = 0.0
    count = 0
    for value in values:
        total += value
        count += 1
    return total / count if count else 0.0

`;

export interface BenchPrompt {
  /** Exactly as many as were asked for, what a prompt has to begin with among them. */
  readonly tokens: readonly Token[];
  /** Tokens of ordinary text, to go on with: none of them ends an answer. */
  readonly words: readonly Token[];
}

/** Enough to leave the model a choice, few enough to be no work. */
const MAX_WORDS = 64;

/** A prompt of an exact length, whatever the model's vocabulary is. */
export function benchPrompt(model: Pick<Model, 'tokenize' | 'bos'>, length: number): BenchPrompt {
  const start = model.bos === undefined ? [] : [model.bos];
  const text: Token[] = [];
  for (let repeats = 1; text.length < length; repeats *= 2)
    text.splice(0, text.length, ...model.tokenize(TEXT.repeat(repeats), false));
  return {
    tokens: [...start, ...text].slice(0, length),
    words: [...new Set(text)].slice(0, MAX_WORDS),
  };
}
