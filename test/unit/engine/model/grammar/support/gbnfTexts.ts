/** Reads and writes texts of a grammar in llama.cpp's notation, as far as this project's grammars use it. */

type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'class';
      readonly isNegated: boolean;
      readonly ranges: readonly (readonly [number, number])[];
    }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly part: Expression; readonly min: number; readonly max: number };

/** What characters that a class only excludes are taken from. */
const SAMPLE = [...'aZ09 _-é中😀', 'x'];
const ROOT = { kind: 'rule', name: 'root' } as const;
/** Rules inside each other from which on the shortest way out is taken. */
const DEEP = 12;

export class GbnfTexts {
  private readonly rules = new Map<string, Expression>();
  private readonly heights = new Map<string, number>();

  /** @param random numbers from 0 to 1 */
  constructor(
    grammar: string,
    private readonly random: () => number,
  ) {
    for (const line of grammar.split('\n')) {
      const [name = '', text = ''] = line.split(/ ::= (.*)/s);
      this.rules.set(name, new Parser(text).parse());
    }
    for (let before = -1; before < this.heights.size;) {
      before = this.heights.size;
      for (const [name, rule] of this.rules) {
        const height = this.height(rule);
        if (!this.heights.has(name) && height < Infinity) this.heights.set(name, height + 1);
      }
    }
  }

  /** A random text of the grammar. */
  next(): string {
    return this.write(ROOT, 0);
  }

  /** Whether a text is one of the grammar's. */
  has(text: string): boolean {
    const characters = [...text];
    return this.ends(ROOT, characters, new Set([0])).has(characters.length);
  }

  /** Where `expression` may end that begins at one of `starts`. */
  private ends(
    expression: Expression,
    text: readonly string[],
    starts: ReadonlySet<number>,
  ): ReadonlySet<number> {
    switch (expression.kind) {
      case 'text': {
        const wanted = [...expression.text];
        const fits = (at: number): boolean => wanted.every((each, index) => text[at + index] === each);
        return new Set([...starts].filter(fits).map((at) => at + wanted.length));
      }
      case 'class':
        return new Set([...starts].filter((at) => isOf(expression, text[at])).map((at) => at + 1));
      case 'rule': {
        const rule = this.rules.get(expression.name);
        if (rule === undefined) throw new Error(`no rule ${expression.name}`);
        return starts.size === 0 ? starts : this.ends(rule, text, starts);
      }
      case 'sequence':
        return expression.parts.reduce((at, part) => this.ends(part, text, at), starts);
      case 'choice':
        return new Set(expression.parts.flatMap((part) => [...this.ends(part, text, starts)]));
      case 'repeat': {
        const { part, min, max } = expression;
        const found = new Set(min === 0 ? starts : []);
        let at = starts;
        for (let count = 1; count <= max && at.size > 0; count++) {
          at = this.ends(part, text, at);
          const before = found.size;
          if (count >= min) for (const each of at) found.add(each);
          if (count >= min && found.size === before) break;
        }
        return found;
      }
    }
  }

  private write(expression: Expression, depth: number): string {
    switch (expression.kind) {
      case 'text':
        return expression.text;
      case 'class':
        return this.character(expression);
      case 'rule': {
        const rule = this.rules.get(expression.name);
        if (rule === undefined) throw new Error(`no rule ${expression.name}`);
        return this.write(rule, depth + 1);
      }
      case 'sequence':
        return expression.parts.map((part) => this.write(part, depth)).join('');
      case 'choice':
        return this.write(this.chosen(expression.parts, depth), depth);
      case 'repeat': {
        const { part, min, max } = expression;
        const more = depth > DEEP ? 0 : Math.floor(this.random() * 4);
        const count = Math.min(max, min + more);
        return Array.from({ length: count }, () => this.write(part, depth)).join('');
      }
    }
  }

  private chosen(parts: readonly Expression[], depth: number): Expression {
    const ends = parts.filter((part) => this.height(part) < Infinity);
    const shortest = ends.toSorted((a, b) => this.height(a) - this.height(b))[0];
    const any = ends[Math.floor(this.random() * ends.length)];
    const found = depth > DEEP ? shortest : any;
    if (found === undefined) throw new Error('no alternative ends');
    return found;
  }

