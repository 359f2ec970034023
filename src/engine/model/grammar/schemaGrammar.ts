import { choice, JSON_RULES, list, literal, otherText, repeated, type Gbnf } from './gbnf.js';
import type { Range } from './schemaKeywords.js';
import { SchemaRules, type Entry, type Form, type Rule } from './schemaRules.js';
import { SchemaError, SchemaTree, type SchemaObject } from './schemaTree.js';

/**
 * The grammar of the JSON that is valid against a schema, in llama.cpp's notation. Properties are written in the
 * schema's order, also those that aren't required, except where that would have no end.
 * @param isLenient whether what can't be enforced is left out instead of refused
 * @throws SchemaError for what can't be enforced, isn't a schema, or is valid for no JSON at all
 */
export function schemaGrammar(schema: SchemaObject, isLenient: boolean): string {
  const tree = new SchemaTree(schema);
  const all = new SchemaRules(tree, isLenient);
  const root = all.of([schema]);
  const rules = [...all.rules.values()];
  const writer = new RuleWriter(rules);
  if (!writer.canEnd(root)) throw new SchemaError('No JSON is valid against this schema, or none that ends.');
  const lines = rules.flatMap((rule) => writer.write(rule));
  const shared = Object.entries(JSON_RULES).map(([name, gbnf]) => `${name} ::= ${gbnf}`);
  return [`root ::= ${root.name}`, ...lines, ...shared].join('\n');
}

/** Writes rules, without what no finite JSON text can have. */
class RuleWriter {
  /** Rules of which there is a finite text, and those of which there is one with all properties. */
  private readonly finite: ReadonlySet<Rule>;
  private readonly complete: ReadonlySet<Rule>;

  constructor(rules: readonly Rule[]) {
    this.finite = finiteRules(rules, (entry) => entry.isRequired);
    this.complete = finiteRules(rules, () => true);
  }

  canEnd(rule: Rule): boolean {
    return isFinite(rule, this.finite);
  }

  write(rule: Rule): readonly string[] {
    const forms = rule.forms.map((form) => this.form(form)).filter((gbnf) => gbnf !== undefined);
    const all = choice(forms);
    return all === undefined ? [] : [`${rule.name} ::= ${all}`];
  }

  private form(form: Form): Gbnf | undefined {
    switch (form.kind) {
      case 'text':
        return form.gbnf;
      case 'object':
        return this.object(form);
      case 'array':
        return this.array(form);
    }
  }

  private object({ entries, others, count }: Extract<Form, { readonly kind: 'object' }>): Gbnf | undefined {
    if (entries.some(({ rule, isRequired }) => isRequired && !this.canEnd(rule))) return undefined;
    const written = mostEntries(
      entries.filter(({ rule }) => this.canEnd(rule)),
      count.max,
    );
    if (written.length > count.max) return undefined;
    const isOptional = ({ rule, isRequired }: Entry): boolean =>
      !isRequired && !isFinite(rule, this.complete);
    const always = written.filter((entry) => !isOptional(entry)).length;
    const missing = Math.max(0, count.min - always);
    const isOpen = others !== undefined && this.canEnd(others);
    if (missing > 0 && !isOpen) return undefined;
    const other = isOpen
      ? `${otherText(entries.map(({ name }) => name))} ":" " "? ${others.name}`
      : undefined;
    const members = membersOf(
      written.map((entry) => ({ gbnf: member(entry), isOptional: isOptional(entry) })),
      other,
      { min: missing, max: count.max - written.length },
    );
    return `"{" ws ${members} "}"`;
  }

