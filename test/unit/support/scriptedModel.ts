import type { DeviceInfo } from '../../../src/protocol/status.js';
import { SequencePool } from '../../../src/engine/model/sequencePool.js';
import type {
  ContextOptions,
  InfillTokens,
  Model,
  ModelContext,
  ModelSlots,
  Sampling,
  Token,
  TokenOption,
  DecodeExtras,
} from '../../../src/engine/model/model.js';

/** One operation of a context. */
export interface Step {
  /** Number of the context, in the order of opening. */
  readonly context: number;
  readonly operation: 'open' | 'rewind' | 'prefill' | 'token' | 'dispose';
  /** Tokens evaluated; for `rewind` those kept. */
  readonly count: number;
}

export interface Script {
  /** Returns what follows a prompt. Special tokens appear in it by name, `<|fim_middle|>` … */
  readonly answer: (prompt: string) => string;
  /** Awaited before each step: delays it, observes it, or makes it fail. */
  readonly before?: (step: Step) => Promise<void> | void;
  readonly infill?: boolean;
  /** How likely `text` is after `given`, as a mean logarithm; default 0. */
  readonly likelihood?: (given: string, text: string) => number;
  /** Of a token that was chosen; default 1. */
  readonly probability?: (token: Token) => number;
  readonly chatTemplate?: string;
  readonly trainedContextTokens?: number;
  /** Default 1, as of a very small model. */
  readonly sizeBytes?: number;
  /** Default `scripted`; the path is made from it. */
  readonly id?: string;
}

const SPECIALS = ['<|end|>', '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>'];
const FIRST_SPECIAL = 256;
const END: Token = FIRST_SPECIAL;
const DEVICE: DeviceInfo = { kind: 'cpu', offloadedLayers: 0, totalLayers: 2, build: 'scripted' };

/** A model without weights, for tests of its callers. Its tokens are the text's bytes. */
export class ScriptedModel implements Model {
  readonly id: string;
  readonly path: string;
  readonly architecture = 'scripted';
  readonly sizeBytes: number;
  readonly device = DEVICE;
  readonly bos = undefined;
  readonly bosText = '';
  readonly eosText = '<|end|>';
  readonly trainedContextTokens: number;
  readonly infill: InfillTokens | undefined;
  readonly chatTemplate: string | undefined;
  /** All steps, in order. */
  readonly steps: Step[] = [];
  isDisposed = false;
  private opened = 0;

  constructor(readonly script: Script) {
    this.id = script.id ?? 'scripted';
    this.sizeBytes = script.sizeBytes ?? 1;
    this.path = `/models/${this.id}.gguf`;
    this.trainedContextTokens = script.trainedContextTokens ?? 4096;
    this.infill = script.infill === true ? { prefix: 257, suffix: 258, middle: 259 } : undefined;
    this.chatTemplate = script.chatTemplate;
  }

  tokenize(text: string, special: boolean): Token[] {
    const parts = special ? text.split(/(<\|\w+\|>)/) : [text];
    return parts.flatMap((part) => {
      const index = special ? SPECIALS.indexOf(part) : -1;
      return index >= 0 ? [FIRST_SPECIAL + index] : [...Buffer.from(part)];
    });
  }

  detokenize(tokens: readonly Token[]): string {
    return Buffer.from(tokens.filter((token) => token < FIRST_SPECIAL)).toString();
  }

  bytesOf(token: Token): Uint8Array {
    return Buffer.from(token < FIRST_SPECIAL ? [token] : []);
  }

  /** As `detokenize`, special tokens by their names. */
  describe(tokens: readonly Token[]): string {
    const bytes = tokens.flatMap((token) =>
      token < FIRST_SPECIAL ? [token] : [...Buffer.from(SPECIALS[token - FIRST_SPECIAL] ?? '')],
    );
    return Buffer.from(bytes).toString();
  }

  readonly vocabularySize = FIRST_SPECIAL + SPECIALS.length;

  *vocabulary(): Iterable<readonly [Token, string]> {
    for (let token = 0; token < FIRST_SPECIAL; token++) yield [token, this.detokenize([token])];
  }

