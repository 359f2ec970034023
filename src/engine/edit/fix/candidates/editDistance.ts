/** Slips of a typist between two words. */

/**
 * Whether one slip turns a word into another: a letter too many, too few, another one, two swapped, or other capitals.
 * Equal words are none.
 */
export function isOneSlip(word: string, other: string): boolean {
  if (word === other) return false;
  if (word.toLowerCase() === other.toLowerCase()) return true;
  const difference = word.length - other.length;
  if (Math.abs(difference) > 1) return false;
  let start = 0;
  while (start < Math.min(word.length, other.length) && word[start] === other[start]) start++;
  const [rest, otherRest] = [word.slice(start), other.slice(start)];
  if (difference === 1) return rest.slice(1) === otherRest;
  if (difference === -1) return rest === otherRest.slice(1);
  if (rest.slice(1) === otherRest.slice(1)) return true;
  return rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2);
}
