/** Checks of values that came from another process or from a file, where a type is only a hope. */
export type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === 'string';
export const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const flag: Check = (value) => typeof value === 'boolean';

export function list(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

export function oneOf(...allowed: readonly string[]): Check {
  return (value) => typeof value === 'string' && allowed.includes(value);
}

/** An object that has all of `required`, and none of `optional` in a wrong shape. Other fields don't matter. */
export function record(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = value as Readonly<Record<string, unknown>>;
    return (
      Object.entries(required).every(([name, check]) => check(fields[name])) &&
      Object.entries(optional).every(([name, check]) => fields[name] === undefined || check(fields[name]))
    );
  };
}

/** A union tagged by `tag`: the shape that the tag's value names. */
export function tagged(tag: string, shapes: Readonly<Record<string, Check>>): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const name = (value as Readonly<Record<string, unknown>>)[tag];
    return typeof name === 'string' && Object.hasOwn(shapes, name) && (shapes[name]?.(value) ?? false);
  };
}
