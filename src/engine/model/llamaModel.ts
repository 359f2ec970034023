import type { DeviceInfo } from '../../protocol/status.js';
import type { LlamaContext, LlamaContextSequence, NativeModel, NativeToken } from './llamaBinding.js';
import { explainContextFailure } from './loadFailure.js';
import { LlamaModelContext } from './llamaModelContext.js';
import { pieceBytes } from './pieceBytes.js';
import type { ModelThreads, ThreadCounts } from './threads/threadCounts.js';
import type { ContextOptions, InfillTokens, Model, ModelContext, ModelSlots, Token } from './model.js';
import { textChunks } from './textChunks.js';
import type { ThreadLimit, ThreadLease } from './threads/threadLimit.js';

/** llama.cpp in this process. */
export class LlamaModel implements Model {
  readonly architecture: string;
  readonly sizeBytes: number;
  readonly trainedContextTokens: number;
  readonly infill: InfillTokens | undefined;
  readonly bos: Token | undefined;
  readonly bosText: string;
  readonly eosText: string;
  readonly chatTemplate: string | undefined;
  private readonly ending = new AbortController();

  constructor(
    readonly id: string,
    readonly path: string,
    readonly device: DeviceInfo,
    private readonly native: {
      readonly limit: ThreadLimit;
      readonly model: NativeModel;
    },
    readonly threads: ModelThreads,
  ) {
    const { model } = native;
    const { infill, bos, bosString, eosString, shouldPrependBosToken } = model.tokens;
    this.architecture = model.architecture;
    this.sizeBytes = model.size;
    this.trainedContextTokens = model.trainContextSize;
    this.infill =
      infill.prefix !== null && infill.suffix !== null && infill.middle !== null
        ? {
            prefix: infill.prefix,
            suffix: infill.suffix,
            middle: infill.middle,
            ...projectTokens(model),
          }
        : undefined;
    this.bos = shouldPrependBosToken && bos !== null ? bos : undefined;
    this.bosText = bosString ?? '';
    this.eosText = eosString ?? '';
    const template: unknown = model.fileInfo.metadata.tokenizer.chat_template;
    this.chatTemplate = typeof template === 'string' ? template : undefined;
  }

  tokenize(text: string, special: boolean): Token[] {
    const { model } = this.native;
    // A text with a lone surrogate (a cursor inside a character) would be mangled on its way to UTF-8.
    const whole = text.toWellFormed();
    // Other vocabularies have no splitter, and may begin each text with a blank.
    const vocabulary: string = model.vocabularyType;
    if (vocabulary !== 'bpe') return model.tokenize(whole, special);
    return [...textChunks(whole)].flatMap((chunk) => model.tokenize(chunk, special));
  }

  detokenize(tokens: readonly Token[]): string {
    return this.native.model.detokenize(tokens as never, false);
  }

  bytesOf(token: Token): Uint8Array {
    const { model } = this.native;
    if (model.isSpecialToken(token as NativeToken)) return new Uint8Array();
    const text = model.detokenize([token as NativeToken], false);
    const piece = model.fileInfo.metadata.tokenizer.ggml.tokens[token];
    return pieceBytes(text, piece, model.vocabularyType);
  }

  get vocabularySize(): number {
    return this.native.model.fileInfo.metadata.tokenizer.ggml.tokens.length;
  }

  *vocabulary(): Iterable<readonly [Token, string]> {
    const { model } = this.native;
    for (const token of model.iterateAllTokens()) {
      if (model.isSpecialToken(token)) continue;
      yield [token, model.detokenize([token], false)];
    }
  }

  async openContext(options: ContextOptions): Promise<ModelContext> {
    const { limit } = this.native;
    const { context, sequences } = await this.openNative(options);
    return options.threads === undefined
      ? new LlamaModelContext(context, sequences, limit, () => this.threads.counts)
      : new LlamaModelContext(context, sequences, limit.exact, options.threads);
  }

  async openSlots(options: ContextOptions): Promise<ModelSlots> {
    const { context, sequences } = await this.openNative(options);
    return new LlamaModelSlots(context, sequences, this.native.limit, () => this.threads.counts);
  }

  private async openNative(options: ContextOptions): Promise<{
    readonly context: LlamaContext;
    readonly sequences: readonly [LlamaContextSequence, ...LlamaContextSequence[]];
  }> {
    const { model, limit } = this.native;
    const { most } = this.threads;
    const size = {
      contextSize: Math.min(options.contextTokens, this.trainedContextTokens),
      batchSize: options.batchTokens,
      sequences: options.sequences ?? 1,
      // Left to itself the library switches it off where key and value lengths differ (Youtu-LLM): half the speed.
      flashAttention: true,
    };
    const context = await limit
      .open(most, () => model.createContext({ ...size, threads: { ideal: most, min: 1 } }))
      .catch(async (error: unknown) => {
        throw await explainContextFailure(this.path, model, size, error);
      });
    const others = Array.from({ length: size.sequences - 1 }, () => context.getSequence());
    return { context, sequences: [context.getSequence(), ...others] };
  }

  /** Aborted when the model is disposed. */
  get closing(): AbortSignal {
    return this.ending.signal;
  }

  async dispose(): Promise<void> {
    this.ending.abort(new DOMException('the model is unloaded', 'AbortError'));
    await this.native.model.dispose();
  }
}

/** Control tokens that the library has no fields for, where the vocabulary has them. */
function projectTokens(model: NativeModel): Pick<InfillTokens, 'fileSeparator' | 'repository'> {
  const fileSeparator = controlToken(model, '<|file_sep|>');
  const repository = controlToken(model, '<|repo_name|>');
  return {
    ...(fileSeparator === undefined ? {} : { fileSeparator }),
    ...(repository === undefined ? {} : { repository }),
  };
}

function controlToken(model: NativeModel, text: string): Token | undefined {
  const [token, ...more] = model.tokenize(text, true);
  return token !== undefined && more.length === 0 && model.isSpecialToken(token) ? token : undefined;
}

/** The sequences of one llama.cpp context, each for a text of its own. The library puts what they want into batches. */
export class LlamaModelSlots implements ModelSlots {
  readonly contexts: readonly ModelContext[];

  constructor(
    private readonly context: LlamaContext,
    sequences: readonly LlamaContextSequence[],
    private readonly lease: ThreadLease,
    private readonly threads: () => ThreadCounts,
  ) {
    // `together` has the threads already, for all of them.
    const shared: ThreadLease = { run: (_owner, _threads, work) => work() };
    this.contexts = sequences.map((sequence) => new LlamaModelContext(context, [sequence], shared, threads));
  }

  together<T>(tokens: number, work: () => Promise<T>): Promise<T> {
    const { prefill, decode } = this.threads();
    return this.lease.run(this, tokens > 1 ? prefill : decode, work);
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
  }
}
