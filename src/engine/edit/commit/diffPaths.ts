/** Paths in the headers of diffs: quoted as in C, with or without a folder that git puts before them. */

/** The folders that git puts before the old and the new path, by `diff.mnemonicPrefix`. */
const PREFIXES = /^[abciow12]\//;

/** Of `diff --git`: both paths, or `undefined` where blanks leave it open which part is which. */
export function headerPaths(text: string): readonly [string, string] | undefined {
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(text);
  if (quoted !== null) return bothWithoutPrefix(unquoted(quoted[1] ?? ''), unquoted(quoted[2] ?? ''));
  // Only a file with the same name before and after has no other header that names it.
  const half = (text.length - 1) / 2;
  const [first, second] = [text.slice(0, half), text.slice(half + 1)];
  const same = bothWithoutPrefix(first, second);
  return Number.isInteger(half) && same[0] === same[1] ? same : undefined;
}

/**
 * Of a `---` or `+++` line.
 * @param other the other line's
 * @returns `undefined` when there is no such file
 */
export function pathOf(given: string, other: string): string | undefined {
  const [name, counterpart] = [nameIn(given), nameIn(other)];
  if (name === '/dev/null') return undefined;
  if (counterpart === '/dev/null' || counterpart === '') return name.replace(PREFIXES, '');
  return bothWithoutPrefix(name, counterpart)[0];
}

/** `diff -u` writes a tab and the time after the name; so does git, without the time, after a name with blanks. */
function nameIn(given: string): string {
  return unquoted(given.replace(/\t.*$/, ''));
}

/** With `diff.noprefix` a folder may be called `a`: both paths must have a prefix, and not the same one. */
function bothWithoutPrefix(first: string, second: string): [string, string] {
  const isPrefixed = PREFIXES.test(first) && PREFIXES.test(second) && first[0] !== second[0];
  return isPrefixed ? [first.slice(2), second.slice(2)] : [first, second];
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
};

/** The bytes of other characters are written in octal: `"\346\226\207.txt"`. */
export function unquoted(text: string): string {
  const [, inner] = /^"(.*)"$/s.exec(text) ?? [];
  if (inner === undefined) return text;
  const pieces = inner.match(/\\[0-7]{3}|\\.|[^\\]+/gs) ?? [];
  return Buffer.concat(
    pieces.map((piece) => {
      if (/^\\[0-7]{3}$/.test(piece)) return Buffer.from([parseInt(piece.slice(1), 8) & 0xff]);
      return Buffer.from(piece.startsWith('\\') ? (ESCAPES[piece.slice(1)] ?? piece.slice(1)) : piece);
    }),
  ).toString('utf8');
}
