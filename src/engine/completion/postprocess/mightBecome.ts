import { distanceShare } from './distanceShare.js';

/** Share of a line that may differ from one that it turns out to repeat. */
const SLIPS = 0.1;
/** Longer ones are only compared as they are: letter by letter the work grows with the square. */
const MAX_COMPARED_LENGTH = 200;

/** Whether a line that is still growing may become another one, but for slips. */
export function mightBecome(line: string, other: string): boolean {
  const whole = other.trim();
  if (line.length > MAX_COMPARED_LENGTH) return whole.startsWith(line);
  const slips = distanceShare(line, whole.slice(0, line.length), 1) * line.length;
  return slips <= whole.length * SLIPS;
}
