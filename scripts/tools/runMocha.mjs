// Bundles TypeScript tests into out/ and runs them with Mocha.
//   node scripts/tools/runMocha.mjs FILE|FOLDER|GLOB… [--grep TEXT] [--timeout MS] [--node PATH]
// Packages are not bundled. Tests find files of the repository with the variable YOUTU_ROOT.
// YOUTU_COUNTS names a file that receives the counts and the failed tests as JSON; YOUTU_COLORS colours the output;
// YOUTU_RETRIES is how often a failed test is repeated.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import nodeBundle from './nodeBundle.json' with { type: 'json' };
import { inRoot, root } from './paths.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, timeout: { type: 'string' }, node: { type: 'string' } },
});
if (positionals.length === 0) {
  console.error('usage: node scripts/tools/runMocha.mjs FILE|FOLDER|GLOB… [--grep TEXT] [--timeout MS]');
  process.exit(2);
}

mkdirSync(inRoot('out/mocha'), { recursive: true });
// A separate folder for each run, inside the repository so that packages resolve from it.
const outdir = inRoot('out/mocha', `${process.pid}`);
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

const patterns = positionals.map(toPattern).filter(Boolean);
const bundles = patterns.length === 0 ? [] : await bundle(patterns);
if (bundles.length === 0) {
  console.error(`no tests found in ${positionals.join(', ')}`);
  process.exit(1);
}

const args = [
  '--enable-source-maps',
  inRoot('node_modules/mocha/bin/mocha.js'),
  '--no-config',
  '--reporter',
  inRoot('scripts/tools/mochaReporter.mjs'),
  '--timeout',
  values.timeout ?? '60000',
  '--forbid-only',
  ...['--retries', process.env.YOUTU_RETRIES ?? '0'],
  ...(process.env.YOUTU_COLORS ? ['--color'] : []),
  ...(values.grep === undefined ? [] : ['--grep', values.grep]),
  ...bundles,
];
const mocha = spawn(values.node ?? process.execPath, args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, YOUTU_ROOT: root },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => mocha.kill(signal));
mocha.on('exit', (code, signal) => process.exit(signal ? 1 : code));

/** An entry point for esbuild: a file, a pattern, or all tests of a folder; undefined for a folder without tests. */
function toPattern(path) {
  const absolute = inRoot(relative(root, path));
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return absolute;
  const hasTests = readdirSync(absolute, { recursive: true }).some((file) => file.endsWith('.test.ts'));
  return hasTests ? join(absolute, '**/*.test.ts') : undefined;
}

async function bundle(entryPoints) {
  try {
    const result = await build({
      absWorkingDir: root,
      entryPoints,
      outdir,
      outbase: root,
      outExtension: { '.js': '.mjs' },
      ...nodeBundle,
      splitting: true,
      metafile: true,
    });
    return Object.entries(result.metafile.outputs)
      .filter(([, output]) => output.entryPoint)
      .map(([path]) => inRoot(path));
  } catch {
    process.exit(1); // esbuild has printed the errors
  }
}