  /** Rules inside each other, at least. */
  private height(expression: Expression): number {
    switch (expression.kind) {
      case 'text':
      case 'class':
        return 0;
      case 'rule':
        return this.heights.get(expression.name) ?? Infinity;
      case 'sequence':
        return Math.max(0, ...expression.parts.map((part) => this.height(part)));
      case 'choice':
        return Math.min(...expression.parts.map((part) => this.height(part)));
      case 'repeat':
        return expression.min === 0 ? 0 : this.height(expression.part);
    }
  }

  private character(set: CharacterClass): string {
    const all = set.isNegated
      ? SAMPLE.filter((each) => isOf(set, each))
      : set.ranges.flatMap(([from, to]) => [from, to].map((code) => String.fromCodePoint(code)));
    return all[Math.floor(this.random() * all.length)] ?? '';
  }
}

type CharacterClass = Extract<Expression, { readonly kind: 'class' }>;

function isOf({ isNegated, ranges }: CharacterClass, character: string | undefined): boolean {
  const code = character?.codePointAt(0);
  if (code === undefined) return false;
  return ranges.some(([from, to]) => code >= from && code <= to) !== isNegated;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  parse(): Expression {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return { kind: 'choice', parts };
  }

  private sequence(): Expression {
    const parts: Expression[] = [];
    for (let part = this.item(); part !== undefined; part = this.item()) parts.push(part);
    return { kind: 'sequence', parts };
  }

  private item(): Expression | undefined {
    const single = this.single();
    if (single === undefined) return undefined;
    const [mark, , min = '', comma, max = ''] =
      /^(?:[*+?]|(\{)(\d+)(,?)(\d*)\})/.exec(this.text.slice(this.at)) ?? [];
    if (mark === undefined) return single;
    this.at += mark.length;
    if (mark === '*') return { kind: 'repeat', part: single, min: 0, max: Infinity };
    if (mark === '+') return { kind: 'repeat', part: single, min: 1, max: Infinity };
    if (mark === '?') return { kind: 'repeat', part: single, min: 0, max: 1 };
    const most = comma === '' ? Number(min) : max === '' ? Infinity : Number(max);
    return { kind: 'repeat', part: single, min: Number(min), max: most };
  }

  private single(): Expression | undefined {
    this.blanks();
    if (this.take('(')) {
      const inner = this.parse();
      if (!this.take(')')) throw new Error(`no ) at ${this.at} of ${this.text}`);
      return inner;
    }
    const rest = this.text.slice(this.at);
    const quoted = /^"((?:[^"\\]|\\.)*)"/su.exec(rest);
    if (quoted) {
      this.at += quoted[0].length;
      return {
        kind: 'text',
        text: [...characters(quoted[1] ?? '')].map((code) => String.fromCodePoint(code)).join(''),
      };
    }
    const set = /^\[(\^?)((?:[^\]\\]|\\.)*)\]/su.exec(rest);
    if (set) {
      this.at += set[0].length;
      return { kind: 'class', isNegated: set[1] === '^', ranges: rangesOf(set[2] ?? '') };
    }
    const name = /^[\w-]+/.exec(rest)?.[0];
    if (name === undefined) return undefined;
    this.at += name.length;
    return { kind: 'rule', name };
  }

  private take(text: string): boolean {
    this.blanks();
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private blanks(): void {
    while (this.text[this.at] === ' ') this.at++;
  }
}

function* characters(text: string): Iterable<number> {
  for (const [each] of text.matchAll(/\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\.|[^]/gu)) {
    const escaped = { '\\n': '\n', '\\t': '\t', '\\r': '\r' }[each];
    if (/^\\[xU]/.test(each)) yield parseInt(each.slice(2), 16);
    else yield (escaped ?? (each.startsWith('\\') ? each.slice(1) : each)).codePointAt(0) ?? 0;
  }
}

function rangesOf(text: string): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (const [, from = '', to] of text.matchAll(
    /(\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\.|[^])(?:-(\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\.|[^]))?/gu,
  )) {
    const [first = 0] = characters(from);
    const [last = first] = to === undefined ? [] : characters(to);
    ranges.push([first, last]);
  }
  return ranges;
}
