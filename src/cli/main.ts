#!/usr/bin/env node
/** Entry point of the command line. */
import manifest from '../../package.json' with { type: 'json' };
import { createContext } from './commandContext.js';
import { runCli } from './runCli.js';
import { ProcessTerminal } from './terminal/terminal.js';

const controller = new AbortController();
const terminal = new ProcessTerminal();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (signal === 'SIGINT' && terminal.interrupt()) return;
    // The second time, the process ends at once.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException('interrupted', 'AbortError'));
  });
}

const context = createContext(terminal, controller.signal);
process.exitCode = await runCli(process.argv.slice(2), context, manifest.version);
