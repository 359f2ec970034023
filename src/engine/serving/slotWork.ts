import type { ModelContext, Token } from '../model/model.js';
import type { TextJob } from './textJob.js';

/** A job in the slot that it was given, and how far it has come. */
export class SlotWork {
  /** Of the prompt, not evaluated yet. */
  private rest: readonly Token[] = [];
  private total = 0;
  private tokens: AsyncGenerator<Token, void> | undefined;
  private readonly begun = performance.now();
  isRewound = false;
  isDone = false;
  readonly ended: Promise<void>;
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    readonly job: TextJob,
    readonly context: ModelContext,
  ) {
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Whether some of the prompt is to be evaluated before the first token. */
  isReading(slice: number): boolean {
    return this.tokens === undefined && (!this.isRewound || this.rest.length > slice);
  }

  /** Tokens that the next {@link write} evaluates. */
  get pending(): number {
    return this.tokens === undefined ? this.rest.length : 1;
  }

  /** Finds the part of the prompt that the slot has cached. */
  async rewind(): Promise<void> {
    const { prompt, figures } = this.job;
    figures.promptTokens = prompt.length;
    // The last token is always evaluated anew: its logits are what the first choice is made from.
    figures.cachedTokens = await this.context.rewind(prompt.slice(0, -1));
    this.rest = prompt.slice(figures.cachedTokens);
    this.total = this.rest.length;
    this.isRewound = true;
  }

  /** Evaluates a piece of the prompt. */
  async read(slice: number): Promise<void> {
    const piece = this.rest.slice(0, slice);
    await this.context.prefill(piece);
    this.rest = this.rest.slice(slice);
    this.job.onPrefill?.(this.total - this.rest.length, this.total);
  }

  /** Writes the next token, or ends. */
  async write(): Promise<void> {
    const { job } = this;
    const { figures } = job;
    if (job.maxTokens <= 0) {
      await this.context.prefill(this.rest);
      figures.totalMs = performance.now() - this.begun;
      figures.finish = 'length';
      return this.end();
    }
    this.tokens ??= this.context.decode(this.rest, job.sampling, job.extras);
    const next = await this.tokens.next();
    figures.totalMs = performance.now() - this.begun;
    if (next.done === true) return this.end();
    if (figures.completionTokens === 0) figures.firstTokenMs = figures.totalMs;
    figures.completionTokens++;
    if (!job.onToken(next.value)) return this.end();
    if (figures.completionTokens < job.maxTokens) return undefined;
    figures.finish = 'length';
    return this.end();
  }

  async end(): Promise<void> {
    this.isDone = true;
    await this.tokens?.return();
    this.resolve();
  }

  async fail(error: unknown): Promise<void> {
    this.isDone = true;
    this.reject(error);
    await this.tokens?.return().catch(() => undefined);
  }
}
