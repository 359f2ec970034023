import { SeededRandom } from '../corpus/random.js';

export interface RhythmOptions {
  /** Mean time between two keys without pauses, milliseconds. */
  readonly keyMs: number;
  /** Share of letters that are mistyped first. */
  readonly typoRate: number;
  /** Probability that the user accepts correct ghost text. */
  readonly acceptRate: number;
  readonly seed: number;
}

/** When and how one character is typed. */
export interface KeyTiming {
  /** Milliseconds after the previous key. */
  readonly waitMs: number;
  /** The same without a pause. */
  readonly withoutPauseMs: number;
  /** Whether the user pauses before the key. */
  readonly isPause: boolean;
  /** The wrong key that is typed first. */
  readonly typo?: string;
  /** Whether correct ghost text is accepted instead. */
  readonly accepts: boolean;
}

/** Probability of a pause before the first character of a line and of a word. */
const PAUSE_CHANCE = { line: 0.55, word: 0.1 };
const [MIN_PAUSE_MS, MAX_PAUSE_MS] = [800, 2000];
/** Familiar words are typed in bursts: probabilities of starting and ending one, and factor of the interval. */
const BURST = { begins: 0.06, ends: 0.2, factor: 0.62 };
const [MIN_MS, MAX_MS] = [45, 700];
/** Standard deviation of the logarithm of an interval. */
const SIGMA = 0.38;
const KEYBOARD_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** The timing of each character of a text; independent of what an arm accepts, so the same for all arms. */
export function keyTimings(text: string, options: RhythmOptions): KeyTiming[] {
  const random = new SeededRandom(options.seed);
  let isBurst = false;
  return Array.from({ length: text.length }, (_, at) => {
    isBurst = random.next() < (isBurst ? 1 - BURST.ends : BURST.begins);
    const isPause = random.next() < pauseChance(text, at);
    const withoutPauseMs = interval(random, options.keyMs, isBurst);
    const pauseMs = MIN_PAUSE_MS + random.next() * (MAX_PAUSE_MS - MIN_PAUSE_MS);
    const isTypo = random.next() < options.typoRate;
    const neighbour = neighbouringKey(text[at] ?? '', random);
    const accepts = random.next() < options.acceptRate;
    return {
      waitMs: isPause ? pauseMs : withoutPauseMs,
      withoutPauseMs,
      isPause,
      accepts,
      ...(isTypo && neighbour !== undefined ? { typo: neighbour } : {}),
    };
  });
}

function pauseChance(text: string, at: number): number {
  const [before, here] = [text[at - 1] ?? '\n', text[at] ?? ''];
  if (!/\S/.test(here)) return 0;
  if (/^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))) return PAUSE_CHANCE.line;
  return /[\p{L}\p{N}_]/u.test(here) && !/[\p{L}\p{N}_]/u.test(before) ? PAUSE_CHANCE.word : 0;
}

/** Log-normal, with `mean` as the overall mean in and outside bursts. */
function interval(random: SeededRandom, mean: number, isBurst: boolean): number {
  const share = BURST.begins / (BURST.begins + BURST.ends);
  const slow = (1 - share * BURST.factor) / (1 - share);
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const median = mean * (isBurst ? BURST.factor : slow) * Math.exp(-(SIGMA ** 2) / 2);
  return Math.min(MAX_MS, Math.max(MIN_MS, median * Math.exp(SIGMA * normal)));
}

/** A letter next to it on the keyboard. */
function neighbouringKey(character: string, random: SeededRandom): string | undefined {
  const isRight = random.next() < 0.5;
  const row = KEYBOARD_ROWS.find((candidate) => candidate.includes(character.toLowerCase()));
  if (character === '' || row === undefined) return undefined;
  const at = row.indexOf(character);
  return row[isRight ? at + 1 : at - 1] ?? row[isRight ? at - 1 : at + 1];
}
