import { InvalidArgumentError } from 'commander';

/** A parser for an option's number, for commander. */
export function numberArgument({
  from,
  to = Number.MAX_SAFE_INTEGER,
  isWhole = true,
}: {
  readonly from: number;
  readonly to?: number;
  readonly isWhole?: boolean;
}): (text: string) => number {
  const kind = isWhole ? 'whole number' : 'number';
  const range = to === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${to}`;
  return (text) => {
    const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (!(value >= from && value <= to) || (isWhole && !Number.isInteger(value)))
      throw new InvalidArgumentError(`Must be a ${kind} ${range}.`);
    return value;
  };
}
