import { splitForHealing, type VocabularyIndex } from '../decoding/tokenHealing.js';
import type { Model, Token } from '../model/model.js';
import { NoInfill } from './noInfill.js';
import type { TextPrompt } from './generationRequest.js';

export interface InfillInput {
  readonly prefix: string;
  readonly suffix: string;
  /** Goes on after the prefix, such as the line that is being written. */
  readonly prompt: string;
  readonly extra: readonly { readonly filename?: string | undefined; readonly text: string }[];
}

/** Of the context for the text before and after the gap, as llama.cpp's server shares its batch. */
const PREFIX_SHARE = 0.5;
const SUFFIX_SHARE = 0.2;

/**
 * The prompt that llama.cpp's server makes of the same wish: other files first, then the text before the gap and after
 * it. What is too long is cut, from the far ends. Unlike there, the last piece before the gap is left to token healing.
 * @throws NoInfill
 */
export function infillTextPrompt(
  model: Model,
  contextTokens: number,
  index: VocabularyIndex,
  { prefix, suffix, prompt, extra }: InfillInput,
): TextPrompt {
  const { infill } = model;
  if (infill === undefined) throw new NoInfill(model.id);
  const { kept, held } = splitForHealing(prefix + prompt, index);
  const before = model.tokenize(kept, false);
  const after = model.tokenize(suffix, false);
  const keptBefore = before.slice(-Math.floor(contextTokens * PREFIX_SHARE));
  const keptAfter = after.slice(0, Math.floor(contextTokens * SUFFIX_SHARE));
  const head = model.bos === undefined ? [] : [model.bos];
  const gap = [infill.prefix, ...keptBefore, infill.suffix, ...keptAfter, infill.middle];
  const room = Math.floor(contextTokens * 0.85) - head.length - gap.length;
  const others = otherFiles(model, extra);
  const isCut = others.length > room || keptAfter.length < after.length || keptBefore.length < before.length;
  const keptOthers = others.length > room ? (room > 0 ? others.slice(-room) : []) : others;
  return { tokens: [...head, ...keptOthers, ...gap], thinking: 'none', stop: [], isCut, held };
}

function otherFiles(model: Model, extra: InfillInput['extra']): Token[] {
  const separator = model.infill?.fileSeparator;
  return extra.flatMap(({ filename, text }) =>
    separator === undefined
      ? model.tokenize(`${text}\n`, false)
      : [separator, ...model.tokenize(`${filename ?? 'tmp'}\n${text}\n`, false)],
  );
}
