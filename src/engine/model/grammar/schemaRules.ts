import { BLOCK, oneOfTexts, repeated, type Gbnf } from './gbnf.js';
import { integersWithin, numbersWithin } from './numberRange.js';
import { FactsReader } from './schemaFacts.js';
import type { Facts, Range } from './schemaKeywords.js';
import { isAllowed } from './schemaValues.js';
import { SchemaError, type Schema, type SchemaTree } from './schemaTree.js';
import { isFormatWithin } from './unenforceable.js';

/** What a rule may be: a text of its own, or made from other rules. */
export type Form =
  | { readonly kind: 'text'; readonly gbnf: Gbnf }
  | {
      readonly kind: 'object';
      readonly entries: readonly Entry[];
      /** What other properties are; `undefined` = there are none. */
      readonly others: Rule | undefined;
      readonly count: Range;
    }
  | {
      readonly kind: 'array';
      readonly prefix: readonly Rule[];
      /** What further items are; `undefined` = there are none. */
      readonly rest: Rule | undefined;
      readonly count: Range;
    };

export interface Entry {
  readonly name: string;
  readonly rule: Rule;
  readonly isRequired: boolean;
}

/** A value's alternatives. Rules refer to each other, in circles too. */
export class Rule {
  forms: readonly Form[] = [];
  constructor(readonly name: string) {}
}

/** llama.cpp refuses grammars with many more repetitions of one thing. */
const MAX_REPETITIONS = 1000;

/** Turns the parts of a schema into rules, each combination of parts into one. */
export class SchemaRules {
  readonly rules = new Map<string, Rule>();
  private readonly reader: FactsReader;
  private readonly any: Rule;

  constructor(
    private readonly tree: SchemaTree,
    private readonly isLenient: boolean,
  ) {
    this.reader = new FactsReader(tree, isLenient);
    this.any = new Rule('value');
    this.any.forms = [{ kind: 'text', gbnf: 'value' }];
  }

  /** The rule of a value to which all of the schemas apply; without forms where no value can be. */
  of(schemas: readonly Schema[]): Rule {
    const parts = [...new Set(schemas.filter((schema) => schema !== true))];
    if (parts.length === 0) return this.any;
    const ids = parts.map((part) => (part === false ? -1 : this.tree.idOf(part)));
    const key = ids.sort((a, b) => a - b).join();
    const known = this.rules.get(key);
    if (known !== undefined) return known;
    const rule = new Rule(`part${this.rules.size}`);
    this.rules.set(key, rule);
    rule.forms = this.reader.alternatives(parts).flatMap((facts) => this.forms(facts));
    return rule;
  }

  private forms(facts: Facts): readonly Form[] {
    if (facts.values !== undefined) {
      const allowed = facts.values.filter((value) => isAllowed(value, facts, this.reader));
      const gbnf = oneOfTexts(allowed.map((value) => JSON.stringify(value)));
      return gbnf === undefined ? [] : [{ kind: 'text', gbnf }];
    }
    const isAny = facts.types.size === 6 && !facts.isInteger;
    if (isAny) return [{ kind: 'text', gbnf: 'value' }];
    return [...facts.types].flatMap((type): readonly Form[] => {
      switch (type) {
        case 'object':
          return this.object(facts);
        case 'array':
          return this.array(facts);
        case 'string':
          return this.texts(text(facts, this.isLenient));
        case 'number':
          return this.texts(number(facts));
        default:
          return this.texts(type);
      }
    });
  }

  private texts(gbnf: Gbnf | undefined): readonly Form[] {
    return gbnf === undefined ? [] : [{ kind: 'text', gbnf }];
  }

  private object({ properties, required, additional, propertyCount }: Facts): readonly Form[] {
    const isBare = properties.size === 0 && additional === undefined;
    if (isBare && propertyCount.min === 0 && propertyCount.max === Infinity)
      return [{ kind: 'text', gbnf: 'object' }];
    const count = this.repetitions(propertyCount, 'Properties');
    // A grammar can't tell whether two names are the same, so only one more property is sure to be one.
    if (!this.isLenient && count.min > properties.size + 1)
      throw new SchemaError(
        `"minProperties": ${count.min} can't be enforced. Name the properties, or leave it out.`,
      );
    const entries = [...properties].map(([name, schemas]) => ({
      name,
      rule: this.of(schemas),
      isRequired: required.has(name),
    }));
    // A schema that names its properties means those, unless it says what others are or has to have more.
    const isOpen = additional === undefined && (isBare || count.min > entries.length);
    const others = isOpen ? this.any : additional === undefined ? undefined : this.of(additional);
    return [{ kind: 'object', entries, others, count }];
  }

  private array({ prefix, items, itemCount }: Facts): readonly Form[] {
    if (prefix.length === 0 && items === undefined && itemCount.min === 0 && itemCount.max === Infinity)
      return [{ kind: 'text', gbnf: 'array' }];
    const count = this.repetitions(itemCount, 'Items');
    const isOpen = items === undefined && (prefix.length === 0 || count.min > prefix.length);
    const rest = isOpen ? this.any : items === undefined ? undefined : this.of(items);
    return [{ kind: 'array', prefix: prefix.map((schemas) => this.of(schemas)), rest, count }];
  }

  /** What a grammar may say: of a higher maximum, what is surely below it. */
  private repetitions({ min, max }: Range, what: string): Range {
    if (!this.isLenient) checkRepetitions(min, what);
    const isHigh = max > MAX_REPETITIONS && max < Infinity;
    return { min: Math.min(min, MAX_REPETITIONS), max: isHigh ? MAX_REPETITIONS : max };
  }
}

/** @throws SchemaError */
function checkRepetitions(min: number, what: string): void {
  if (min > MAX_REPETITIONS)
    throw new SchemaError(`"min${what}" can't be enforced above ${MAX_REPETITIONS}. Leave it out.`);
}

function text({ length: { min, max }, format, pattern }: Facts, isLenient: boolean): Gbnf | undefined {
  if (pattern !== undefined) return `"\\"" ${pattern} "\\""`;
  if (max < min) return undefined;
  if (format !== undefined && (isLenient || isFormatWithin(format, { min, max }))) return format;
  if (format !== undefined)
    throw new SchemaError(
      `"format": "${format}" can't be enforced beside this length. Leave one of them out, and check the answer yourself.`,
    );
  if (min === 0 && max === Infinity) return 'string';
  if (min > MAX_REPETITIONS && isLenient) return 'string';
  checkRepetitions(min, 'Length');
  if (max <= MAX_REPETITIONS || max === Infinity) return `"\\"" ${repeated('char', min, max)} "\\""`;
  // Whole blocks, and what is left: up to the last block, which is close to the maximum.
  const blocks = Math.min(MAX_REPETITIONS, Math.floor(max / BLOCK) - 1);
  return `"\\"" ${repeated('block', 0, blocks)} ${repeated('char', min, BLOCK)} "\\""`;
}

function number({ isInteger, number: bounds }: Facts): Gbnf | undefined {
  if (bounds.min === undefined && bounds.max === undefined) return isInteger ? 'integer' : 'number';
  return isInteger ? integersWithin(bounds) : numbersWithin(bounds);
}
