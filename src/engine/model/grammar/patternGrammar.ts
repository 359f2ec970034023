import { literal, type Gbnf } from './gbnf.js';

/** A regular expression that a grammar has no words for. */
export class PatternError extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'PatternError';
  }
}

type CodeRange = readonly [from: number, to: number];

const LAST = 0x10ffff;
const DIGITS: readonly CodeRange[] = [[0x30, 0x39]];
const WORD: readonly CodeRange[] = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACE: readonly CodeRange[] = [
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x3000, 0x3000],
];
const LINE_ENDS: readonly CodeRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const CLASSES: Readonly<Record<string, readonly CodeRange[]>> = {
  d: DIGITS,
  w: WORD,
  s: SPACE,
  D: others(DIGITS),
  W: others(WORD),
  S: others(SPACE),
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' };
/** What a string of JSON can't have as it is, except its quote and backslash, has no place in an answer. */
const WRITABLE: readonly CodeRange[] = [
  [0x20, 0x21],
  [0x23, 0x5b],
  [0x5d, 0x7e],
  [0x80, 0xd7ff],
  [0xe000, LAST],
];
const WRITTEN_AS: readonly (readonly [character: string, json: string])[] = ['"', '\\', '\n', '\r', '\t'].map(
  (character) => [character, JSON.stringify(character).slice(1, -1)],
);
/** llama.cpp refuses grammars with many more repetitions of one thing. */
const MAX_REPETITIONS = 1000;
/** Each character becomes a rule's element, which takes llama.cpp time. */
const MAX_PATTERN_LENGTH = 2000;

/**
 * What a regular expression of a JSON schema matches, between the quotes of a JSON string. The expression may match
 * anywhere in a text, as JSON Schema says, unless it has `^` and `$`.
 * @throws PatternError
 */
export function patternGrammar(pattern: string): Gbnf {
  if (pattern.length > MAX_PATTERN_LENGTH)
    throw new PatternError(`is longer than ${MAX_PATTERN_LENGTH} characters`);
  if (!isValid(pattern, 'u') && !isValid(pattern, '')) throw new PatternError('is no regular expression');
  return new PatternReader(pattern).read();
}

function isValid(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Reads a valid expression. */
class PatternReader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  read(): Gbnf {
    const alternatives = [this.anchored()];
    while (this.take('|')) alternatives.push(this.anchored());
    return `(${alternatives.join(' | ')})`;
  }

  private anchored(): Gbnf {
    const start = this.take('^') ? '' : 'char*';
    const parts = this.sequence();
    const end = this.take('$') ? '' : 'char*';
    return [start, ...parts, end].filter((part) => part !== '').join(' ') || '""';
  }

  private group(): Gbnf {
    const alternatives = [this.sequence()];
    while (this.take('|')) alternatives.push(this.sequence());
    if (!this.take(')')) throw new PatternError('has "^" or "$" inside a group');
    return `(${alternatives.map((parts) => (parts.length === 0 ? '""' : parts.join(' '))).join(' | ')})`;
  }

  private sequence(): readonly Gbnf[] {
    const parts: Gbnf[] = [];
    for (let next = this.peek(); next !== undefined && !'|)$^'.includes(next); next = this.peek())
      parts.push(this.quantified(this.atom()));
    return parts;
  }

  private atom(): Gbnf {
    if (this.takeMatch(/^\((?:\?:|\?<\w+>)?(?!\?)/u)) return this.group();
    if (this.take('(')) throw new PatternError('looks ahead or behind');
    if (this.take('.')) return charactersOf(others(LINE_ENDS));
    const set = this.takeMatch(/^\[(\^?)((?:\\.|[^\]\\])*)\]/su);
    if (set) {
      const ranges = rangesOf(set[2] ?? '');
      return charactersOf(set[1] === '^' ? others(ranges) : ranges);
    }
    return charactersOf(this.character());
  }

  private character(): readonly CodeRange[] {
    const [found = ''] = this.takeMatch(ONE) ?? [];
    return meaningOf(found);
  }

  private quantified(part: Gbnf): Gbnf {
    const [mark, min, range, max = ''] = this.takeMatch(/^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/u) ?? [];
    if (mark === undefined) return part;
    if (min === undefined) return `(${part})${mark.charAt(0)}`;
    const most = range === undefined ? min : max;
    if (Number(min) > MAX_REPETITIONS || Number(most) > MAX_REPETITIONS)
      throw new PatternError(`repeats something more than ${MAX_REPETITIONS} times`);
    return `(${part}){${min},${most}}`;
  }

  private peek(): string | undefined {
    return this.pattern[this.at];
  }

  private take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private takeMatch(expression: RegExp): RegExpExecArray | undefined {
    const found = expression.exec(this.pattern.slice(this.at));
    this.at += found?.[0].length ?? 0;
    return found ?? undefined;
  }
}

/** A character or an escape. */
const ONE = /^(?:\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[pP]\{[^}]*\}|\\[^]|[^])/u;

function meaningOf(written: string): readonly CodeRange[] {
  if (!written.startsWith('\\')) return single(written.codePointAt(0) ?? 0);
  const kind = written.charAt(1);
  const known = CLASSES[kind];
  if (known !== undefined) return known;
  if (kind === 'u' || kind === 'x') return single(parseInt(written.replace(/[^0-9a-fA-F]/g, ''), 16));
  if (/[pPbBk1-9]/.test(kind)) throw new PatternError(`has ${written}`);
  return single((ESCAPES[kind] ?? kind).codePointAt(0) ?? 0);
}

/** What a set has between its brackets. */
function rangesOf(set: string): readonly CodeRange[] {
  const parts: string[] = [];
  for (let rest = set; rest !== ''; rest = rest.slice(parts.at(-1)?.length))
    parts.push(ONE.exec(rest)?.[0] ?? rest);
  const ranges: CodeRange[] = [];
  for (let index = 0; index < parts.length; index++) {
    const own = meaningOf(parts[index] ?? '');
    const last = parts[index + 2];
    const [[from] = [0]] = own;
    if (parts[index + 1] === '-' && last !== undefined && own.length === 1) {
      const [[, to] = [0, 0]] = meaningOf(last);
      ranges.push([from, to]);
      index += 2;
    } else ranges.push(...own);
  }
  return ranges;
}

/** One of the characters, as JSON writes them. */
function charactersOf(ranges: readonly CodeRange[]): Gbnf {
  const written = WRITABLE.flatMap(([first, last]) =>
    ranges
      .map(([from, to]) => [Math.max(from, first), Math.min(to, last)] as const)
      .filter(([from, to]) => from <= to),
  );
  const escapes = WRITTEN_AS.filter(([character]) => {
    const code = character.charCodeAt(0);
    return ranges.some(([from, to]) => code >= from && code <= to);
  }).map(([, json]) => literal(json));
  const set = written.map(([from, to]) => (from === to ? code(from) : `${code(from)}-${code(to)}`)).join('');
  const all = [...(set === '' ? [] : [`[${set}]`]), ...escapes];
  if (all.length === 0) throw new PatternError('needs a character that JSON can’t have');
  return all.length === 1 ? (all[0] ?? '') : `(${all.join(' | ')})`;
}

function code(point: number): string {
  return `\\U${point.toString(16).padStart(8, '0')}`;
}

function single(point: number): readonly CodeRange[] {
  return [[point, point]];
}

function others(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const found: CodeRange[] = [];
  let next = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from > next) found.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next > LAST ? found : [...found, [next, LAST]];
}
