import type { Definition } from './outline.js';

export interface TextLimits {
  /** What the text may take. */
  readonly characters: number;
  /** The smaller, the sooner a member is shown; members stay in their order. */
  readonly rankOf?: (member: string) => number;
  /** How a line becomes a comment. */
  readonly comment?: string;
}

/** The share of its room that a definition with too many members gives to whole ones; then come bare names. */
const WHOLE_SHARE = 0.65;
const MIN_NAMES = 2;

/**
 * A definition as it would be written in a file, without what runs in it. Members that have no room are only named, as
 * far as that has room.
 * @returns `undefined` when not even its head fits
 */
export function definitionText(
  { head, members, tail, indent = '  ' }: Definition,
  { characters, rankOf = () => 0, comment = '//' }: TextLimits,
): string | undefined {
  const room = characters - head.length - tail.length - 1;
  if (room < 0) return undefined;
  if (members.length === 0) return head.endsWith('{') ? `${head}${tail}` : joined([head, tail]);
  const lines = members.map(({ text }) => indented(text, indent));
  const sizes = lines.map((line) => line.length + 1);
  const ranked = members
    .map(({ name }, index) => ({ index, rank: rankOf(name) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ index }) => index);
  const isAll = sizes.reduce((sum, size) => sum + size, 0) <= room;
  let left = isAll ? room : Math.floor(room * WHOLE_SHARE);
  const chosen = ranked.filter((index) => {
    const size = sizes[index] ?? 0;
    if (size > left) return false;
    left -= size;
    return true;
  });
  const taken = chosen.reduce((sum, index) => sum + (sizes[index] ?? 0), 0);
  const others = ranked.filter((index) => !chosen.includes(index)).map((index) => members[index]?.name ?? '');
  const named = namesLine(others, `${indent}${comment} `, room - taken);
  return joined([head, ...lines.filter((_, index) => chosen.includes(index)), named, tail]);
}

/** `// add, remove, clear`, as far as there is room. */
function namesLine(names: readonly string[], before: string, room: number): string {
  let line = before;
  let count = 0;
  for (const name of names) {
    const next = count === 0 ? name : `, ${name}`;
    if (line.length + next.length + 1 > room) break;
    line += next;
    count++;
  }
  return count < MIN_NAMES ? '' : line;
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
