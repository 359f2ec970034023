import { SchemaError, asSchema, type Schema, type SchemaObject, type SchemaTree } from './schemaTree.js';
import { exclusiveBranches } from './exclusiveBranches.js';
import type { Gbnf } from './gbnf.js';
import {
  arrayFacts,
  isSame,
  JSON_TYPES,
  meantTypes,
  narrow,
  narrowNumber,
  objectFacts,
  typeOf,
  typesOf,
  valuesOf,
  type Bounds,
  type Facts,
} from './schemaKeywords.js';
import { patternGrammar, PatternError } from './patternGrammar.js';
import { isKnownFormat, refuseUnenforceable, unenforceable } from './unenforceable.js';

/** Alternatives of one value that `anyOf` and `oneOf` may add up to, those of several multiplied. */
const MAX_ALTERNATIVES = 4096;

/** Reads what schemas say of a value. */
export class FactsReader {
  /** @param isLenient whether what can't be enforced is left out instead of refused */
  constructor(
    private readonly tree: SchemaTree,
    private readonly isLenient: boolean,
  ) {}

  /**
   * The alternatives that a value has to which all of the schemas apply.
   * @throws SchemaError for what isn't a schema, or can't be enforced
   */
  alternatives(schemas: readonly Schema[]): readonly Facts[] {
    const all = schemas.reduce<Alternatives>((so, each) => product(so, this.expand(each, [])), [[]]);
    return all.map((parts) => this.facts(parts)).filter((facts) => facts.types.size > 0);
  }

  /** What `$ref`, `allOf`, `anyOf` and `oneOf` lead to: alternatives, each of schemas that all apply. */
  private expand(schema: Schema, path: readonly SchemaObject[]): Alternatives {
    if (typeof schema === 'boolean') return schema ? [[]] : [];
    if (path.includes(schema))
      throw new SchemaError(`"$ref" at ${this.tree.pointerTo(schema)} leads back to itself.`);
    const inner = (each: unknown, keyword: string): Alternatives =>
      this.expand(asSchema(each, `a part of "${keyword}" at ${this.tree.pointerTo(schema)}`), [
        ...path,
        schema,
      ]);
    let all: Alternatives = [[schema]];
    const { $ref, allOf } = schema;
    if (typeof $ref === 'string') all = product(all, inner(this.referred($ref, schema), '$ref'));
    for (const each of Array.isArray(allOf) ? (allOf as readonly unknown[]) : [])
      all = product(all, inner(each, 'allOf'));
    const { anyOf, oneOf } = schema;
    if (Array.isArray(anyOf))
      all = product(
        all,
        anyOf.flatMap((each) => inner(each, 'anyOf')),
      );
    if (Array.isArray(oneOf))
      all = product(
        all,
        this.exclusive(
          schema,
          oneOf.map((each) => inner(each, 'oneOf')),
        ),
      );
    return all;
  }

  /** The alternatives of `oneOf`; no value of one is valid against another of its schemas. */
  private exclusive(schema: SchemaObject, choices: readonly Alternatives[]): Alternatives {
    if (this.isLenient) return choices.flat();
    const lenient = new FactsReader(this.tree, true);
    const branches = choices.map((alternatives) =>
      alternatives
        .map((parts) => ({ parts, facts: lenient.facts([schema, ...parts]) }))
        .filter(({ facts }) => facts.types.size > 0),
    );
    const found = exclusiveBranches(branches, (each) => this.resolved(each));
    if (!('overlap' in found)) return found;
    throw new SchemaError(
      `"oneOf" at ${this.tree.pointerTo(schema)} can't be enforced: a value may be valid against both of its schemas ${found.overlap.join(' and ')}. Give each a required property with a "const" of its own, or send "anyOf".`,
    );
  }

  /** What a schema that is only a reference leads to. */
  private resolved(schema: Schema): Schema {
    const seen = new Set<Schema>();
    let found = schema;
    while (typeof found === 'object' && typeof found['$ref'] === 'string' && !seen.has(found)) {
      seen.add(found);
      found = this.tree.resolve(found['$ref'], found) ?? true;
    }
    return found;
  }

  private referred(reference: string, part: SchemaObject): Schema {
    const found = this.tree.resolve(reference, part);
    if (found !== undefined || this.isLenient) return found ?? true;
    throw new SchemaError(
      `"$ref": "${reference}" leads to nothing in this schema. Put what it means under "$defs".`,
    );
  }

  /** @param isFree whether nothing but a pattern restricts a string */
  private pattern(parts: readonly SchemaObject[], isFree: boolean): Gbnf | undefined {
    const [part, ...others] = parts.filter(({ pattern }) => typeof pattern === 'string');
    if (part === undefined) return undefined;
    let why = ' beside another one, a length or values';
    try {
      if (others.length === 0 && isFree) return patternGrammar(String(part['pattern']));
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      why = `: it ${error.reason}`;
    }
    if (!this.isLenient) throw unenforceable('pattern', this.tree.pointerTo(part), why);
    return undefined;
  }

  private facts(parts: readonly SchemaObject[]): Facts {
    const named = parts.map(typesOf).filter((each) => each !== undefined);
    const types = new Set(named.length === 0 ? meantTypes(parts) : JSON_TYPES);
    const length = { min: 0, max: Infinity };
    const propertyCount = { min: 0, max: Infinity };
    const itemCount = { min: 0, max: Infinity };
    const number: Bounds = {};
    const isInteger =
      named.some((each) => each.isInteger) || parts.some(({ multipleOf }) => multipleOf === 1);
    for (const each of named) for (const type of types) if (!each.types.has(type)) types.delete(type);
    let values: readonly unknown[] | undefined;
    let format: string | undefined;
    for (const part of parts) {
      narrow(length, part, 'minLength', 'maxLength');
      narrow(propertyCount, part, 'minProperties', 'maxProperties');
      narrow(itemCount, part, 'minItems', 'maxItems');
      narrowNumber(number, part);
      if (isKnownFormat(part['format'])) format = part['format'];
      for (const each of valuesOf(part))
        values =
          values === undefined ? each : values.filter((value) => each.some((other) => isSame(value, other)));
    }
    const given = values?.map(typeOf);
    for (const type of types) if (given?.includes(type) === false) types.delete(type);
    if (!this.isLenient)
      for (const part of parts) refuseUnenforceable(part, types, this.tree.pointerTo(part));
    const isFree = values === undefined && length.min === 0 && length.max === Infinity;
    const pattern = types.has('string') ? this.pattern(parts, isFree) : undefined;
    const objects = objectFacts(parts);
    const arrays = arrayFacts(parts);
    return {
      types,
      isInteger,
      values,
      length,
      format,
      pattern,
      number,
      propertyCount,
      itemCount,
      ...objects,
      ...arrays,
    };
  }
}

type Alternatives = readonly (readonly SchemaObject[])[];

function product(some: Alternatives, others: Alternatives): Alternatives {
  if (some.length * others.length > MAX_ALTERNATIVES)
    throw new SchemaError(
      `"anyOf" and "oneOf" add up to more than ${MAX_ALTERNATIVES} alternatives of one value.`,
    );
  return some.flatMap((one) => others.map((other) => [...one, ...other]));
}
