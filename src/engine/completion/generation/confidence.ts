/** Where a token of a text ends, and how likely the model held it. */
export interface TokenProbability {
  /** Characters of the text up to and with the token. */
  readonly end: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** Text is shown as far as the model is at least so sure that all of it is right. */
const MIN_JOINT_PROBABILITY = 0.6;
/** A first word that is less likely than this is a guess at random. */
const MIN_FIRST_WORD_PROBABILITY = 0.08;

/**
 * How much of a text is worth showing, from `from` on: up to where the model begins to guess, and to the end of a
 * word; the next word at least, unless that is a mere guess. The rest is shown when the user gets there.
 * @returns the end of what to show, in characters of `text`; `from` for nothing
 */
function confidentEnd(text: string, marks: readonly TokenProbability[], from: number): number {
  const word =
    from + (/^\s*(?:[\p{L}\p{N}_$]+|[^\p{L}\p{N}_$\s]+)/u.exec(text.slice(from))?.[0].length ?? text.length);
  let product = 1;
  let end = from;
  let atWord = 1;
  for (const mark of marks) {
    if (mark.end <= from) continue;
    product *= mark.probability;
    if (end < word) atWord = product;
    if (product < MIN_JOINT_PROBABILITY) break;
    end = mark.end;
  }
  if (atWord < MIN_FIRST_WORD_PROBABILITY) return from;
  if (end >= text.length || (marks.at(-1)?.end ?? 0) <= end) return text.length;
  const shown = end < word ? partEnd(text, from, end, word) : Math.max(word, toWordEnd(text, from, end));
  return shown + onlyClosing(text.slice(shown));
}

/** Where a line has nothing left but closing brackets, to leave them out would help nobody. */
function onlyClosing(rest: string): number {
  return /^[)\]}>'"`]+[;,]?(?=\n|$)/.exec(rest)?.[0].length ?? 0;
}

/** Shorter parts of a name say nothing. */
const MIN_PART_LENGTH = 3;

/** The part of a name that is sure (`get` of `getName`, `max_` of `max_size`), or else all of the word. */
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
export function confidentLength(text: string, rest: string, marks: readonly TokenProbability[]): number {
  if (marks.length === 0 || !text.endsWith(rest)) return rest.length;
  const from = text.length - rest.length;
  return confidentEnd(text, marks, from) - from;
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
  const cut = isInWord ? shown.replace(/[\p{L}\p{N}_$]+$/u, '') : shown;
  return from + cut.trimEnd().length;
}
