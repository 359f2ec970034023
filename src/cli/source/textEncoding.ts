/** Texts from files and pipes: which encodings are read, and what a text in another one is told. */
import { InputError } from '../errors.js';

/** Encodings that can be recognised for certain: UTF-8 by its form, UTF-16 by its mark or its zero bytes. */
type Charset = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface TextEncoding {
  readonly charset: Charset;
  /** Whether the bytes begin with a byte order mark. */
  readonly hasMark: boolean;
}

export interface DecodedText extends TextEncoding {
  /** Without the byte order mark. */
  readonly text: string;
}

/** A file or a pipe may never end, and no model reads as much. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;
const BYTE_ORDER_MARK = '\ufeff';
/** Latin text in UTF-16 has a zero in every second byte; so have tables of numbers, which hold control characters. */
const MIN_ZERO_SHARE = 0.4;
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

/**
 * @param subject of the sentence about bytes that aren't text: a file's name, "The piped input"
 * @throws InputError
 */
export function decodeText(bytes: Uint8Array, subject: string): DecodedText {
  const { charset, isGuess } = charsetOf(bytes);
  const decoded = strictlyDecoded(bytes, charset);
  if (decoded === undefined || (isGuess && CONTROL.test(decoded)))
    throw new InputError(notTextSentence(bytes, subject));
  const hasMark = decoded.startsWith(BYTE_ORDER_MARK);
  return { text: hasMark ? decoded.slice(1) : decoded, charset, hasMark };
}

/** The bytes of a text in the encoding that it was read from. */
export function encodeText(text: string, { charset, hasMark }: TextEncoding): Buffer {
  const whole = hasMark ? BYTE_ORDER_MARK + text : text;
  if (charset === 'utf-8') return Buffer.from(whole, 'utf8');
  const bytes = Buffer.from(whole, 'utf16le');
  return charset === 'utf-16be' ? bytes.swap16() : bytes;
}

function strictlyDecoded(bytes: Uint8Array, charset: Charset): string | undefined {
  try {
    const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    // A fatal decoder has no other error than bytes that aren't in its encoding.
    return undefined;
  }
}

function charsetOf(bytes: Uint8Array): { readonly charset: Charset; readonly isGuess: boolean } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { charset: 'utf-16le', isGuess: false };
  if (first === 0xfe && second === 0xff) return { charset: 'utf-16be', isGuess: false };
  let [even, odd] = [0, 0];
  bytes.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even++;
    else odd++;
  });
  // A line of at least one character.
  const enough = bytes.length < 4 ? Infinity : (bytes.length / 2) * MIN_ZERO_SHARE;
  if (even === 0 && odd >= enough) return { charset: 'utf-16le', isGuess: true };
  if (odd === 0 && even >= enough) return { charset: 'utf-16be', isGuess: true };
  return { charset: 'utf-8', isGuess: false };
}

function notTextSentence(bytes: Uint8Array, subject: string): string {
  if (bytes.includes(0))
    return `${subject} is not UTF-8 text: it holds zero bytes, as binary files do. Pass a text file.`;
  return `${subject} is not UTF-8 text: see line ${firstBadLine(bytes)}. Convert it first, for example with iconv -f latin1 -t utf-8 (or gbk, shift_jis … in place of latin1), or correct that line if the others are UTF-8.`;
}

/** From 1. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const next = end < 0 ? bytes.length : end + 1;
    if (strictlyDecoded(bytes.subarray(start, next), 'utf-8') === undefined) return line;
    start = next;
  }
  return line;
}
