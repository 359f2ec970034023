/** An expression in the notation of llama.cpp's grammars. */
export type Gbnf = string;

/** Whichever of the alternatives; `undefined` without any. */
export function choice(alternatives: readonly Gbnf[]): Gbnf | undefined {
  const [first, ...others] = new Set(alternatives);
  return others.length === 0 ? first : `(${[first, ...others].join(' | ')})`;
}

/** Exactly this text. */
export function literal(text: string): Gbnf {
  const escaped = text.replace(/["\\\x00-\x1f\x7f]/g, (character) =>
    ['"', '\\'].includes(character)
      ? `\\${character}`
      : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}

/** `expression` so many times. */
export function repeated(expression: Gbnf, min: number, max = Infinity): Gbnf {
  if (max === Infinity) return min === 0 ? `(${expression})*` : `(${expression}){${min},}`;
  return `(${expression}){${min},${max}}`;
}

/** `expression` so many times with commas between; `undefined` where that can't be. */
export function list(expression: Gbnf, min: number, max = Infinity): Gbnf | undefined {
  if (max < min || max < 0) return undefined;
  if (max === 0) return '';
  const more = max === 1 ? '' : repeated(`"," ws ${expression}`, Math.max(0, min - 1), max - 1);
  const all = `${expression} ${more}`.trimEnd();
  return min === 0 ? `(${all})?` : all;
}

/**
 * One of many texts. They share what they begin with, so that llama.cpp follows a few of them at a time and not a
 * thousand, each at every token.
 */
export function oneOfTexts(texts: readonly string[]): Gbnf | undefined {
  const all = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
  return all.length === 0 ? undefined : suffixes(all.map((text) => [...text]));
}

/** @param texts in order, as characters */
function suffixes(texts: readonly (readonly string[])[]): Gbnf {
  const [first = [], last = []] = [texts[0], texts.at(-1)];
  if (texts.length === 1) return literal(first.join(''));
  let shared = 0;
  while (shared < first.length && first[shared] === last[shared]) shared++;
  const rests = texts.map((text) => text.slice(shared));
  const hasEnd = rests.some((rest) => rest.length === 0);
  const branches = `(${[...byFirst(rests).values()].map(suffixes).join(' | ')})${hasEnd ? '?' : ''}`;
  return shared === 0 ? branches : `${literal(first.slice(0, shared).join(''))} ${branches}`;
}

/** A character that may stand in a JSON text as it is. */
const PLAIN = '"\\\\\\x7F\\x00-\\x1F';

/** A JSON text that is none of `texts`, written without escapes. */
export function otherText(texts: readonly string[]): Gbnf {
  // What has to be escaped can't be written here anyway.
  const known = [...new Set(texts)]
    .filter((text) => !/["\\\x00-\x1f\x7f]/.test(text))
    .map((text) => [...text]);
  return `"\\"" ${otherEnd(known)} "\\""`;
}

function otherEnd(texts: readonly (readonly string[])[]): Gbnf {
  if (texts.length === 0) return `[^${PLAIN}]*`;
  const groups = [...byFirst(texts)];
  const branches = groups.map(
    ([first, group]) => `${literal(first)} ${otherEnd(group.map((text) => text.slice(1)))}`,
  );
  const others = groups.map(([first]) => (/[\]^-]/.test(first) ? `\\x${hex(first)}` : first));
  const mayEnd = texts.every((text) => text.length > 0);
  return `(${[...branches, `[^${PLAIN}${others.join('')}] [^${PLAIN}]*`].join(' | ')})${mayEnd ? '?' : ''}`;
}

/** Texts that aren't empty, by their first character. */
function byFirst(texts: readonly (readonly string[])[]): ReadonlyMap<string, (readonly string[])[]> {
  const groups = new Map<string, (readonly string[])[]>();
  for (const text of texts) {
    const [first] = text;
    if (first === undefined) continue;
    const group = groups.get(first) ?? [];
    groups.set(first, group);
    group.push(text);
  }
  return groups;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}

/** Characters of the rule `block`. */
export const BLOCK = 1000;

/** Rules that grammars of JSON share. `ws`: one line break with its indentation at most, or models fill pages with it. */
export const JSON_RULES: Readonly<Record<string, Gbnf>> = {
  ws: '| " " | "\\n" [ \\t]{0,20}',
  value: 'object | array | string | number | boolean | null',
  object: '"{" ws (member ("," ws member)* ws)? "}"',
  member: 'string ":" " "? value',
  array: '"[" ws (value ("," ws value)* ws)? "]"',
  string: '"\\"" char* "\\""',
  // Escapes of half a surrogate pair are left out: they are no character.
  char: `[^${PLAIN}] | "\\\\" ["\\\\/bfnrt] | "\\\\u" ([0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2})`,
  block: `char{${BLOCK}}`,
  number: 'integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?',
  integer: '"-"? ("0" | [1-9] [0-9]{0,14})',
  boolean: '"true" | "false"',
  null: '"null"',
  date: '"\\"" day "\\""',
  time: '"\\"" clock "\\""',
  'date-time': '"\\"" day "T" clock "\\""',
  // Of the versions and the variant that there are: many readers refuse others.
  uuid: '"\\"" [0-9a-f]{8} "-" [0-9a-f]{4} "-" [1-8] [0-9a-f]{3} "-" [89ab] [0-9a-f]{3} "-" [0-9a-f]{12} "\\""',
  email:
    '"\\"" [a-zA-Z0-9_] [a-zA-Z0-9_+-]{0,29} ("." [a-zA-Z0-9_+-]{1,30})? "@" (label "."){1,3} [a-zA-Z]{2,10} "\\""',
  hostname: '"\\"" label ("." label){0,5} "\\""',
  ipv4: '"\\"" octet ("." octet){3} "\\""',
  label: '[a-zA-Z0-9] ([a-zA-Z0-9-]{0,28} [a-zA-Z0-9])?',
  octet: '"25" [0-5] | "2" [0-4] [0-9] | "1" [0-9] [0-9] | [1-9]? [0-9]',
  day: '[0-9]{4} "-" ("02" "-" ("0" [1-9] | "1" [0-9] | "2" [0-8]) | ("04" | "06" | "09" | "11") "-" ("0" [1-9] | [12] [0-9] | "30") | ("01" | "03" | "05" | "07" | "08" | "10" | "12") "-" ("0" [1-9] | [12] [0-9] | "3" [01]))',
  clock:
    '("0" [0-9] | "1" [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,3})? ("Z" | [-+] ("0" [0-9] | "1" [0-9] | "2" [0-3]) ":" [0-5] [0-9])',
};
