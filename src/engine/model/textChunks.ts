/** Longer pieces are cut. llama.cpp's splitters match some vocabularies' patterns recursively, one level a character. */
const MAX_CHUNK_LENGTH = 2048;

/**
 * Cuts a long text for a tokenizer that takes time and stack by the length of what it is given. The cuts are where every
 * byte-pair vocabulary begins a new word: after the end of a line that isn't blank, at a blank before a letter, or at
 * punctuation after a letter. A run without such a place, which is no text that anybody wrote, is cut anywhere between
 * two characters.
 */
export function* textChunks(text: string, maxLength = MAX_CHUNK_LENGTH): Generator<string, void> {
  let start = 0;
  while (text.length - start > maxLength) {
    const end = cutBefore(text, start, start + maxLength);
    yield text.slice(start, end);
    start = end;
  }
  yield text.slice(start);
}

type IsCut = (text: string, at: number) => boolean;

function cutBefore(text: string, start: number, limit: number): number {
  const half = start + Math.floor((limit - start) / 2);
  for (const isCut of CUTS) for (let at = limit; at > half; at--) if (isCut(text, at)) return at;
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit;
}

/** After a blank line there is none: some vocabularies take the last line end of several by itself, but not at a text's end. */
const isLineStart: IsCut = (text, at) =>
  text[at - 1] === '\n' && /\S/.test(text[at - 2] ?? '') && /[\p{L}\p{N}]/u.test(text[at] ?? '');

const isWordStart: IsCut = (text, at) =>
  text[at] === ' ' && /\p{L}/u.test(text[at + 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '');

/** Marks that are part of no control token's text. */
const isWordEnd: IsCut = (text, at) =>
  /[.,;:()[\]{}=，。；：、！？（）]/.test(text[at] ?? '') && /\p{L}/u.test(text[at - 1] ?? '');

/** The best first. */
const CUTS: readonly IsCut[] = [isLineStart, isWordStart, isWordEnd];

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
