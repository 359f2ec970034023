import {
  importLlama,
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type NativeToken,
  type TokenBias,
} from './llamaBinding.js';
import type { ModelContext, Sampling, Token, TokenChoice } from './model.js';
import type { ThreadCounts } from './threads.js';

/** Added to the logit of a token that must be chosen: more than any difference that a model makes. */
const FORCED_LOGIT = 1000;

/** A context of llama.cpp's with one sequence. */
export class LlamaModelContext implements ModelContext {
  constructor(
    private readonly context: LlamaContext,
    private readonly sequence: LlamaContextSequence,
    private readonly llama: Llama,
    private readonly threads: () => ThreadCounts,
  ) {}

  get contextTokens(): number {
    return this.context.contextSize;
  }

  get batchTokens(): number {
    return this.context.batchSize;
  }

  async rewind(tokens: readonly Token[]): Promise<number> {
    await this.sequence.adaptStateToTokens(tokens as NativeToken[], false);
    return this.sequence.nextTokenIndex;
  }

  async prefill(tokens: readonly Token[]): Promise<void> {
    this.llama.maxThreads = this.threads().prefill;
    await this.sequence.evaluateWithoutGeneratingNewTokens(tokens as NativeToken[]);
  }

  async *decode(
    tokens: readonly Token[],
    sampling: Sampling,
    choice?: TokenChoice,
  ): AsyncGenerator<Token, void> {
    const bias = choice === undefined ? undefined : await this.biasFor(choice);
    const { repeatPenalty, temperature, topP, topK, minP, seed } = sampling;
    const recent: Token[] = [];
    const { decode, prefill } = this.threads();
    this.llama.maxThreads = tokens.length > 8 ? prefill : decode;
    const iterator = this.sequence.evaluate(tokens as NativeToken[], {
      temperature,
      ...(topP === undefined ? {} : { topP }),
      ...(topK === undefined ? {} : { topK }),
      ...(minP === undefined ? {} : { minP }),
      ...(seed === undefined ? {} : { seed }),
      ...(repeatPenalty === undefined || repeatPenalty === 1
        ? {}
        : { repeatPenalty: { penalty: repeatPenalty, punishTokens: () => recent as NativeToken[] } }),
      ...(bias === undefined ? {} : { tokenBias: bias }),
    });
    try {
      for await (const token of iterator) {
        recent.push(token);
        if (recent.length > 64) recent.shift();
        yield token;
        this.llama.maxThreads = decode;
      }
    } finally {
      await iterator.return();
    }
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
  }

  private async biasFor(choice: TokenChoice): Promise<() => TokenBias> {
    const { TokenBias } = await importLlama();
    const { tokenizer } = this.sequence.model;
    return () => {
      const bias = new TokenBias(tokenizer);
      const tokens = choice();
      if (tokens !== undefined) bias.set(tokens as NativeToken[], { logit: FORCED_LOGIT });
      return bias;
    };
  }
}
