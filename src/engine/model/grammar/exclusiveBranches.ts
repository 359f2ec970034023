import { isSame, JSON_TYPES, typesOf, valuesOf, type Facts, type JsonType } from './schemaKeywords.js';
import type { Schema, SchemaObject } from './schemaTree.js';

/** One way to satisfy a schema of `oneOf`: schemas that all apply, and what they say together. */
export interface Branch {
  readonly parts: readonly SchemaObject[];
  readonly facts: Facts;
}

/**
 * Reads `oneOf` exactly, as a grammar can't say "and not the other one": each branch is narrowed until none of its
 * values is valid against another one.
 * @param branches for each schema of `oneOf` its alternatives
 * @param resolved follows a schema's `$ref`
 * @returns the alternatives, or which two schemas of `oneOf` can't be told apart
 */
export function exclusiveBranches(
  branches: readonly (readonly Branch[])[],
  resolved: (schema: Schema) => Schema,
): readonly (readonly SchemaObject[])[] | { readonly overlap: readonly [number, number] } {
  const narrowed: (readonly SchemaObject[])[] = [];
  for (const [index, alternatives] of branches.entries())
    for (const branch of alternatives) {
      const forbidden: Record<string, false> = {};
      const required: string[] = [];
      for (const [other, others] of branches.entries()) {
        if (other === index) continue;
        for (const each of others) {
          const rule = separation(branch, each, resolved);
          if (rule === undefined) return { overlap: [index, other] };
          if (rule.forbidden !== undefined) forbidden[rule.forbidden] = false;
          if (rule.required !== undefined) required.push(rule.required);
        }
      }
      const hasRules = required.length > 0 || Object.keys(forbidden).length > 0;
      narrowed.push(hasRules ? [...branch.parts, { properties: forbidden, required }] : branch.parts);
    }
  return narrowed;
}

/** A property that a branch must not have, or has to have, so that it excludes another one. */
interface Separation {
  readonly forbidden?: string;
  readonly required?: string;
}

/** What keeps values of `own` from being valid against `other`; `undefined` where nothing does. */
function separation(
  own: Branch,
  other: Branch,
  resolved: (schema: Schema) => Schema,
): Separation | undefined {
  const allowed = declaredTypes(other.parts);
  const shared = [...own.facts.types].filter((type) => allowed.has(type));
  if (shared.length === 0) return {};
  const [values, others] = [own.facts.values, other.facts.values];
  if (values !== undefined && others !== undefined) return haveCommon(values, others) ? undefined : {};
  if (shared.some((type) => type !== 'object'))
    return shared.length === 1 && shared[0] === 'number' && areApart(own.facts, other.facts) ? {} : undefined;
  return objectSeparation(own, other, resolved);
}

function objectSeparation(
  { facts }: Branch,
  { facts: others, parts }: Branch,
  resolved: (schema: Schema) => Schema,
): Separation | undefined {
  const isTag = (name: string, schemas: readonly Schema[]): boolean => {
    const known = others.properties.get(name);
    return known !== undefined && areDisjoint(schemas.map(resolved), known.map(resolved));
  };
  // A tag is a property that both know, with other values. One of both has to require it.
  const isRequired = (name: string): boolean => facts.required.has(name) || others.required.has(name);
  let free: string | undefined;
  for (const [name, schemas] of facts.properties) {
    if (free !== undefined && !isRequired(name)) continue;
    if (!isTag(name, schemas)) continue;
    if (isRequired(name)) return {};
    free = name;
  }
  if (free !== undefined) return { required: free };
  const isRefused = (name: string): boolean =>
    parts.some(({ additionalProperties, properties }) => {
      const isNamed =
        typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name);
      return additionalProperties === false && !isNamed;
    });
  if ([...facts.required].some(isRefused)) return {};
  const missing = [...others.required].filter((name) => !facts.required.has(name));
  const name = missing.find((each) => !facts.properties.has(each)) ?? missing[0];
  return name === undefined ? undefined : { forbidden: name };
}

/** Whether no value is valid against both, as far as types and listed values say. */
function areDisjoint(some: readonly Schema[], others: readonly Schema[]): boolean {
  if (some.includes(false) || others.includes(false)) return true;
  const [own, other] = [objects(some), objects(others)];
  const otherTypes = declaredTypes(other);
  if (![...declaredTypes(own)].some((type) => otherTypes.has(type))) return true;
  const lists = other.flatMap(valuesOf);
  return own.flatMap(valuesOf).some((values) => lists.some((list) => !haveCommon(values, list)));
}

function objects(schemas: readonly Schema[]): readonly SchemaObject[] {
  return schemas.filter((schema) => typeof schema === 'object');
}

/** The types that schemas name: without one, every value may be valid. */
function declaredTypes(parts: readonly SchemaObject[]): ReadonlySet<JsonType> {
  const named = parts.map(typesOf).filter((each) => each !== undefined);
  return new Set(JSON_TYPES.filter((type) => named.every(({ types }) => types.has(type))));
}

function haveCommon(values: readonly unknown[], others: readonly unknown[]): boolean {
  return values.some((value) => others.some((other) => isSame(value, other)));
}

function areApart({ number: one }: Facts, { number: other }: Facts): boolean {
  const isBelow = (low: Facts['number'], high: Facts['number']): boolean => {
    const [max, min] = [low.max ?? Infinity, high.min ?? -Infinity];
    return max < min || (max === min && (low.isMaxExcluded === true || high.isMinExcluded === true));
  };
  return isBelow(one, other) || isBelow(other, one);
}