  async openContext(options: ContextOptions): Promise<ModelContext> {
    const context = this.opened++;
    await this.take({ context, operation: 'open', count: 0 });
    return new ScriptedContext(this, context, options);
  }

  async openSlots(options: ContextOptions): Promise<ModelSlots> {
    const each = { ...options, sequences: 1 };
    const opening = Array.from({ length: options.sequences ?? 1 }, () => this.openContext(each));
    const contexts = await Promise.all(opening);
    return {
      contexts,
      together: (_, work) => work(),
      dispose: async () => {
        for (const context of contexts) await context.dispose();
      },
    };
  }

  dispose(): Promise<void> {
    this.isDisposed = true;
    return Promise.resolve();
  }

  async take(step: Step): Promise<void> {
    await this.script.before?.(step);
    this.steps.push(step);
  }
}

class ScriptedContext implements ModelContext {
  readonly contextTokens: number;
  readonly batchTokens: number;
  private readonly pool: SequencePool<{ contextTokens: Token[] }>;
  private sequence: { contextTokens: Token[] } = { contextTokens: [] };

  constructor(
    private readonly model: ScriptedModel,
    private readonly number: number,
    { contextTokens, batchTokens, sequences = 1 }: ContextOptions,
  ) {
    this.contextTokens = contextTokens;
    this.batchTokens = batchTokens;
    const others = Array.from({ length: sequences - 1 }, () => ({ contextTokens: [] }));
    this.pool = new SequencePool([this.sequence, ...others]);
  }

  private get cache(): Token[] {
    return this.sequence.contextTokens;
  }

  cachedPrefixLength(tokens: readonly Token[]): number {
    return this.pool.cachedPrefixLength(tokens);
  }

  async rewind(tokens: readonly Token[], pinned?: readonly Token[]): Promise<number> {
    this.sequence = this.pool.choose(tokens, pinned);
    const differs = this.cache.findIndex((token, index) => token !== tokens[index]);
    if (differs >= 0) this.cache.splice(differs);
    await this.take('rewind', this.cache.length);
    return this.cache.length;
  }

  async prefill(tokens: readonly Token[]): Promise<void> {
    await this.take('prefill', tokens.length);
    this.cache.push(...tokens);
  }

  /** Each token that follows is as likely as the next one of the alphabet. */
  async score(
    tokens: readonly Token[],
    next: Token,
    maxOptions: number,
  ): Promise<readonly (readonly TokenOption[])[]> {
    await this.prefill(tokens);
    return [...tokens.slice(1), next].map((token) =>
      [token, token, token + 1].slice(0, maxOptions + 1).map((each) => ({ token: each, probability: 0.5 })),
    );
  }

  async *decode(
    tokens: readonly Token[],
    _sampling: Sampling,
    { tokenConstraint, onProbability, onOptions }: DecodeExtras = {},
  ): AsyncGenerator<Token, void> {
    const prompt = this.model.describe([...this.cache, ...tokens]);
    let pending = tokens;
    for (const wanted of [...this.model.tokenize(this.model.script.answer(prompt), true), END]) {
      await this.take('token', pending.length);
      this.cache.push(...pending);
      const allowed = tokenConstraint?.();
      const token = allowed === undefined || allowed.includes(wanted) ? wanted : (allowed[0] ?? END);
      if (token === END) return;
      pending = [token];
      const probability = this.model.script.probability?.(token) ?? 1;
      onProbability?.(probability);
      onOptions?.([{ token, probability }], false);
      yield token;
    }
  }

  async likelihood(given: readonly Token[], text: readonly Token[]): Promise<number> {
    await this.take('prefill', text.length);
    return this.model.script.likelihood?.(this.model.describe(given), this.model.describe(text)) ?? 0;
  }

  dispose(): Promise<void> {
    return this.take('dispose', 0);
  }

  private take(operation: Step['operation'], count: number): Promise<void> {
    return this.model.take({ context: this.number, operation, count });
  }
}
