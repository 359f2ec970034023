/** A seeded random number generator (mulberry32): the same seed gives the same rhythm. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LINE_PAUSE_CHANCE = 0.45;
const WORD_PAUSE_CHANCE = 0.1;
/** Standard deviation of the logarithm of the time between two keys, as for people. */
const SIGMA = 0.4;

/**
 * How long the typist waits before each character of a text: the rhythm of a person, with occasional pauses at the start
 * of a line or a word.
 * @param {string} text
 * @param {{ keyMs: number, pauseMs: number, seed: number }} options `keyMs` is the mean
 * @returns {{ wait: number, isPause: boolean }[]}
 */
export function rhythm(text, { keyMs, pauseMs, seed }) {
  const random = seeded(seed);
  return [...text].map((character, i) => {
    const [pauseRandom, key] = [random(), keyMs * Math.exp(SIGMA * normal(random) - (SIGMA * SIGMA) / 2)];
    const isPause = i > 0 && pauseRandom < pauseChance(text.slice(0, i), character);
    return { wait: isPause ? pauseMs : Math.min(Math.max(key, 60), 4 * keyMs), isPause };
  });
}

function pauseChance(before, next) {
  if (!/\S/.test(next)) return 0;
  if (/\n[ \t]*$/.test(before)) return LINE_PAUSE_CHANCE;
  return /[^\w]$/.test(before) && /\w/.test(next) ? WORD_PAUSE_CHANCE : 0;
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
