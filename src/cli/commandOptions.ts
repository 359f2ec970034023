import { InvalidArgumentError, type Command } from 'commander';
import type { Terminal } from './terminal/terminal.js';

/** A parser for a number of commander's options and arguments; the range includes its ends. */
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

/** Whether `--json` is set: the result is one JSON document. */
export function isJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

export function writeJson(terminal: Terminal, result: unknown): void {
  terminal.writeResult(`${JSON.stringify(result, null, 2)}\n`);
}
