import type { DecodeExtras, ModelContext, Sampling, Token } from '../model/model.js';

/** A context whose work stops between two quanta when its lane is closed, whoever is working in it. */
export class ClosableContext implements ModelContext {
  constructor(
    private readonly context: ModelContext,
    private readonly closing: AbortSignal,
  ) {}

  get contextTokens(): number {
    return this.context.contextTokens;
  }

  get batchTokens(): number {
    return this.context.batchTokens;
  }

  known(tokens: readonly Token[]): number {
    return this.context.known(tokens);
  }

  async rewind(tokens: readonly Token[], besides?: readonly Token[]): Promise<number> {
    this.closing.throwIfAborted();
    return this.context.rewind(tokens, besides);
  }

  async prefill(tokens: readonly Token[]): Promise<void> {
    this.closing.throwIfAborted();
    await this.context.prefill(tokens);
  }

  async *decode(
    tokens: readonly Token[],
    sampling: Sampling,
    extras?: DecodeExtras,
  ): AsyncGenerator<Token, void> {
    this.closing.throwIfAborted();
    for await (const token of this.context.decode(tokens, sampling, extras)) {
      yield token;
      this.closing.throwIfAborted();
    }
  }

  async likelihood(given: readonly Token[], text: readonly Token[]): Promise<number> {
    this.closing.throwIfAborted();
    return await this.context.likelihood(given, text);
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
  }
}
