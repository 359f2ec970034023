import type { Token } from './model.js';

/** Old evaluations fade, since texts differ. */
const KEPT = 0.9;
const FIRST_TRIALS = 2;

/**
 * Whether evaluating tokens on trial pays. How much less several tokens at once cost than one by one depends on the
 * model's number format and on the processor: a third of it, or nothing. And how many are right depends on the text.
 * So it is measured as it goes, in processor time, of which others take nothing.
 */
export class Speculation {
  private readonly alone = { cpuMs: 0, tokens: 0 };
  private readonly onTrial = { cpuMs: 0, tokens: 0 };
  private trials = FIRST_TRIALS;

  /** A new text gets a new chance. */
  begin(): void {
    this.trials = Math.max(1, this.trials);
  }

  get pays(): boolean {
    if (this.trials > 0) return true;
    return this.onTrial.cpuMs * this.alone.tokens < this.alone.cpuMs * this.onTrial.tokens;
  }

  /**
   * @param isTrial whether anything was evaluated on trial
   * @param tokens that the evaluation brought
   */
  add(isTrial: boolean, tokens: number, cpuMs: number): void {
    const sum = isTrial ? this.onTrial : this.alone;
    sum.cpuMs = sum.cpuMs * KEPT + cpuMs;
    sum.tokens = sum.tokens * KEPT + tokens;
    if (isTrial) this.trials--;
  }
}

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
