/** Longer pieces are cut. llama.cpp's splitters match some vocabularies' patterns recursively, one level a character. */
const MAX_CHUNK_LENGTH = 2048;

/**
 * Cuts a long text for a tokenizer that takes time and stack by the length of what it is given. The cuts are where every
 * byte-pair vocabulary begins a new word: at a line that begins with no blank, or at a blank before a letter. A run
 * without such a place, which is no text that anybody wrote, is cut anywhere between two characters.
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

function cutBefore(text: string, start: number, limit: number): number {
  const half = start + Math.floor((limit - start) / 2);
  for (let at = limit; at > half; at--) if (isLineStart(text, at)) return at;
  for (let at = limit; at > half; at--) if (isWordStart(text, at)) return at;
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit;
}

function isLineStart(text: string, at: number): boolean {
  return text[at - 1] === '\n' && /\S/.test(text[at] ?? '');
}

function isWordStart(text: string, at: number): boolean {
  return text[at] === ' ' && /\p{L}/u.test(text[at + 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
