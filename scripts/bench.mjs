// Runs a benchmark of bench/: node scripts/bench.mjs NAME [OPTIONS]
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import nodeBundle from './tools/nodeBundle.json' with { type: 'json' };
import { inRoot, root } from './tools/paths.mjs';

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(inRoot('bench')).flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? []);
if (!names.includes(name)) {
  console.error(`usage: node scripts/bench.mjs NAME [options]; NAME: ${names.join(', ')}`);
  process.exit(2);
}
// Inside the repository, so that packages resolve from it.
const outdir = inRoot('out/bench');
await build({
  absWorkingDir: root,
  entryPoints: [
    { in: inRoot('bench', `${name}.ts`), out: name },
    // The product loads it from beside its own code.
    { in: inRoot('src/engine/checkers/typescript/typescriptWorker.ts'), out: 'typescriptWorker' },
  ],
  outdir,
  outExtension: { '.js': '.mjs' },
  ...nodeBundle,
});
const bench = spawn(process.execPath, ['--enable-source-maps', join(outdir, `${name}.mjs`), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, YOUTU_ROOT: root },
});
bench.on('exit', (code, signal) => process.exit(signal ? 1 : code));
