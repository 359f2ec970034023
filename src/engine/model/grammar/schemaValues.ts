import type { FactsReader } from './schemaFacts.js';
import { typeOf, type Facts, type Range } from './schemaKeywords.js';
import type { Schema } from './schemaTree.js';

/** Whether a value of an `enum` or `const` is allowed by what else is said beside it. */
export function isAllowed(value: unknown, facts: Facts, reader: FactsReader): boolean {
  if (!facts.types.has(typeOf(value))) return false;
  const isValid = (each: unknown, schemas: readonly Schema[]): boolean =>
    reader.alternatives(schemas).some((other) => isListed(each, other) && isAllowed(each, other, reader));
  if (typeof value === 'string') return isWithin([...value].length, facts.length);
  if (typeof value === 'number') return isNumberAllowed(value, facts);
  if (Array.isArray(value))
    return (
      isWithin(value.length, facts.itemCount) &&
      value.every((each, index) => isValid(each, facts.prefix[index] ?? facts.items ?? []))
    );
  if (typeof value !== 'object' || value === null) return true;
  const names = Object.keys(value);
  return (
    isWithin(names.length, facts.propertyCount) &&
    [...facts.required].every((name) => names.includes(name)) &&
    Object.entries(value).every(([name, each]) =>
      isValid(each, facts.properties.get(name) ?? facts.additional ?? []),
    )
  );
}

function isListed(value: unknown, { values }: Facts): boolean {
  return values === undefined || values.some((each) => JSON.stringify(each) === JSON.stringify(value));
}

function isNumberAllowed(value: number, { isInteger, number }: Facts): boolean {
  const { min = -Infinity, max = Infinity, isMinExcluded, isMaxExcluded } = number;
  return (
    (!isInteger || Number.isInteger(value)) &&
    (isMinExcluded === true ? value > min : value >= min) &&
    (isMaxExcluded === true ? value < max : value <= max)
  );
}

function isWithin(size: number, { min, max }: Range): boolean {
  return size >= min && size <= max;
}
