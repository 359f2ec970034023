/** Where a token of a text ends, and the model's probability for it. */
export interface TokenProbability {
  /** Characters of the text up to and with the token. */
  readonly end: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** Text is shown up to where the joint probability of its tokens falls below this. */
const MIN_JOINT_PROBABILITY = 0.6;
/** A first word with a lower probability is not shown. */
const MIN_FIRST_WORD_PROBABILITY = 0.08;

/**
 * How much of a text is worth showing, from `from` on: up to where the model begins to guess, and to the end of a
 * word; the next word at least, unless its probability is too low. The rest is shown when the user gets there.
 * @returns the end of what to show, in characters of `text`; `from` for nothing
 */
function confidentEnd(text: string, probabilities: readonly TokenProbability[], from: number): number {
  const word =
    from + (/^\s*(?:[\p{L}\p{N}_$]+|[^\p{L}\p{N}_$\s]+)/u.exec(text.slice(from))?.[0].length ?? text.length);
  let product = 1;
  let end = from;
  let atWord = 1;
  for (const token of probabilities) {
    if (token.end <= from) continue;
    product *= token.probability;
    if (end < word) atWord = product;
    if (product < MIN_JOINT_PROBABILITY) break;
    end = token.end;
  }
  if (atWord < MIN_FIRST_WORD_PROBABILITY) return from;
  if (end >= text.length || (probabilities.at(-1)?.end ?? 0) <= end) return text.length;
  const shown = end < word ? partEnd(text, from, end, word) : Math.max(word, toWordEnd(text, from, end));
  return shown + onlyClosing(text.slice(shown));
}

/** A line's last closing brackets are shown with the rest of it. */
function onlyClosing(rest: string): number {
  return /^[)\]}>'"`]+[;,]?(?=\n|$)/.exec(rest)?.[0].length ?? 0;
}

/** Shorter parts of a name are not shown. */
const MIN_PART_LENGTH = 3;

/** The part of a name that the model is confident about (`get` of `getName`, `max_` of `max_size`), or else all of the word. */
function partEnd(text: string, from: number, end: number, word: number): number {
  for (let at = end; at >= from + MIN_PART_LENGTH && at < word; at--) {
    const isBorder = /[\p{Ll}\p{N}]/u.test(text[at - 1] ?? '') && /\p{Lu}/u.test(text[at] ?? '');
    if (isBorder || text[at - 1] === '_') return at;
  }
  return word;
}

/**
 * How much of the rest of a text is worth showing, in characters of the rest.
 * @param rest the end of `text` that is still to be typed
 */
export function confidentLength(
  text: string,
  rest: string,
  probabilities: readonly TokenProbability[],
): number {
  if (probabilities.length === 0 || !text.endsWith(rest)) return rest.length;
  const from = text.length - rest.length;
  return confidentEnd(text, probabilities, from) - from;
}

/** Whole words, and below the first line whole lines. */
function toWordEnd(text: string, from: number, end: number): number {
  const shown = text.slice(from, end);
  const lines = shown.split('\n');
  const firstLine = lines.findIndex((line) => line.trim() !== '');
  if (firstLine >= 0 && firstLine < lines.length - 1) {
    const whole = lines.slice(0, -1).join('\n');
    return text[end] === '\n' ? end : from + whole.length;
  }
  const next = text[end] ?? '';
  const isInWord = /[\p{L}\p{N}_$]/u.test(next) && /[\p{L}\p{N}_$]$/u.test(shown);
  const cut = isInWord ? shown.replace(/(?<![\p{L}\p{N}_$])[\p{L}\p{N}_$]+$/u, '') : shown;
  return from + cut.trimEnd().length;
}
