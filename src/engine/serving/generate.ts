import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { Healer } from '../decoding/tokenHealing.js';
import { newStats } from '../decoding/decodeRun.js';
import { chatSampling } from '../chat/chatSampling.js';
import type { Model, Sampling } from '../model/model.js';
import type { SlotRunner } from '../decoding/slotRunner.js';
import { OutputReader } from '../decoding/output/outputReader.js';
import type { PromptDeps, RequestPrompt } from './requestPrompts.js';
import type {
  GenerationOptions,
  GenerationEvents,
  GenerationResult,
  GenerationRequest,
} from './generationRequest.js';

/** The grammars let a text end with empty lines, and a small model keeps writing them. */
const JSON_END = '\n\n';

export interface GenerateDeps {
  readonly runner: SlotRunner;
  readonly model: Model;
  readonly prompts: PromptDeps;
}

/**
 * Generates one text, from its prompt to the result.
 * @throws as {@link SlotRunner.run}, and as the request's prompt
 */
export async function generate(
  { runner, model, prompts }: GenerateDeps,
  { caller, options, prompt: promptFor }: GenerationRequest,
  signal: AbortSignal,
  { onStart, onPiece }: GenerationEvents,
): Promise<GenerationResult> {
  const { contextTokens } = runner;
  checkSchemaSize(options);
  const prompt = promptFor(model, contextTokens, prompts);
  const healer =
    prompt.healedPrefix === undefined
      ? undefined
      : new Healer(prompt.healedPrefix, prompts.vocabularies.of(model));
  const reader = new OutputReader(model, prompt.thinking, stopsOf(prompt, options), healer);
  const stats = newStats();
  const limit = new TimeLimit(options.maxMs);
  await runner.run({
    caller,
    prompt: prompt.tokens,
    sampling: requestSampling(model, prompt.thinking === 'open', options),
    extras: {
      grammar: options.grammar,
      tokenConstraint: healer?.tokenConstraint,
      ...(options.logprobs === undefined
        ? {}
        : { maxOptions: options.logprobs, onOptions: (each) => reader.options(each) }),
    },
    maxTokens: Math.min(options.maxTokens ?? Infinity, contextTokens - prompt.tokens.length),
    signal,
    stats,
    onStart,
    onPrefill: (done, total) => onPiece({ kind: 'prefill', done, total }),
    onToken: (token) => {
      for (const piece of reader.push(token)) onPiece(piece);
      return reader.stopSequence === undefined && !limit.isOver();
    },
  });
  for (const piece of reader.flush()) onPiece(piece);
  const isJsonEnd = hasJson(options) && reader.stopSequence === JSON_END;
  return {
    model: model.id,
    text: hasJson(options) ? reader.text.trimEnd() : reader.text,
    thinking: reader.thinking,
    finish:
      reader.stopSequence === undefined && (limit.wasOver || stats.finish === 'length') ? 'length' : 'stop',
    stopSequence: isJsonEnd ? undefined : reader.stopSequence,
    promptTokens: stats.promptTokens,
    cachedTokens: stats.cachedTokens,
    completionTokens: stats.completionTokens,
    isTruncated: prompt.isTruncated,
    contextTokens,
    firstTokenMs: stats.firstTokenMs,
    totalMs: stats.totalMs,
  };
}

function hasJson({ grammar }: GenerationOptions): boolean {
  return grammar?.kind === 'json' || grammar?.kind === 'schema';
}

function stopsOf(prompt: RequestPrompt, options: GenerationOptions): readonly string[] {
  return [...prompt.stop, ...(hasJson(options) ? [JSON_END] : []), ...(options.stop ?? [])];
}

/** llama.cpp looks at every alternative of a grammar for each token: at 5,000, a token takes a second. */
const MAX_SCHEMA_VALUES = 2000;

/** @throws EngineError `badGrammar` */
function checkSchemaSize({ grammar }: GenerationOptions): void {
  if (grammar?.kind !== 'schema') return;
  const pending: unknown[] = [grammar.schema];
  for (let count = 1; pending.length > 0; count++) {
    if (count > MAX_SCHEMA_VALUES)
      throw new EngineError(EngineErrorCode.badGrammar, {
        kind: 'badGrammar',
        detail: `it has more than ${MAX_SCHEMA_VALUES} values, and each token would take very long. Shorten its lists.`,
      });
    const value = pending.pop();
    if (typeof value === 'object' && value !== null)
      for (const each of Object.values(value)) pending.push(each);
  }
}

/** A time limit that begins with the first token. */
class TimeLimit {
  private end: number | undefined;
  wasOver = false;

  constructor(private readonly milliseconds: number | undefined) {}

  isOver(): boolean {
    const now = performance.now();
    this.end ??= now + (this.milliseconds ?? Infinity);
    this.wasOver = now > this.end;
    return this.wasOver;
  }
}

/** How a request's tokens are chosen. Unlike in a chat, a temperature of 0 is greedy: callers ask for it in tests. */
function requestSampling(model: Model, thinking: boolean, options: GenerationOptions): Sampling {
  const { temperature, topP, topK, minP, seed, frequencyPenalty, presencePenalty, repeatPenalty } = options;
  const own = chatSampling(model, thinking);
  return {
    ...own,
    ...defined({ temperature, topP, topK, minP, seed, frequencyPenalty, presencePenalty, repeatPenalty }),
    // A caller's penalties replace the family's repeat penalty.
    ...(frequencyPenalty === undefined && presencePenalty === undefined
      ? {}
      : { repeatPenalty: repeatPenalty ?? 1 }),
    ...(temperature === 0 && repeatPenalty === undefined ? { repeatPenalty: 1 } : {}),
  };
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
