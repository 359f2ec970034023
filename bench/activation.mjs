// Activation time of the packed extension, as VS Code measures it ("Developer: Startup Performance"). Each run uses a
// new code-server and a new browser with the VSIX installed.
//   node bench/activation.mjs [--runs N] [--vsix FILE]
// Without --vsix the package is built first.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { Failure, runMain } from '../scripts/tools/command.mjs';
import { inRoot } from '../scripts/tools/paths.mjs';

const TARGET_MS = 50;

await runMain(async () => {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '5' }, vsix: { type: 'string' } },
  });
  const vsix = values.vsix ?? run('scripts/package.mjs', []).trim().split('\n').at(-1);
  const probe = inRoot('out/bench/activationProbe.cjs');
  const source = inRoot('bench/activation/probe.ts');
  await build({
    entryPoints: [source],
    outfile: probe,
    bundle: true,
    platform: 'node',
    external: ['vscode'],
  });

  const results = [];
  for (let i = 0; i < Number(values.runs); i++) {
    const result = measure(vsix, probe);
    results.push(result);
    console.log(`run ${i + 1}: ${describe(result)}`);
  }
  const medianRun = results.sort((a, b) => total(a) - total(b))[Math.floor(results.length / 2)];
  console.log(`\nmedian of ${results.length}: ${describe(medianRun)}; target: ${TARGET_MS} ms`);
  return total(medianRun) <= TARGET_MS ? 0 : 1;
});

function measure(vsix, probe) {
  const temporary = mkdtempSync(join(tmpdir(), 'youtu-activation-'));
  try {
    const folderArgs = ['user-data', 'extensions'].flatMap((name) => [
      `--${name}-dir`,
      join(temporary, name),
    ]);
    const folder = join(temporary, 'workspace');
    const empty = join(temporary, 'empty');
    for (const path of [folder, empty]) mkdirSync(path);
    // VS Code runs a probe only together with an extension under development.
    const manifest = { name: 'empty', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } };
    writeFileSync(join(empty, 'package.json'), JSON.stringify(manifest));
    const result = join(temporary, 'result.json');
    const standIn = 'scripts/vscode/codeStandIn.mjs';
    run(standIn, [...folderArgs, `--install-extension=${vsix}`]);
    const test = [`--extensionDevelopmentPath=${empty}`, `--extensionTestsPath=${probe}`, folder];
    run(standIn, [...folderArgs, ...test], { YOUTU_RESULT: result });
    return { ...JSON.parse(readFileSync(result, 'utf8')), load: loadavg()[0] };
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function run(script, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot(script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Failure(`${script} failed:\n${stdout}${stderr}`);
  return stdout;
}

function total({ loadCode, callActivate, finishActivate }) {
  return loadCode + callActivate + finishActivate;
}

function describe({ loadCode, callActivate, finishActivate, event, load }) {
  const sum = total({ loadCode, callActivate, finishActivate });
  const parts = `load code ${loadCode}, call activate ${callActivate}, finish activating ${finishActivate}`;
  return `${sum} ms (${parts}; ${event}; machine load ${load.toFixed(1)})`;
}
