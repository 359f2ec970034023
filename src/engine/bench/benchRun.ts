import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { Decoder } from '../decoding/decoder.js';
import { GREEDY, type ModelContext, type Token, type Model } from '../model/model.js';
import type { BenchStats } from '../../protocol/benchmark.js';

export interface BenchDeps {
  readonly decoder: Pick<Decoder, 'decode'>;
  readonly context: ModelContext;
  readonly signal: AbortSignal;
}

/** The timing of one prompt with its answer. */
export interface BenchRun {
  /** Milliseconds from the start to each token, in order. */
  readonly tokenMs: readonly number[];
  /** Peak resident memory of the process during the run, bytes. */
  readonly peakBytes: number;
}

/**
 * Generates exactly `count` tokens, even where the model would end. The cache is empty at the start.
 * @throws the signal's reason; EngineError
 */
export async function cachedRun(deps: BenchDeps, prompt: BenchPrompt, count: number): Promise<BenchRun> {
  await deps.context.rewind([]);
  const timer = new RunTimer();
  const tokens = decodeExactly(deps, prompt.tokens, prompt.allowedTokens, count);
  while ((await tokens.next()).done !== true) timer.recordToken();
  return timer.result(count);
}

/** The same without a KV cache: evaluates the whole text again for each token. */
export async function uncachedRun(deps: BenchDeps, prompt: BenchPrompt, count: number): Promise<BenchRun> {
  const text = [...prompt.tokens];
  const timer = new RunTimer();
  for (let done = 0; done < count; done++) {
    await deps.context.rewind([]);
    for await (const token of decodeExactly(deps, text, prompt.allowedTokens, 1)) {
      timer.recordToken();
      text.push(token);
    }
  }
  return timer.result(count);
}

function decodeExactly(
  { decoder, context, signal }: BenchDeps,
  tokens: readonly Token[],
  allowedTokens: readonly Token[],
  maxTokens: number,
): AsyncGenerator<Token, void> {
  return decoder.decode(context, tokens, {
    kind: 'chat',
    sampling: GREEDY,
    maxTokens,
    signal,
    tokenConstraint: () => allowedTokens,
  });
}

class RunTimer {
  private readonly started = performance.now();
  private readonly tokenMs: number[] = [];
  private peakBytes = process.memoryUsage.rss();

  recordToken(): void {
    this.tokenMs.push(performance.now() - this.started);
    this.peakBytes = Math.max(this.peakBytes, process.memoryUsage.rss());
  }

  /** @throws EngineError for another number of tokens, which would make the stats wrong */
  result(count: number): BenchRun {
    const { tokenMs, peakBytes } = this;
    if (tokenMs.length === count) return { tokenMs, peakBytes };
    throw new EngineError(EngineErrorCode.evaluationFailed, {
      kind: 'evaluationFailed',
      detail: `${tokenMs.length} tokens were generated instead of ${count}`,
    });
  }
}

/**
 * Averages over some runs of the same prompt.
 * @param tokens how many of the first tokens of each run count; all by default
 */
export function benchStats(runs: readonly BenchRun[], tokens?: number): BenchStats {
  const count = tokens ?? runs[0]?.tokenMs.length ?? 0;
  const latencyMs = mean(runs.map(({ tokenMs }) => tokenMs[count - 1] ?? 0));
  const firstTokenMs = mean(runs.map(({ tokenMs }) => tokenMs[0] ?? 0));
  const decodeMs = latencyMs - firstTokenMs;
  return {
    rounds: runs.length,
    tokens: count,
    latencyMs,
    firstTokenMs,
    tokensPerSecond: latencyMs > 0 ? (count * 1000) / latencyMs : 0,
    decodeTokensPerSecond: decodeMs > 0 ? ((count - 1) * 1000) / decodeMs : 0,
    peakBytes: Math.max(0, ...runs.map(({ peakBytes }) => peakBytes)),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Ordinary code; only its length matters. */
const PROMPT_TEXT = `def mean(values):
    """The arithmetic mean of some numbers; zero of none."""
    total = 0.0
    count = 0
    for value in values:
        total += value
        count += 1
    return total / count if count else 0.0

`;

export interface BenchPrompt {
  /** Exactly the requested number of tokens, including the beginning-of-sequence token. */
  readonly tokens: readonly Token[];
  /** The answer is restricted to these tokens of ordinary text; none of them ends it. */
  readonly allowedTokens: readonly Token[];
}

/** Enough to leave the model a choice, few enough to cost no time. */
const MAX_ALLOWED_TOKENS = 64;

/** A prompt of an exact length, whatever the model's vocabulary is. */
export function benchPrompt(model: Pick<Model, 'tokenize' | 'bos'>, length: number): BenchPrompt {
  const start = model.bos === undefined ? [] : [model.bos];
  const text: Token[] = [];
  for (let repeats = 1; text.length < length; repeats *= 2)
    text.splice(0, text.length, ...model.tokenize(PROMPT_TEXT.repeat(repeats), false));
  return {
    tokens: [...start, ...text].slice(0, length),
    allowedTokens: [...new Set(text)].slice(0, MAX_ALLOWED_TOKENS),
  };
}
