import type { Gbnf } from './gbnf.js';
import { SchemaError, asSchema, type Schema, type SchemaObject } from './schemaTree.js';

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export const JSON_TYPES: readonly JsonType[] = ['object', 'array', 'string', 'number', 'boolean', 'null'];

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Bounds of a number. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly isMinExcluded?: boolean;
  readonly isMaxExcluded?: boolean;
}

/** What an object has to be. */
interface ObjectFacts {
  /** By name, in the schema's order: what the property has to be, and those that have to be there. */
  readonly properties: ReadonlyMap<string, readonly Schema[]>;
  readonly required: ReadonlySet<string>;
  /** What other properties have to be; `undefined` where the schema doesn't say. */
  readonly additional: readonly Schema[] | undefined;
}

/** What a list has to be. */
interface ArrayFacts {
  /** By position, and what the other items have to be; `undefined` where the schema doesn't say. */
  readonly prefix: readonly (readonly Schema[])[];
  readonly items: readonly Schema[] | undefined;
}

/** What schemas that all apply to one value say of it together. */
export interface Facts extends ObjectFacts, ArrayFacts {
  readonly types: ReadonlySet<JsonType>;
  readonly isInteger: boolean;
  /** Only these values. */
  readonly values: readonly unknown[] | undefined;
  readonly length: Range;
  readonly format: string | undefined;
  /** What stands between a string's quotes. */
  readonly pattern: Gbnf | undefined;
  readonly number: Bounds;
  readonly propertyCount: Range;
  readonly itemCount: Range;
}

/** Keywords that only make sense for one type; a schema that has them and no `type` means that one. */
const KEYWORDS: readonly (readonly [JsonType, readonly string[]])[] = [
  ['object', ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties']],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** The types that a schema names; `undefined` where it names none. */
export function typesOf({
  type,
}: SchemaObject): { readonly types: ReadonlySet<JsonType>; readonly isInteger: boolean } | undefined {
  if (type === undefined) return undefined;
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  const unknown = names.find((name) => name !== 'integer' && !JSON_TYPES.includes(name as JsonType));
  if (unknown !== undefined) throw new SchemaError(`"type": ${JSON.stringify(unknown)} is no type of JSON.`);
  return {
    types: new Set(names.map((name) => (name === 'integer' ? 'number' : (name as JsonType)))),
    isInteger: names.includes('integer') && !names.includes('number'),
  };
}

/** The types that schemas mean which name none. */
export function meantTypes(parts: readonly SchemaObject[]): readonly JsonType[] {
  const meant = KEYWORDS.filter(([, keywords]) =>
    parts.some((part) => keywords.some((keyword) => part[keyword] !== undefined)),
  );
  return meant.length === 0 ? JSON_TYPES : meant.map(([type]) => type);
}

/** The type of a JSON value. */
export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as JsonType);
}

export function narrow(
  range: { min: number; max: number },
  part: SchemaObject,
  min: string,
  max: string,
): void {
  const [least, most] = [part[min], part[max]];
  if (typeof least === 'number') range.min = Math.max(range.min, Math.ceil(least));
  if (typeof most === 'number') range.max = Math.min(range.max, Math.floor(most));
}

export function narrowNumber(bounds: Bounds, part: SchemaObject): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = part;
  // Of draft 4, `true` says that `minimum` itself is excluded.
  const lows = [
    [minimum, exclusiveMinimum === true],
    [exclusiveMinimum, true],
  ] as const;
  const highs = [
    [maximum, exclusiveMaximum === true],
    [exclusiveMaximum, true],
  ] as const;
  for (const [low, isMinExcluded] of lows)
    if (typeof low === 'number' && isTighter(low, isMinExcluded, bounds.min ?? -Infinity, 1))
      Object.assign(bounds, { min: low, isMinExcluded });
  for (const [high, isMaxExcluded] of highs)
    if (typeof high === 'number' && isTighter(high, isMaxExcluded, bounds.max ?? Infinity, -1))
      Object.assign(bounds, { max: high, isMaxExcluded });
}

function isTighter(bound: number, isExcluded: boolean, known: number, direction: 1 | -1): boolean {
  return bound * direction > known * direction || (bound === known && isExcluded);
}

export function valuesOf(part: SchemaObject): readonly (readonly unknown[])[] {
  return [
    ...('const' in part ? [[part['const']]] : []),
    ...(Array.isArray(part['enum']) ? [part['enum'] as readonly unknown[]] : []),
  ];
}

export function objectFacts(parts: readonly SchemaObject[]): ObjectFacts {
  const named = parts.map((part) => part['properties'] ?? {}).map(asObject);
  const required = new Set(
    parts
      .flatMap(({ required: names }) => (Array.isArray(names) ? (names as readonly unknown[]) : []))
      .map(String),
  );
  const names = new Set([...named.flatMap((properties) => Object.keys(properties)), ...required]);
  const additional = parts.map(({ additionalProperties: each, unevaluatedProperties: other }) =>
    each === undefined ? (other === false ? false : undefined) : asSchema(each, '"additionalProperties"'),
  );
  // Each schema says something of each name: by its own entry, or by what it says of those without one.
  const properties = [...names].map((name) => {
    const all = named.map((own, index) =>
      Object.hasOwn(own, name)
        ? asSchema(own[name], `the property "${name}"`)
        : closes(parts[index])
          ? additional[index]
          : undefined,
    );
    return [name, all.filter((each) => each !== undefined)] as const;
  });
  const others = additional.filter((each) => each !== undefined);
  return { properties: new Map(properties), required, additional: others.length === 0 ? undefined : others };
}

/** Unlike `additionalProperties`, `unevaluatedProperties` knows of the properties of other schemas. */
function closes(part: SchemaObject | undefined): boolean {
  return part?.['additionalProperties'] !== undefined;
}

export function arrayFacts(parts: readonly SchemaObject[]): ArrayFacts {
  const all = parts.map(itemsOf);
  const positions = Math.max(0, ...all.map(({ prefix }) => prefix.length));
  const prefix = Array.from({ length: positions }, (_, index) =>
    all.map((each) => each.prefix[index] ?? each.rest).filter((each) => each !== undefined),
  );
  const rests = all.map(({ rest }) => rest).filter((rest) => rest !== undefined);
  return { prefix, items: rests.length === 0 ? undefined : rests };
}

/** Until draft 2019 a list of `items` was what `prefixItems` is now. */
function itemsOf(part: SchemaObject): {
  readonly prefix: readonly Schema[];
  readonly rest: Schema | undefined;
} {
  const { items, prefixItems, additionalItems, unevaluatedItems } = part;
  const isOld = Array.isArray(items);
  const prefix: unknown = isOld ? items : prefixItems;
  const rest = (isOld ? additionalItems : items) ?? (unevaluatedItems === false ? false : undefined);
  return {
    prefix: Array.isArray(prefix) ? prefix.map((each) => asSchema(each, 'a part of "prefixItems"')) : [],
    rest: rest === undefined ? undefined : asSchema(rest, '"items"'),
  };
}

function asObject(value: unknown): SchemaObject {
  // In PHP and Lua an empty list and an empty object are the same.
  if (Array.isArray(value) && value.length === 0) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SchemaError('"properties" is not an object.');
  return value as SchemaObject;
}

/** Whether two JSON values are the same; the order of an object's properties doesn't matter. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
