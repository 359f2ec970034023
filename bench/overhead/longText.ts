/** Length of the answer that measures decoding. */
export const ANSWER_TOKENS = 128;
const TOKENS_PER_WORD = 1.1;
const WORDS =
  'the engine reads a line of code and writes the next one while a person types into the editor without waiting for it'.split(
    ' ',
  );

/** A message of about this many tokens with a unique start that asks for a long answer. */
export function longText(name: string, tokens = 1500): string {
  const words = Array.from({ length: Math.round(tokens / TOKENS_PER_WORD) }, (_, i) => {
    const word = WORDS[(i * 7 + (i >> 4)) % WORDS.length] ?? '';
    return i % 11 === 10 ? `${word}.` : word;
  });
  return `${name}: ${words.join(' ')}\n\nWrite a Python module of 200 lines with a class for a library of books, all methods written out.`;
}
