#!/usr/bin/env node
/** Entry of the command line. */
import manifest from '../../package.json' with { type: 'json' };
import { createContext } from './commandContext.js';
import { runCli } from './runCli.js';
import { ProcessTerminal } from './terminal.js';

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The second time somebody means it.
  process.on(signal, () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException('interrupted', 'AbortError'));
  });
}

const context = createContext(new ProcessTerminal(), controller.signal);
process.exitCode = await runCli(process.argv.slice(2), context, manifest.version);
