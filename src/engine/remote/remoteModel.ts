import type { DeviceInfo } from '../../protocol/status.js';
import type {
  ContextOptions,
  DecodeExtras,
  Model,
  ModelContext,
  ModelSlots,
  Sampling,
  Token,
  TokenOption,
} from '../model/model.js';
import { AnswerText } from './answerText.js';
import { answerPart, isSameModel, type AnswerPart } from './answerParts.js';
import type { Circuit } from './circuit.js';
import { remoteFailure } from './remoteFailure.js';
import type { RemoteHttp } from './remoteHttp.js';
import { readPrompt } from './remotePrompt.js';
import { INFILL_MARKS, MARKED_TEMPLATE, PACKED_TOKENS, packedTokens, unpacked } from './remoteTokens.js';
import type { ServerFacts } from './serverFacts.js';
import { requestFor } from './serverRequest.js';

export interface RemoteModelDeps {
  /** As `InstalledModel` has it; see `remotePath`. */
  readonly path: string;
  readonly http: RemoteHttp;
  readonly facts: ServerFacts;
  readonly circuit: Circuit;
}

/**
 * A model on a server, as all services know models: a prompt's "tokens" are its text, from which the request is made, and
 * the answer's are the pieces that come. So everything that is done for a model of this machine is done for it.
 */
export class RemoteModel implements Model {
  readonly id: string;
  readonly path: string;
  readonly architecture: string;
  readonly sizeBytes = 0;
  readonly trainedContextTokens: number;
  readonly device: DeviceInfo;
  readonly infill: Model['infill'];
  readonly bos = undefined;
  readonly bosText = '';
  readonly eosText = '';
  readonly chatTemplate = MARKED_TEMPLATE;
  readonly vocabularySize = PACKED_TOKENS;

  constructor(private readonly deps: RemoteModelDeps) {
    const { facts, http, path } = deps;
    this.path = path;
    this.id = facts.model;
    this.architecture = facts.kind;
    this.trainedContextTokens = facts.contextTokens;
    this.device = { kind: 'remote', name: http.host, offloadedLayers: 0, totalLayers: 0, build: facts.kind };
    this.infill = facts.infill === undefined ? undefined : INFILL_MARKS;
  }

  tokenize(text: string, special: boolean): Token[] {
    return packedTokens(text.toWellFormed(), special);
  }

  detokenize(tokens: readonly Token[]): string {
    return unpacked(tokens);
  }

  bytesOf(token: Token): Uint8Array {
    return new TextEncoder().encode(unpacked([token]));
  }

  /** None that token healing could choose from: the request sees to it instead. */
  vocabulary(): Iterable<readonly [Token, string]> {
    return [];
  }

  openContext({ contextTokens, batchTokens }: ContextOptions): Promise<ModelContext> {
    return Promise.resolve(new RemoteContext(this.deps, contextTokens, batchTokens));
  }

  async openSlots(options: ContextOptions): Promise<ModelSlots> {
    const contexts = await Promise.all(
      Array.from({ length: options.sequences ?? 1 }, () => this.openContext(options)),
    );
    return { contexts, together: (_, work) => work(), dispose: () => Promise.resolve() };
  }

  async dispose(): Promise<void> {
    await this.deps.http.close();
  }
}

/** One text at a time on the server, as a context evaluates one. */
class RemoteContext implements ModelContext {
  readonly isRemote = true;
  private prompt: readonly Token[] = [];

  constructor(
    private readonly deps: RemoteModelDeps,
    readonly contextTokens: number,
    readonly batchTokens: number,
  ) {}

  /** What the server has cached, only the server knows. */
  rewind(): Promise<number> {
    this.prompt = [];
    return Promise.resolve(0);
  }

  cachedPrefixLength(): number {
    return 0;
  }

  prefill(tokens: readonly Token[]): Promise<void> {
    this.prompt = [...this.prompt, ...tokens];
    return Promise.resolve();
  }

  /** A server tells no probabilities of given text. */
  score(tokens: readonly Token[]): Promise<readonly (readonly TokenOption[])[]> {
    return Promise.resolve(tokens.map(() => []));
  }

  /** All alike, so that candidates keep their order: a server can't compare them. */
  likelihood(): Promise<number> {
    return Promise.resolve(0);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  async *decode(
    tokens: readonly Token[],
    sampling: Sampling,
    extras: DecodeExtras = {},
  ): AsyncGenerator<Token, void> {
    const { facts, circuit, http } = this.deps;
    const request = requestFor(facts, readPrompt([...this.prompt, ...tokens]), {
      sampling,
      maxTokens: extras.maxTokens ?? Infinity,
      grammar: extras.grammar,
      wantsProbability: extras.onProbability !== undefined,
    });
    const signal = extras.signal ?? new AbortController().signal;
    const answer = new AnswerText(request.repeats, request.isCertain);
    try {
      for await (const part of this.parts(http.stream(request.path, request.body, request.format, signal))) {
        yield* told(answer.push(part.text), part.probability, extras);
        if (part.finish === 'length') extras.onCut?.();
        if (answer.isEnded) break;
      }
      circuit.succeeded();
    } catch (error) {
      if (!signal.aborted) circuit.failed(error);
      throw error;
    }
    yield* told(answer.flush(), undefined, extras);
  }

  /** The parts of an answer, with its thoughts between tags; a stream that doesn't end as it must is an error. */
  private async *parts(
    events: AsyncGenerator<unknown, boolean>,
  ): AsyncGenerator<Pick<AnswerPart, 'text' | 'probability' | 'finish'>, void> {
    const { http, facts } = this.deps;
    let isThinking = false;
    let hasEnd = false;
    try {
      for (;;) {
        const event = await events.next();
        if (event.done === true) {
          if (!hasEnd && !event.value) throw remoteFailure(http.host, 'interrupted');
          return;
        }
        const part = answerPart(http.host, event.value);
        if (facts.kind !== 'llama.cpp' && part.model !== undefined && !isSameModel(facts.model, part.model))
          throw remoteFailure(http.host, 'otherModel', part.model);
        hasEnd ||= part.finish !== undefined;
        const opening: string = !isThinking && part.thinking !== '' ? '<think>' : '';
        const closing: string = (isThinking || opening !== '') && part.text !== '' ? '</think>' : '';
        isThinking = (isThinking || opening !== '') && closing === '';
        yield { ...part, text: opening + part.thinking + closing + part.text };
      }
    } finally {
      await events.return(false);
    }
  }
}

function* told(
  text: string,
  probability: number | undefined,
  { onProbability }: DecodeExtras,
): Generator<Token> {
  let each = probability ?? 1;
  for (const token of packedTokens(text, false)) {
    onProbability?.(each);
    yield token;
    each = 1;
  }
}
