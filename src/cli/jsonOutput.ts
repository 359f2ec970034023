import type { Command } from 'commander';
import type { Terminal } from './terminal.js';

/** Whether the result is wanted as one JSON document. */
export function isJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

export function writeJson(terminal: Terminal, result: unknown): void {
  terminal.writeResult(`${JSON.stringify(result, null, 2)}\n`);
}
