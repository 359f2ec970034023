import { invalidRequest } from './apiError.js';

/** Deeper values are circles that were written out, or an attack: what reads them recursively overflows its stack. */
const MAX_DEPTH = 64;
/** Values take some hundred times the bytes that they have as text. */
const MAX_VALUES = 200_000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * Refuses JSON that is nested too deep or has too many values, before it is parsed.
 * @throws ApiError 400
 */
export function checkJsonShape(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    else if (OPENING.includes(code)) {
      values++;
      if (++depth > MAX_DEPTH)
        throw invalidRequest(
          `The body is nested more than ${MAX_DEPTH} levels deep. Send a flatter one.`,
          undefined,
          'too_deep',
        );
    } else if (CLOSING.includes(code)) depth--;
    else if (code === COMMA) values++;
    if (values > MAX_VALUES)
      throw invalidRequest(
        `The body has more than ${MAX_VALUES} values. Send fewer.`,
        undefined,
        'too_many_values',
      );
  }
}

/** Index of the quote that ends the string; the text's end where there is none. */
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}
