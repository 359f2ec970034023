// Size of the package and composition of its bundles.
//   node bench/size.mjs [--target TARGET]
// The exit code is 1 if a limit is exceeded.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Failure, runMain } from '../scripts/tools/command.mjs';
import { inRoot } from '../scripts/tools/paths.mjs';
import { kilobytes, measureVsix, printSizes } from '../scripts/package/sizes.mjs';
import { thisTarget } from '../scripts/package/targets.mjs';

/** Smaller parts are summed up; bytes. */
const MIN_PART_SIZE = 10_000;

await runMain(async () => {
  const { values } = parseArgs({ options: { target: { type: 'string', default: thisTarget } } });
  const script = [inRoot('scripts/package.mjs'), '--target', values.target];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  if (status !== 0) throw new Failure(`${stdout}${stderr}`.trim());
  const rows = await measureVsix(stdout.trim().split('\n').at(-1));
  printSizes(rows);
  const metafiles = inRoot('out/package', values.target, 'dist/metafiles.json');
  for (const { outputs } of JSON.parse(readFileSync(metafiles, 'utf8')))
    for (const [path, { bytes, inputs }] of Object.entries(outputs)) printParts(path, bytes, inputs);
  return rows.some((row) => row[row.limited] > row.limit) ? 1 : 0;
});

function printParts(path, bytes, inputs) {
  const parts = {};
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'src';
    parts[name] = (parts[name] ?? 0) + bytesInOutput;
  }
  console.log(`\n${path.slice(path.lastIndexOf('dist/'))}  ${kilobytes(bytes)} kB`);
  const large = Object.entries(parts).filter(([, size]) => size >= MIN_PART_SIZE);
  for (const [name, size] of large.sort((a, b) => b[1] - a[1])) console.log(`  ${kilobytes(size)} ${name}`);
  const rest = bytes - large.reduce((sum, [, size]) => sum + size, 0);
  if (large.length > 0 && rest >= MIN_PART_SIZE) console.log(`  ${kilobytes(rest)} the rest`);
}
