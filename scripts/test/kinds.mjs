import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { startGuarded } from '../tools/guardedProcess.mjs';
import { ensureNode24 } from '../tools/npmTools.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { seconds } from '../tools/command.mjs';
import { isDesktopRequired } from '../vscode/desktop.mjs';

const bin = (path) => inRoot('node_modules', path);
/** Cache file of a check; each check invalidates it if its configuration or version changes. */
const cache = (name) => inRoot('out/cache', name);
const tsc = (name, folder) => ({
  name,
  program: bin('typescript/bin/tsc'),
  args: [
    ...['-p', folder, '--noEmit'],
    ...['--incremental', '--tsBuildInfoFile', cache(`${folder.replace('/', '-')}.tsbuildinfo`)],
  ],
});
const mocha = { program: inRoot('scripts/tools/runMocha.mjs') };
const minutes = (n) => n * 60_000;
/** actionlint is not an npm package: the workflows are checked only where it is installed, as in CI. */
const hasActionlint = spawnSync('actionlint', ['-version']).status === 0;
const vscode = {
  program: inRoot('scripts/vscode/runTests.mjs'),
  limit: minutes(15),
  needs: ['node24', 'build', 'models', ...(isDesktopRequired ? [] : ['chromium', 'codeServer'])],
};

/**
 * The kinds of checks and tests. Each of `checks` counts as one test. `needs` lists the prerequisites, see prepare.mjs.
 */
export const KINDS = {
  lint: {
    checks: [
      { name: 'eslint', program: inRoot('scripts/test/eslint.mjs'), args: [] },
      {
        name: 'prettier',
        program: bin('prettier/bin/prettier.cjs'),
        args: [
          ...['--check', '--log-level', 'warn', '.'],
          ...['--cache', '--cache-strategy', 'content', '--cache-location', cache('prettier.json')],
        ],
      },
      {
        name: 'dependency-cruiser',
        program: bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
        args: [
          ...['--config', '.dependency-cruiser.cjs', 'src', 'scripts', 'test', 'bench'],
          ...['--cache', cache('dependency-cruiser'), '--cache-strategy', 'content'],
        ],
        node24: true,
      },
      ...(hasActionlint ? [{ name: 'actionlint', command: 'actionlint', args: [] }] : []),
    ],
    limit: minutes(5),
    needs: ['node24'],
  },
  types: {
    checks: [
      tsc('tsc', '.'),
      tsc('tsc (webview)', 'src/webview'),
      tsc('tsc (tests of the webview)', 'test/webview'),
    ],
    limit: minutes(5),
    needs: [],
  },
  unit: { folder: 'test/unit', ...mocha, limit: minutes(5), needs: ['build', 'shells'] },
  engine: {
    folder: 'test/engine',
    ...mocha,
    limit: minutes(15),
    needs: ['build', 'vulkan', 'models'],
  },
  http: { folder: 'test/http', ...mocha, limit: minutes(5), needs: ['build', 'python'] },
  webview: { folder: 'test/webview', ...mocha, limit: minutes(10), needs: ['build', 'chromium'] },
  package: {
    folder: 'test/package',
    ...mocha,
    limit: minutes(10),
    needs: ['node24', 'build', 'vulkan', 'codeServer'],
  },
  quality: { folder: 'test/quality', ...mocha, limit: minutes(15), needs: ['build', 'models'] },
  vscode: { ...vscode, folder: 'test/vscode', args: [] },
  packed: { ...vscode, folder: 'test/packed', args: ['--packed'] },
};

/** Runs one kind; resolves to its counts and its time in milliseconds. */
export async function runKind(name, { grep, vsix, missing }) {
  const { checks, folder, program, limit, needs, args = [folder] } = KINDS[name];
  console.log(`\n── ${name} ──`);
  const unmetNeeds = needs.filter((need) => missing[need] !== undefined);
  if (unmetNeeds.length > 0) {
    for (const need of unmetNeeds) console.error(`✗ not run: ${missing[need].split('\n')[0]}`);
    return { passed: 0, failed: checks?.length ?? 1, ms: 0 };
  }
  const started = performance.now();
  if (checks !== undefined) {
    const failedTests = [];
    for (const check of checks)
      if ((await runCheck(check, limit)) !== 0) failedTests.push({ title: check.name });
    const failed = failedTests.length;
    return { passed: checks.length - failed, failed, failedTests, ms: performance.now() - started };
  }
  const counts = inRoot('out/counts', `${name}.json`);
  mkdirSync(inRoot('out/counts'), { recursive: true });
  rmSync(counts, { force: true });
  const all = [
    ...[program, ...args],
    ...(grep === undefined ? [] : ['--grep', grep]),
    ...(name === 'vscode' && vsix !== undefined ? ['--vsix', vsix] : []),
  ];
  const code = await run(process.execPath, all, limit, { ...process.env, YOUTU_COUNTS: counts });
  return { ...readCounts(counts, code, grep), ms: performance.now() - started };
}

async function runCheck({ name, command, program, args, node24 }, limit) {
  const started = performance.now();
  const node = node24 ? await ensureNode24() : process.execPath;
  const code = await (command ? run(command, args, limit) : run(node, [program, ...args], limit));
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds(performance.now() - started)})`);
  return code;
}

async function run(command, args, limit, env = process.env) {
  const { ended, stop } = startGuarded(command, args, { cwd: root, env, output: 'inherit' });
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    console.error(`✗ timed out after ${limit / 60_000} minutes`);
    void stop();
  }, limit);
  const code = await ended;
  clearTimeout(timer);
  return hasTimedOut ? 1 : code;
}

/** An aborted run, or one without tests, counts as a failure even if no test failed. */
function readCounts(file, code, grep) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error('✗ the run ended without a result');
  }
  const isEmpty = counts.passed + counts.failed === 0 && grep === undefined;
  if (counts.failed === 0 && (code !== 0 || isEmpty)) return { ...counts, failed: 1 };
  return counts;
}
