import type { ModelContext, Sampling, Token, DecodeExtras } from '../../../src/engine/model/model.js';

export interface Evaluation {
  readonly owner: string;
  readonly operation: 'rewind' | 'prefill' | 'token';
  /** Tokens evaluated; for `rewind` those kept. */
  readonly count: number;
}

/** Records every quantum of a real context, in the order in which they start. */
export class RecordingContext implements ModelContext {
  constructor(
    private readonly context: ModelContext,
    private readonly owner: string,
    readonly evaluations: Evaluation[] = [],
  ) {}

  get contextTokens(): number {
    return this.context.contextTokens;
  }

  get batchTokens(): number {
    return this.context.batchTokens;
  }

  /** Tokens evaluated so far. */
  get evaluatedTokens(): number {
    return this.evaluations
      .filter(({ owner, operation }) => owner === this.owner && operation !== 'rewind')
      .reduce((sum, { count }) => sum + count, 0);
  }

  cachedPrefixLength(tokens: readonly Token[]): number {
    return this.context.cachedPrefixLength(tokens);
  }

  async rewind(tokens: readonly Token[], pinned?: readonly Token[]): Promise<number> {
    const kept = await this.context.rewind(tokens, pinned);
    this.write('rewind', kept);
    return kept;
  }

  async prefill(tokens: readonly Token[]): Promise<void> {
    this.write('prefill', tokens.length);
    await this.context.prefill(tokens);
  }

  score(tokens: readonly Token[], next: Token, maxOptions: number): ReturnType<ModelContext['score']> {
    this.write('prefill', tokens.length);
    return this.context.score(tokens, next, maxOptions);
  }

  async *decode(
    tokens: readonly Token[],
    sampling: Sampling,
    extras?: DecodeExtras,
  ): AsyncGenerator<Token, void> {
    this.write('token', tokens.length);
    for await (const token of this.context.decode(tokens, sampling, extras)) {
      yield token;
      this.write('token', 1);
    }
  }

  likelihood(given: readonly Token[], text: readonly Token[]): Promise<number> {
    return this.context.likelihood(given, text);
  }

  dispose(): Promise<void> {
    return this.context.dispose();
  }

  private write(operation: Evaluation['operation'], count: number): void {
    this.evaluations.push({ owner: this.owner, operation, count });
  }
}