  private array({ prefix, rest, count }: Extract<Form, { readonly kind: 'array' }>): Gbnf | undefined {
    const end = prefix.findIndex((rule) => !this.canEnd(rule));
    const isCut = end >= 0;
    const written = (isCut ? prefix.slice(0, end) : prefix).slice(0, Math.min(prefix.length, count.max));
    const isOpen = !isCut && rest !== undefined && this.canEnd(rest);
    if (count.min > count.max || (!isOpen && count.min > written.length)) return undefined;
    const min = Math.max(0, count.min - written.length);
    const max = isOpen ? count.max - written.length : 0;
    const head = written.map(({ name }) => name).join(' "," ws ');
    if (!isOpen || max === 0) return head === '' ? '"[" ws "]"' : `"[" ws ${head} ws "]"`;
    if (head === '') {
      const items = list(rest.name, Math.max(1, min), max);
      return min === 0 ? `"[" ws (${items} ws)? "]"` : `"[" ws ${items} ws "]"`;
    }
    return `"[" ws ${head} ${repeated(`"," ws ${rest.name}`, min, max)} ws "]"`;
  }
}

function member({ name, rule }: Entry): Gbnf {
  return `${literal(JSON.stringify(name))} ":" " "? ${rule.name}`;
}

/** Of more properties than there may be the last ones are left out that aren't required. */
function mostEntries(entries: readonly Entry[], max: number): readonly Entry[] {
  let surplus = entries.length - max;
  return entries
    .toReversed()
    .filter(({ isRequired }) => isRequired || surplus-- <= 0)
    .toReversed();
}

interface Member {
  readonly gbnf: Gbnf;
  readonly isOptional: boolean;
}

/** An object's members with the commas between them; the first one that is there has none before it. */
function membersOf(members: readonly Member[], other: Gbnf | undefined, others: Range): Gbnf {
  const isOpen = other !== undefined && others.max > 0;
  const more = isOpen ? [repeated(`"," ws ${other}`, others.min, others.max)] : [];
  const first = members.findIndex(({ isOptional }) => !isOptional);
  if (first >= 0) {
    const all = members.map(({ gbnf, isOptional }, index) => {
      if (index < first) return `(${gbnf} "," ws)?`;
      if (index === first) return gbnf;
      return isOptional ? `("," ws ${gbnf})?` : `"," ws ${gbnf}`;
    });
    return [...all, ...more, 'ws'].join(' ');
  }
  // Where any may be missing: whichever comes first, and what may follow it.
  const starts = members.map(({ gbnf }, index) =>
    [gbnf, ...members.slice(index + 1).map((each) => `("," ws ${each.gbnf})?`), ...more].join(' '),
  );
  const only = isOpen ? list(other, Math.max(1, others.min), others.max) : undefined;
  const all = choice([...starts, ...(only === undefined ? [] : [only])]);
  if (all === undefined) return '';
  return others.min === 0 ? `(${all} ws)?` : `${all} ws`;
}

/** Rules of which there is a finite text, where the entries are written that `isWritten` says. */
function finiteRules(rules: readonly Rule[], isWritten: (entry: Entry) => boolean): ReadonlySet<Rule> {
  const known = new Set<Rule>();
  const isKnown = (rule: Rule): boolean => isFinite(rule, known);
  const ends = (form: Form): boolean => {
    switch (form.kind) {
      case 'text':
        return true;
      case 'object':
        return (
          form.entries.every((entry) => !isWritten(entry) || isKnown(entry.rule)) &&
          form.entries.filter(({ isRequired }) => isRequired).length <= form.count.max &&
          form.count.min <= form.count.max &&
          (form.count.min <= form.entries.length || (form.others !== undefined && isKnown(form.others)))
        );
      case 'array': {
        const needed = form.prefix.slice(0, form.count.min);
        const isMore = form.count.min > form.prefix.length;
        if (form.count.min > form.count.max) return false;
        return needed.every(isKnown) && (!isMore || (form.rest !== undefined && isKnown(form.rest)));
      }
    }
  };
  for (let before = -1; before < known.size;) {
    before = known.size;
    for (const rule of rules) if (!known.has(rule) && rule.forms.some(ends)) known.add(rule);
  }
  return known;
}

/** The rule of any value isn't one of a schema's. */
function isFinite(rule: Rule, known: ReadonlySet<Rule>): boolean {
  return rule.name === 'value' || known.has(rule);
}
