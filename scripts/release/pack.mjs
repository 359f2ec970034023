// Packs the VSIX of every platform into out/release and writes their SHA256SUMS.
//   node scripts/release/pack.mjs [TARGET…]
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { TARGETS, binaryPackages } from '../package/targets.mjs';
import { Failure, runMain, step } from '../tools/command.mjs';
import { inRoot } from '../tools/paths.mjs';
import { writeChecksums } from './checksums.mjs';

await runMain(async () => {
  const targets = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(TARGETS);
  for (const target of targets) binaryPackages(target); // throws before any work if there is no such target
  const out = inRoot('out/release');
  rmSync(out, { recursive: true, force: true });
  for (const target of targets) await step(target, () => pack(target, out));
  writeChecksums(
    out,
    readdirSync(out).filter((name) => name.endsWith('.vsix')),
  );
  console.log(`\n${out}`);
});

function pack(target, out) {
  try {
    const args = [inRoot('scripts/package.mjs'), '--target', target, '--out', out];
    execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Failure(`${target} could not be packed:\n${String(error.stderr).trim()}`);
  }
}
