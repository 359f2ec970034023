import { InvalidArgumentError } from 'commander';
import { numberArgument } from '../numberArgument.js';
import type { FixTarget } from '../../engine/edit/fix/repairFile.js';

export interface FixTargetOptions {
  readonly line?: number;
  readonly lines?: Pick<FixTarget, 'start' | 'end'>;
  readonly message?: string;
}

/** `A-B`, counted from 1, as lines from 0. */
export function parseLines(text: string): Pick<FixTarget, 'start' | 'end'> {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const [start, end] = [Number(first), Number(last)];
  if (!(start >= 1 && end >= start))
    throw new InvalidArgumentError('Must be A-B: the first and the last line, counted from 1.');
  return { start: start - 1, end: end - 1 };
}

export const parseLine = numberArgument({ from: 1 });

/**
 * What the person has named.
 * @returns a sentence where the options don't fit together
 */
export function fixTargetOf({ line, lines, message }: FixTargetOptions): FixTarget | undefined | string {
  if (line !== undefined && lines !== undefined) return 'pass either --line or --lines, not both.';
  if (message !== undefined && line === undefined && lines === undefined)
    return 'pass --line or --lines to say where the message belongs.';
  const span = lines ?? (line === undefined ? undefined : { start: line - 1, end: line - 1 });
  return span && { ...span, ...(message === undefined ? {} : { message }) };
}
