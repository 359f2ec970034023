import { debuglog } from 'node:util';
import { errorText } from './errors.js';
import type { Terminal } from './terminal/terminal.js';

/** Commands that serve many requests, of which one must not end the others. */
const SERVERS = new Set(['serve', 'lsp']);
const HOW_TO_REPORT =
  'This is a bug in Youtu Code: please report it with the command. NODE_DEBUG=youtu shows where it happened.';
const debug = debuglog('youtu');

/**
 * Errors that no code has caught: a sentence instead of Node's source excerpt and stack. A rejected promise ends one
 * request of a server; an exception leaves the process in an unknown state and ends it.
 * @param args the command line
 */
export function guardProcess(terminal: Pick<Terminal, 'writeNote'>, args: readonly string[]): void {
  const note = (error: unknown): void => {
    debug('%O', error);
    terminal.writeNote(`Unexpected error: ${errorText(error)}\n${HOW_TO_REPORT}\n`);
  };
  const isServer = SERVERS.has(args.find((arg) => !arg.startsWith('-')) ?? '');
  process.on('unhandledRejection', (reason) => {
    note(reason);
    if (!isServer) process.exit(1);
  });
  process.on('uncaughtException', (error) => {
    note(error);
    process.exit(1);
  });
}
