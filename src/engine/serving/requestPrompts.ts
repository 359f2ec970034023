import type { ChatPromptBuilders, ChatPromptRequest } from '../chat/chatPromptBuilder.js';
import { firstTokens, lastTokens } from '../decoding/boundedTokens.js';
import { promptTooLong } from '../decoding/decoder.js';
import type { ThinkingMode } from '../decoding/output/outputReader.js';
import { splitForHealing, type VocabularyIndexes } from '../decoding/tokenHealing.js';
import type { Model, Token } from '../model/model.js';

/** What the model is shown for a request. */
export interface RequestPrompt {
  readonly tokens: readonly Token[];
  readonly thinking: ThinkingMode;
  /** Texts that end the answer in this format. */
  readonly stop: readonly string[];
  /** Whether tokens or messages were left out. */
  readonly isTruncated: boolean;
  /** The end of the text that is left to token healing, so that the model can continue inside a word. */
  readonly healedPrefix?: string;
  /** The caller's own text, for an echo. */
  readonly text?: string;
  /** Whether the caller has written the token that a prompt has to begin with. */
  readonly hasOwnBos?: boolean;
}

export interface PromptDeps {
  readonly chatPrompts: ChatPromptBuilders;
  readonly vocabularies: VocabularyIndexes;
}

/**
 * Makes the prompt once the model is loaded.
 * @throws EngineError `promptTooLong`; InfillNotSupported; ToolsNotSupported; UnknownToken
 */
export type MakePrompt = (model: Model, contextTokens: number, deps: PromptDeps) => Promise<RequestPrompt>;

/** The model has no tokens for filling a gap. */
export class InfillNotSupported extends Error {
  constructor(readonly model: string) {
    super(`${model} has no infill tokens`);
    this.name = 'InfillNotSupported';
  }
}

/** A prompt has a number that is no token of the model. */
export class UnknownToken extends Error {
  constructor(readonly token: number) {
    super(`${token} is no token of the model`);
    this.name = 'UnknownToken';
  }
}

/** Share of the context that is kept for an answer. */
const ANSWER_SHARE = 1 / 8;
/** Shares of the context for the text before and after the gap, as llama.cpp's server divides its batch. */
const PREFIX_SHARE = 0.5;
const SUFFIX_SHARE = 0.2;

export interface ChatInput extends Omit<ChatPromptRequest, 'maxTokens' | 'contextTokens'> {
  /** Whether the oldest messages are left out where there are too many for the context; otherwise that is an error. */
  readonly truncate: boolean;
}

/** A conversation in the model's own format. */
export function chatPrompt(input: ChatInput): MakePrompt {
  return async (model, contextTokens, { chatPrompts }) => {
    const maxTokens = input.truncate ? Math.floor(contextTokens * (1 - ANSWER_SHARE)) : undefined;
    const prompt = await chatPrompts.of(model).build({ ...input, maxTokens, contextTokens });
    if (prompt.tokens.length >= contextTokens) throw promptTooLong(prompt.totalTokens, contextTokens);
    return {
      tokens: prompt.tokens,
      thinking: prompt.isThinkingOpen ? 'open' : 'possible',
      stop: prompt.stop === undefined ? [] : [prompt.stop],
      isTruncated: prompt.droppedMessages > 0,
    };
  };
}

export interface ContinuationInput {
  /** Text, or tokens of the model's own vocabulary. */
  readonly prompt: string | readonly Token[];
  /** Whether the beginning is left out where it is too long for the context; otherwise that is an error. */
  readonly truncate: boolean;
  /** Whether the last, perhaps unfinished, word is left to token healing; not where a grammar decides. */
  readonly isHealed: boolean;
}

