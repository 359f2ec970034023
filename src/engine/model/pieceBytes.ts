/** How the library writes bytes that are no whole character. */
const UNFINISHED = '\uFFFD';

/** Bytes that byte-pair vocabularies write as themselves; the others are characters from U+0100 on, in their order. */
const isWrittenAsItself = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

const BYTES: ReadonlyMap<string, number> = new Map([
  ...bytesWhere(isWrittenAsItself).map((byte) => [String.fromCharCode(byte), byte] as const),
  ...bytesWhere((byte) => !isWrittenAsItself(byte)).map(
    (byte, index) => [String.fromCharCode(0x100 + index), byte] as const,
  ),
]);

/**
 * The bytes of a token.
 * @param text as the library detokenizes it, with U+FFFD for a part of a character
 * @param piece as the vocabulary has it
 * @param vocabulary the library's name for its kind
 */
export function pieceBytes(text: string, piece: string | undefined, vocabulary: string): Uint8Array {
  if (piece === undefined || !text.includes(UNFINISHED)) return Buffer.from(text);
  if (vocabulary !== 'bpe') {
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(piece)?.[1];
    return byte === undefined ? Buffer.from(text) : Uint8Array.of(parseInt(byte, 16));
  }
  return Buffer.concat(
    [...piece].map((character) => {
      const byte = BYTES.get(character);
      return byte === undefined ? Buffer.from(character) : Uint8Array.of(byte);
    }),
  );
}

function bytesWhere(is: (byte: number) => boolean): readonly number[] {
  return Array.from({ length: 256 }, (_, byte) => byte).filter(is);
}
