// What VS Code runs in its extension host: mocha over all bundled tests beside this bundle.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setSourceMapsEnabled } from 'node:process';
import { format } from 'node:util';
import { ConfigurationTarget, workspace } from 'vscode';
import { withSourceLines } from './support/sourceLines.js';
import { hasPage, print } from './support/workbench.js';

export async function run(): Promise<void> {
  setSourceMapsEnabled(true);
  const flush = hasPage ? printThroughChannel() : () => Promise.resolve();
  // Words of one test's document would be suggested in the next one's, and ghost text has to go on from a suggestion.
  await workspace
    .getConfiguration('editor')
    .update('wordBasedSuggestions', 'off', ConfigurationTarget.Global);
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = console.log;
  const grep = process.env['YOUTU_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 120_000,
    forbidOnly: true,
    forbidPending: true,
    ...(grep ? { grep } : {}),
  });
  const folder = join(__dirname, 'tests');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.test.cjs')) mocha.addFile(join(folder, file));
  await mocha.loadFilesAsync();
  const failedTests: { title: string; message: string }[] = [];
  const times: { file: string; title: string; isHook: boolean; ms: number }[] = [];
  const { passes, failures } = await new Promise<{ passes: number; failures: number }>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats ?? { passes: 0, failures: 1 });
    });
    const keepTime = (runnable: {
      file?: string;
      type?: string;
      duration?: number;
      fullTitle: () => string;
    }): void => {
      times.push({
        file: basename(runnable.file ?? '').replace(/\.cjs$/, '.ts'),
        title: runnable.fullTitle(),
        isHook: runnable.type === 'hook',
        ms: runnable.duration ?? 0,
      });
    };
    runner.on('test end', keepTime);
    runner.on('hook end', keepTime);
    runner.prependListener('fail', (test: { fullTitle: () => string }, error: Error) => {
      error.stack = withSourceLines(error.stack ?? '');
      failedTests.push({ title: test.fullTitle(), message: error.message });
    });
  });
  const counts = process.env['YOUTU_COUNTS'];
  if (counts) writeFileSync(counts, JSON.stringify({ passed: passes, failed: failures, failedTests, times }));
  await flush();
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** The workbench mixes the console with its own log; what the tests say goes out by itself, in order. */
function printThroughChannel(): () => Promise<void> {
  let last = Promise.resolve();
  const write = (...args: unknown[]): void => {
    const text = format(...args);
    last = last.then(() => print(text)).catch(() => undefined);
  };
  // VS Code has put setters there that do nothing.
  for (const level of ['log', 'info', 'warn', 'error'])
    Object.defineProperty(console, level, { value: write });
  return () => last;
}
