#!/usr/bin/env node
/** Entry point of the command line. */
import manifest from '../../package.json' with { type: 'json' };
import { createContext } from './commandContext.js';
import { guardProcess } from './guardProcess.js';
import { runCli } from './runCli.js';
import { ProcessTerminal } from './terminal/terminal.js';

const args = process.argv.slice(2);
const controller = new AbortController();
const terminal = new ProcessTerminal();
guardProcess(terminal, args);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (signal === 'SIGINT' && terminal.interrupt()) return;
    // The second time, the process ends at once.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException('interrupted', 'AbortError'));
  });
}

const status = await runCli(args, createContext(terminal, controller.signal), manifest.version);
await terminal.flush();
// An open input or a library's timer must not keep the process alive.
process.exit(status);
