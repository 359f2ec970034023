import type { Rule } from './rule.js';

/** Rounds of a short cycle that are no coincidence, and its longest length in characters. */
const ROUNDS = 8;
const CYCLE = new RegExp(`(.{2,24}?)\\1{${ROUNDS - 1},}$`);
/** What is looked at: a cycle that has begun further above fills this as well. */
const END = 24 * (ROUNDS + 1);

/**
 * Drops a text that ends in a line which goes round in circles: `get(get(get(get(…`. Rules and separators are left
 * alone, and so are numbers: rows of zeros are data.
 */
export const cutTokenLoop: Rule = (text) => {
  const lines = text.split('\n');
  const cycle = CYCLE.exec((lines.at(-1) ?? '').slice(-END))?.[1] ?? '';
  if (!/\p{L}/u.test(cycle) || new Set(cycle).size === 1) return text;
  return lines.slice(0, -1).join('\n');
};
