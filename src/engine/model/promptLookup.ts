import type { Token } from './model.js';

/** Fewer agree by chance. */
const MIN_AGREEING = 3;
/** With so many the text is being copied. */
const COPIED = 8;
/** With the token before them four or eight: llama.cpp multiplies four rows at once, five take as long as eight. */
const PREDICTED = { ofFew: 3, ofMany: 7 } as const;

/** What may follow a text that repeats itself: what followed where its end stood before. */
export function predictFromText(tokens: readonly Token[]): readonly Token[] {
  let agreeing = MIN_AGREEING - 1;
  let place = tokens.length;
  for (let end = tokens.length - 1; end > agreeing && agreeing < COPIED; end--) {
    const common = commonEnd(tokens, end);
    if (common <= agreeing) continue;
    agreeing = common;
    place = end;
  }
  return tokens.slice(place, place + (agreeing < COPIED ? PREDICTED.ofFew : PREDICTED.ofMany));
}

/** How many tokens before `end` are those at the text's end. */
function commonEnd(tokens: readonly Token[], end: number): number {
  const most = Math.min(end, COPIED);
  let length = 0;
  while (length < most && tokens[end - 1 - length] === tokens[tokens.length - 1 - length]) length++;
  return length;
}
