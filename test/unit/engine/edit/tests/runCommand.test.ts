import assert from 'node:assert/strict';
import { TestProject } from '../support/testProject.js';

const npm = (test: string, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ scripts: { test }, ...more });
const JS = { 'src/add.js': 'export function add(a, b) {\n  return a + b;\n}\n' };
const TS = { 'src/add.ts': 'export function add(a: number, b: number): number {\n  return a + b;\n}\n' };
const PY = { 'app/calc.py': 'def one():\n    return 1\n' };
const JAVA = {
  'core/src/main/java/Calc.java': 'class Calc {\n    int one() {\n        return 1;\n    }\n}\n',
};

const CASES: readonly (readonly [string, Readonly<Record<string, string>>, string, string])[] = [
  [
    'what Jest needs for ES modules, as the script has it',
    { 'package.json': npm('cross-env NODE_OPTIONS="--experimental-vm-modules --no-warnings" jest'), ...JS },
    'src/add.js:1',
    'node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js src/add.test.js',
  ],
  [
    'the same where the script starts Node itself',
    { 'package.json': npm('node --experimental-vm-modules node_modules/jest/bin/jest.js --watch'), ...JS },
    'src/add.js:1',
    'node --experimental-vm-modules node_modules/jest/bin/jest.js src/add.test.js',
  ],
  [
    'what Mocha loads first, but not its files',
    { 'package.json': npm('tsc -p . && mocha -r ts-node/register --extension ts "test/**/*.ts"'), ...TS },
    'src/add.ts:1',
    'npx --no-install mocha -r ts-node/register --extension ts test/add.test.ts',
  ],
  [
    'ts-mocha with its project, as the script has it',
    { 'package.json': npm('ts-mocha --paths -p tsconfig.test.json "src/**/*.test.ts"'), ...TS },
    'src/add.ts:1',
    'npx --no-install ts-mocha --paths -p tsconfig.test.json test/add.test.ts',
  ],
  [
    'Mocha alone where -p runs files side by side',
    { 'package.json': npm('mocha -p "src/**/*.test.js"'), ...JS },
    'src/add.js:1',
    'npx --no-install mocha test/add.test.js',
  ],
  [
    'ts-mocha where only the dependencies name it',
    { 'package.json': npm('make test', { devDependencies: { mocha: '11', 'ts-mocha': '11' } }), ...TS },
    'src/add.ts:1',
    'npx --no-install ts-mocha test/add.test.ts',
  ],
  [
    'the machine’s RSpec in a project without a Gemfile',
    { '.rspec': '--require spec_helper', 'lib/calc.rb': 'def one\n  1\nend\n' },
    'lib/calc.rb:1',
    'rspec spec/calc_spec.rb',
  ],
  [
    'the configuration of Vitest, in a package that shares a lock file with others',
    {
      'pnpm-lock.yaml': '',
      'packages/a/package.json': npm('vitest --config vitest.unit.ts --coverage'),
      'packages/a/src/add.ts': TS['src/add.ts'],
    },
    'packages/a/src/add.ts:1',
    'pnpm exec vitest run --config vitest.unit.ts src/add.test.ts',
  ],
  [
    'the loader of TypeScript for node:test',
    { 'package.json': npm('node --import tsx --test "src/**/*.test.ts"'), ...TS },
    'src/add.ts:1',
    'node --import tsx --test src/add.test.ts',
  ],
  [
    'tsx, where it starts node:test',
    { 'package.json': npm('tsx --test'), ...TS },
    'src/add.ts:1',
    'npx --no-install tsx --test src/add.test.ts',
  ],
  [
    'the Python of the virtual environment',
    { 'pyproject.toml': 'pytest', [pythonIn('.venv')]: '', ...PY },
    'app/calc.py:1',
    `${pythonIn('.venv')} -m pytest tests/test_calc.py`,
  ],
  [
    'no folder for imports where the project sets one',
    {
      'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["src"]\n',
      'src/calc.py': PY['app/calc.py'],
    },
    'src/calc.py:1',
    'python3 -m pytest tests/test_calc.py',
  ],
  [
    'the wrapper at the top of several Gradle projects',
    {
      [process.platform === 'win32' ? 'gradlew.bat' : 'gradlew']: '',
      'core/build.gradle': 'useJUnitPlatform()',
      ...JAVA,
    },
    'core/src/main/java/Calc.java:2',
    '../gradlew test --tests *CalcTest',
  ],
  [
    'Maven’s wrapper',
    { 'core/pom.xml': 'junit-jupiter', 'core/mvnw': '', ...JAVA },
    'core/src/main/java/Calc.java:2',
    './mvnw test -Dtest=CalcTest',
  ],
  [
    'the module of a file in a crate',
    { 'Cargo.toml': '[package]', 'src/text/mod.rs': 'fn one() -> i32 {\n    1\n}\n' },
    'src/text/mod.rs:1',
    'cargo test text::tests::',
  ],
];

function pythonIn(folder: string): string {
  return process.platform === 'win32' ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`;
}

describe('the command that runs written tests', () => {
  for (const [title, files, at, command] of CASES)
    it(`has ${title}`, async () => {
      assert.equal((await new TestProject(files).plan(at)).command.words.join(' '), command);
    });

  it('sets the path of a package in src for unittest, which has no option for it', async () => {
    const files = { 'setup.py': '', 'src/calc.py': PY['app/calc.py'] };
    const { command } = await new TestProject(files).plan('src/calc.py:1');
    assert.deepEqual(command.env, { PYTHONPATH: 'src' });
  });
});
