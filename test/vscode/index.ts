// The entry point in VS Code's extension host: runs mocha over all bundled tests next to this bundle.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setSourceMapsEnabled } from 'node:process';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import type { ReporterConstructor } from 'mocha';
import { ConfigurationTarget, workspace } from 'vscode';
import { withSourceLines } from './support/sourceLines.js';
import { hasPage, print } from './support/workbench.js';
import { useScriptedCoder } from './support/youtu.js';

export async function run(): Promise<void> {
  setSourceMapsEnabled(true);
  const flush = hasPage ? printThroughChannel() : () => Promise.resolve();
  // Words of one test's document would be suggested in the next one's, and ghost text must continue a suggestion.
  await workspace
    .getConfiguration('editor')
    .update('wordBasedSuggestions', 'off', ConfigurationTarget.Global);
  if (!process.env['YOUTU_REAL_MODEL']) await useScriptedCoder();
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = console.log;
  const grep = process.env['YOUTU_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 120_000,
    forbidOnly: true,
    forbidPending: true,
    retries: Number(process.env['YOUTU_RETRIES'] ?? 0),
    reporter: await countingReporter(),
    ...(grep ? { grep } : {}),
  });
  const folder = join(__dirname, 'tests');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.test.cjs')) mocha.addFile(join(folder, file));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.prependListener('fail', (_test: unknown, error: Error) => {
      error.stack = withSourceLines(error.stack ?? '');
    });
  });
  await flush();
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** The reporter of the other kinds of tests, which isn't part of this bundle. */
async function countingReporter(): Promise<ReporterConstructor> {
  const path = join(process.env['YOUTU_ROOT'] ?? '', 'scripts/tools/mochaReporter.mjs');
  const module = (await import(pathToFileURL(path).href)) as { default: ReporterConstructor };
  return module.default;
}

/** The workbench mixes the console with its own log, so the tests' output is printed separately, in order. */
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
