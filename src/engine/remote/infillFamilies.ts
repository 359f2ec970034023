import type { InfillText } from './remotePrompt.js';

/** How a family of models writes a text with a gap. */
export interface InfillFamily {
  readonly prefix: string;
  readonly suffix: string;
  readonly middle: string;
  /** Where the text after the gap comes first, and the model simply goes on after the text before it. */
  readonly suffixFirst?: true;
  /** Precedes each file's path. */
  readonly fileSeparator?: string;
}

const PIPED = { prefix: '<|fim_prefix|>', suffix: '<|fim_suffix|>', middle: '<|fim_middle|>' };
const PLAIN = { prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>' };

/** By the model's name, as its makers document them. The first that matches counts. */
const FAMILIES: readonly (readonly [RegExp, InfillFamily])[] = [
  [/qwen.*coder|codeqwen/i, { ...PIPED, fileSeparator: '<|file_sep|>' }],
  [/codegemma/i, { ...PIPED, fileSeparator: '<|file_separator|>' }],
  [/granite-?4/i, PIPED],
  [/starcoder-?2/i, { ...PLAIN, fileSeparator: '<file_sep>' }],
  [/starcoder|granite.*code|stable-?code|refact/i, PLAIN],
  [/deepseek.*coder/i, { prefix: '<｜fim▁begin｜>', suffix: '<｜fim▁hole｜>', middle: '<｜fim▁end｜>' }],
  [/code-?llama/i, { prefix: '<PRE> ', suffix: ' <SUF>', middle: ' <MID>' }],
  [/codestral/i, { prefix: '[PREFIX]', suffix: '[SUFFIX]', middle: '', suffixFirst: true }],
];

/** @param names of the model, as the server has them */
export function infillFamily(names: readonly string[]): InfillFamily | undefined {
  return FAMILIES.find(([name]) => names.some((each) => name.test(each)))?.[1];
}

/** A text with a gap, in the family's own tokens. */
export function infillPromptText(family: InfillFamily, prompt: InfillText): string {
  const [before, after, middle] = [prompt.before, prompt.after, prompt.middle].map(plainText);
  const { fileSeparator: separator } = family;
  const shown = separator === undefined || prompt.files.length === 0 ? [] : [...prompt.files];
  const files = shown.map(({ path, text }) => `${separator}${plainText(path)}\n${plainText(text)}`);
  if (shown.length > 0) files.push(`${separator}${plainText(prompt.path)}\n`);
  const gap =
    family.suffixFirst === true
      ? `${family.suffix}${after}${family.prefix}${before}${middle}`
      : `${family.prefix}${before}${family.suffix}${after}${family.middle}${middle}`;
  return files.join('') + gap;
}

/** What spells a control token in some vocabulary. `</s>` is left out: it is HTML. */
export const CONTROL_TEXT =
  /<\|(?:im_start|im_end|endoftext|end_of_text|begin_of_text|eot_id|eom_id|start_header_id|end_header_id|fim_prefix|fim_suffix|fim_middle|fim_pad|file_sep|file_separator|repo_name|assistant|user|system|end|eot)\|>|<fim_(?:prefix|suffix|middle|pad)>|<file_sep>|<\uFF5C[^\uFF5C<>]{1,40}\uFF5C>|<(?:PRE|SUF|MID|EOT)>|\[(?:PREFIX|SUFFIX|MIDDLE)\]|<(?:start|end)_of_turn>/u;

const CONTROL_TEXTS = new RegExp(CONTROL_TEXT, 'gu');

/** A user's text, in which nothing is a control token: servers read those in prompts. */
export function plainText(text: string): string {
  return text.replace(CONTROL_TEXTS, (each) => `${each.slice(0, 1)} ${each.slice(1)}`);
}
