import { spawnSync } from 'node:child_process';
import { inRoot } from '../tools/paths.mjs';
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
 * Kinds of different lanes run at the same time, since they wait for one process at a time; those of one lane in this
 * order. Kinds without a lane run alone, at the end: two engines at once make each other many times slower, because
 * llama.cpp's threads wait by spinning. The pages' tests look at what is shown for seconds and at who has the focus.
 * A test that fails is repeated once, unless `retries` says otherwise: it may have met another program that had the
 * cores. The report names what passed only when it was repeated.
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
    lane: 'checks',
  },
  types: {
    checks: [
      tsc('tsc', '.'),
      tsc('tsc (webview)', 'src/webview'),
      tsc('tsc (tests of the webview)', 'test/webview'),
    ],
    limit: minutes(5),
    needs: [],
    lane: 'checks',
  },
  unit: {
    folder: 'test/unit',
    ...mocha,
    limit: minutes(10),
    needs: ['build', 'shells'],
    lane: 'unit',
    retries: 0,
  },
  http: { folder: 'test/http', ...mocha, limit: minutes(5), needs: ['build', 'python'] },
  engine: {
    folder: 'test/engine',
    ...mocha,
    limit: minutes(15),
    needs: ['build', 'vulkan', 'models'],
  },
  webview: {
    folder: 'test/webview',
    ...mocha,
    limit: minutes(10),
    needs: ['build', 'chromium'],
  },
  package: {
    folder: 'test/package',
    ...mocha,
    limit: minutes(10),
    needs: ['node24', 'build', 'vulkan', 'codeServer'],
    lane: 'checks',
  },
  vscode: { ...vscode, folder: 'test/vscode', args: [] },
  packed: { ...vscode, folder: 'test/packed', args: ['--packed'] },
  // The starter model takes all cores.
  quality: { folder: 'test/quality', ...mocha, limit: minutes(15), needs: ['build', 'models'] },
};
