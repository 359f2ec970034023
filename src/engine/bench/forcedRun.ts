import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { Decoder } from '../decoding/decoder.js';
import { GREEDY, type ModelContext, type Token } from '../model/model.js';
import type { BenchPrompt } from './benchPrompt.js';

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
 * Writes exactly so many tokens: it goes on where the model would end. The cache is empty before.
 * @throws the signal's reason; EngineError
 */
export async function cachedRun(means: BenchDeps, prompt: BenchPrompt, count: number): Promise<BenchRun> {
  await means.context.rewind([]);
  const watch = new Watch();
  const tokens = forced(means, prompt.tokens, prompt.words, count);
  while ((await tokens.next()).done !== true) watch.tick();
  return watch.result(count);
}

/** The same without a KV cache: for each token the whole text is evaluated anew. */
export async function uncachedRun(means: BenchDeps, prompt: BenchPrompt, count: number): Promise<BenchRun> {
  const text = [...prompt.tokens];
  const watch = new Watch();
  for (let done = 0; done < count; done++) {
    await means.context.rewind([]);
    for await (const token of forced(means, text, prompt.words, 1)) {
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
