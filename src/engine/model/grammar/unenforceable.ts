import type { JsonType, Range } from './schemaKeywords.js';
import { SchemaError, type SchemaObject } from './schemaTree.js';

/**
 * Formats that a grammar has rules for, with the least and the most characters of their texts there. Other formats are
 * annotations, as JSON Schema says.
 */
const FORMATS: ReadonlyMap<unknown, Range> = new Map([
  ['date', { min: 10, max: 10 }],
  ['time', { min: 9, max: 18 }],
  ['date-time', { min: 20, max: 29 }],
  ['uuid', { min: 36, max: 36 }],
  ['email', { min: 6, max: 165 }],
  ['hostname', { min: 1, max: 185 }],
  ['ipv4', { min: 7, max: 15 }],
]);

export function isKnownFormat(format: unknown): format is string {
  return FORMATS.has(format);
}

/** Whether all texts of a format are within a length, so that it needn't be said. */
export function isFormatWithin(format: string, { min, max }: Range): boolean {
  const own = FORMATS.get(format);
  return own !== undefined && own.min >= min && own.max <= max;
}

/** Keywords that a grammar can't enforce: the type of value that they restrict, and when they restrict nothing. */
const UNENFORCEABLE: Readonly<
  Record<string, { readonly type?: JsonType; readonly allowsAll?: (value: unknown) => boolean }>
> = {
  multipleOf: { type: 'number', allowsAll: (value) => value === 1 },
  uniqueItems: { type: 'array', allowsAll: (value) => value === false },
  contains: { type: 'array' },
  patternProperties: { type: 'object', allowsAll: isEmpty },
  propertyNames: { type: 'object', allowsAll: (value) => isEmpty(value) || isAnyText(value) },
  dependentRequired: { type: 'object', allowsAll: isEmpty },
  dependentSchemas: { type: 'object', allowsAll: isEmpty },
  dependencies: { type: 'object', allowsAll: isEmpty },
  unevaluatedProperties: { type: 'object', allowsAll: (value) => value === false || isEmpty(value) },
  unevaluatedItems: { type: 'array', allowsAll: (value) => value === false || isEmpty(value) },
  not: { allowsAll: (value) => value === false },
  then: {},
  else: {},
  $dynamicRef: {},
  $recursiveRef: {},
};

/**
 * Refuses what can't be enforced, so that no answer breaks a rule which its reader relies on.
 * @param types that the value may be of: what restricts others doesn't matter
 * @throws SchemaError that names the keyword
 */
export function refuseUnenforceable(part: SchemaObject, types: ReadonlySet<JsonType>, pointer: string): void {
  for (const [keyword, { type, allowsAll }] of Object.entries(UNENFORCEABLE)) {
    const value = part[keyword];
    if (value === undefined || (type !== undefined && !types.has(type)) || allowsAll?.(value) === true)
      continue;
    if ((keyword === 'then' || keyword === 'else') && part['if'] === undefined) continue;
    throw unenforceable(keyword, pointer);
  }
}

export function unenforceable(keyword: string, pointer: string, why = ''): SchemaError {
  return new SchemaError(
    `"${keyword}" at ${pointer} can't be enforced${why}. Leave it out, and check the answer yourself.`,
  );
}

function isEmpty(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function isAnyText(value: unknown): boolean {
  return JSON.stringify(value) === '{"type":"string"}';
}
