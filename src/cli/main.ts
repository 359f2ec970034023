#!/usr/bin/env node
/** Entry point of the command line. */
import manifest from '../../package.json' with { type: 'json' };
import { createContext } from './commandContext.js';
import { endForCertain } from '../engine/endOfProcess.js';
import { guardProcess } from './guardProcess.js';
import { runCli } from './runCli.js';
import { OUTPUT_FAILED, SUPERVISED } from './serve/supervisor.js';
import { ProcessTerminal } from './terminal/terminal.js';

/** What ending after Ctrl+C may take; answers of the server get a moment. */
const MAX_STOP_MS = 20_000;

const args = process.argv.slice(2);
const controller = new AbortController();
const terminal = new ProcessTerminal(process.env[SUPERVISED] === undefined ? 1 : OUTPUT_FAILED);
guardProcess(terminal, args);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (signal === 'SIGINT' && terminal.interrupt()) return;
    // The second time, the process ends at once.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException('interrupted', 'AbortError'));
    // llama.cpp may hold up what is to end, and the exit itself.
    process.once('exit', endForCertain);
    setTimeout(() => process.exit(130), MAX_STOP_MS).unref();
  });
}

const status = await runCli(args, createContext(terminal, controller.signal), manifest.version);
await terminal.flush();
// An open input or a library's timer must not keep the process alive.
process.exit(status);
