import { SeededRandom } from '../corpus/random.js';

export interface RhythmOptions {
  /** Mean of the time between two keys, pauses apart, milliseconds. */
  readonly keyMs: number;
  /** Share of letters that are first typed wrong. */
  readonly slips: number;
  /** Chance that right ghost text is accepted where it is looked at. */
  readonly accepts: number;
  readonly seed: number;
}

/** How one character of a text is come to. */
export interface Beat {
  /** Milliseconds since the key before. */
  readonly waitMs: number;
  /** The same without the pause. */
  readonly usualMs: number;
  /** Whether that is a pause for thought. */
  readonly isPause: boolean;
  /** A key that is hit instead at first. */
  readonly slip?: string;
  /** Whether ghost text that is right is accepted instead. */
  readonly accepts: boolean;
}

/** Chance of a pause before a line's first character, and before a word's. */
const PAUSES = { line: 0.55, word: 0.1 };
const [MIN_PAUSE, MAX_PAUSE] = [800, 2000];
/** Familiar words come in bursts. */
const BURST = { begins: 0.06, ends: 0.2, factor: 0.62 };
const [MIN_MS, MAX_MS] = [45, 700];
/** Spread of the logarithm of an interval. */
const SPREAD = 0.38;
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** One beat for each character of a text: the same for each arm, wherever an arm has accepted something. */
export function beatsFor(text: string, options: RhythmOptions): Beat[] {
  const random = new SeededRandom(options.seed);
  let inBurst = false;
  return Array.from({ length: text.length }, (_, at) => {
    inBurst = random.next() < (inBurst ? 1 - BURST.ends : BURST.begins);
    const isPause = random.next() < pauseChance(text, at);
    const usualMs = interval(random, options.keyMs, inBurst);
    const pauseMs = MIN_PAUSE + random.next() * (MAX_PAUSE - MIN_PAUSE);
    const isSlip = random.next() < options.slips;
    const neighbour = neighbourOf(text[at] ?? '', random);
    const accepts = random.next() < options.accepts;
    return {
      waitMs: isPause ? pauseMs : usualMs,
      usualMs,
      isPause,
      accepts,
      ...(isSlip && neighbour !== undefined ? { slip: neighbour } : {}),
    };
  });
}

function pauseChance(text: string, at: number): number {
  const [before, here] = [text[at - 1] ?? '\n', text[at] ?? ''];
  if (!/\S/.test(here)) return 0;
  if (/^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))) return PAUSES.line;
  return /[\p{L}\p{N}_]/u.test(here) && !/[\p{L}\p{N}_]/u.test(before) ? PAUSES.word : 0;
}

/** Log-normal, with `mean` as its mean over bursts and the rest. */
function interval(random: SeededRandom, mean: number, inBurst: boolean): number {
  const share = BURST.begins / (BURST.begins + BURST.ends);
  const slow = (1 - share * BURST.factor) / (1 - share);
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const median = mean * (inBurst ? BURST.factor : slow) * Math.exp(-(SPREAD ** 2) / 2);
  return Math.min(MAX_MS, Math.max(MIN_MS, median * Math.exp(SPREAD * normal)));
}

/** The letter beside it on the keyboard. */
function neighbourOf(character: string, random: SeededRandom): string | undefined {
  const isRight = random.next() < 0.5;
  const row = ROWS.find((candidate) => candidate.includes(character.toLowerCase()));
  if (character === '' || row === undefined) return undefined;
  const at = row.indexOf(character);
  return row[isRight ? at + 1 : at - 1] ?? row[isRight ? at - 1 : at + 1];
}