/** A text that the model continues. */
export function continuationPrompt({ prompt, truncate, isHealed }: ContinuationInput): MakePrompt {
  return async (model, contextTokens, { vocabularies }) => {
    const unknown =
      typeof prompt === 'string' ? undefined : prompt.find((token) => token >= model.vocabularySize);
    if (unknown !== undefined) throw new UnknownToken(unknown);
    const text = typeof prompt === 'string' ? prompt : model.detokenize(prompt);
    const hasOwnBos = typeof prompt !== 'string' && model.bos !== undefined && prompt[0] === model.bos;
    const bos = model.bos === undefined || hasOwnBos ? [] : [model.bos];
    const { kept, healedPrefix } =
      isHealed && typeof prompt === 'string'
        ? splitForHealing(prompt, vocabularies.of(model))
        : { kept: text, healedPrefix: '' };
    const used =
      typeof prompt !== 'string'
        ? { tokens: prompt, total: prompt.length }
        : await (truncate ? lastTokens : firstTokens)(model, kept, contextTokens);
    const tokens = [...bos, ...used.tokens];
    // Nothing to continue: the end of a text is where another one may begin.
    if (tokens.length === 0) tokens.push(...model.tokenize(model.eosText, true).slice(0, 1));
    if (tokens.length === 0) tokens.push(...model.tokenize('\n', false));
    const shared = { thinking: 'none', stop: [], healedPrefix, text, hasOwnBos } as const;
    if (tokens.length < contextTokens) return { ...shared, tokens, isTruncated: false };
    if (!truncate) throw promptTooLong(used.total, contextTokens);
    const end = [...bos, ...tokens.slice(-Math.floor(contextTokens * 0.75))];
    return { ...shared, tokens: end, isTruncated: true };
  };
}

export interface InfillInput {
  readonly prefix: string;
  readonly suffix: string;
  /** Follows the prefix, such as the line that is being written. */
  readonly prompt: string;
  readonly extra: readonly { readonly filename?: string | undefined; readonly text: string }[];
}

/**
 * The prompt that llama.cpp's server makes of the same request: other files first, then the text before the gap and
 * after it. What is too long is cut, from the far ends. Unlike there, the last word before the gap is left to token
 * healing.
 */
export function infillPrompt({ prefix, suffix, prompt, extra }: InfillInput): MakePrompt {
  return async (model, contextTokens, { vocabularies }) => {
    const { infill } = model;
    if (infill === undefined) throw new InfillNotSupported(model.id);
    const { kept, healedPrefix } = splitForHealing(prefix + prompt, vocabularies.of(model));
    const { tokens: before } = await lastTokens(model, kept, contextTokens);
    const maxAfter = Math.floor(contextTokens * SUFFIX_SHARE);
    const { tokens: after } = await firstTokens(model, suffix, maxAfter);
    const keptBefore = before.slice(-Math.floor(contextTokens * PREFIX_SHARE));
    const keptAfter = after.slice(0, maxAfter);
    const head = model.bos === undefined ? [] : [model.bos];
    const gap = [infill.prefix, ...keptBefore, infill.suffix, ...keptAfter, infill.middle];
    const room = Math.floor(contextTokens * 0.85) - head.length - gap.length;
    const others = await otherFiles(model, extra, contextTokens);
    const keptOthers = others.length > room ? (room > 0 ? others.slice(-room) : []) : others;
    const isTruncated =
      others.length > room || keptAfter.length < after.length || keptBefore.length < before.length;
    return {
      tokens: [...head, ...keptOthers, ...gap],
      thinking: 'none',
      stop: [],
      isTruncated,
      healedPrefix,
      text: prefix + prompt,
    };
  };
}

/** Of the last files, as many as a context could hold. */
async function otherFiles(model: Model, extra: InfillInput['extra'], maxTokens: number): Promise<Token[]> {
  const separator = model.infill?.fileSeparator;
  let tokens: Token[] = [];
  for (const { filename, text } of extra.toReversed()) {
    const head = separator === undefined ? '' : `${filename ?? 'tmp'}\n`;
    const { tokens: own } = await lastTokens(model, `${head}${text}\n`, maxTokens);
    tokens = [...(separator === undefined ? [] : [separator]), ...own, ...tokens];
    if (tokens.length > maxTokens) break;
  }
  return tokens;
}
