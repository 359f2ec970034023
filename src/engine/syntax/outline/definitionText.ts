import type { Definition } from './outline.js';

/**
 * A definition as it would stand in a file, without what runs in it.
 * @param characters what it may take; members that don't fit are left out, those of the smallest rank last
 * @param rankOf the smaller, the sooner a member is shown; they stay in their order
 * @returns `undefined` when not even its head fits
 */
export function definitionText(
  { head, members, tail, indent = '  ' }: Definition,
  characters: number,
  rankOf: (member: string) => number = () => 0,
): string | undefined {
  let left = characters - head.length - tail.length - 1;
  if (left < 0) return undefined;
  if (members.length === 0) return head.endsWith('{') ? `${head}${tail}` : joined([head, tail]);
  const chosen = new Set<number>();
  const ranked = members
    .map(({ name, text }, index) => ({ index, rank: rankOf(name), size: indented(text, indent).length + 1 }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  for (const { index, size } of ranked) {
    if (size > left) continue;
    left -= size;
    chosen.add(index);
  }
  return joined([
    head,
    ...members.filter((_, index) => chosen.has(index)).map(({ text }) => indented(text, indent)),
    tail,
  ]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function indented(text: string, unit: string): string {
  return text
    .split('\n')
    .map((line) => unit + line)
    .join('\n');
}
