import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from '../unit/engine/edit/support/editCases.js';
import { TestedProject } from './support/testedProject.js';

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly at: string;
  /** The model's answer when it expects the right value, and when it expects a wrong one. */
  readonly answer: (value: number) => string;
  readonly path: string;
  /** That the test was run, and that it failed. */
  readonly passed: RegExp;
  readonly failed: RegExp;
  /** A command that says that the language's tools are there; they need not be. */
  readonly needs?: readonly [string, ...string[]];
}

const npm = (content: unknown): string => JSON.stringify(content);
const ADD = 'export function add(a, b) {\n  return a + b;\n}\n';
const script = (value: number): string =>
  `adds', () => {\n    assert.equal(add(1, 2), ${value});\n  });\n});\n\`\`\``;
const unit = (value: number): string => `adds(self):\n        self.assertEqual(add(1, 2), ${value})\n\`\`\``;
const go = (value: number): string =>
  `\n\tif got := strings.Repeat("a", add(1, 2)); len(got) != ${value} {\n\t\tt.Errorf("got %q", got)\n\t}\n}\n\`\`\``;
const GO = 'package calc\n\nfunc add(a int, b int) int {\n\treturn a + b\n}\n';
const rust = (value: number): string =>
  ` adds() {\n        assert_eq!(add(1, 2), ${value});\n    }\n}\n\`\`\``;
const RUST = 'fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n';

const GO_VERSION = ['go', 'version'] as const;
/** A `cargo` that has no toolchain fails here, too. */
const CARGO_VERSION = ['cargo', '--version'] as const;

const CASES: readonly Case[] = [
  {
    title: 'node:test in an ES module',
    files: { 'package.json': npm({ type: 'module', scripts: { test: 'node --test' } }), 'src/add.js': ADD },
    at: 'src/add.js:2',
    answer: script,
    path: 'src/add.test.js',
    passed: /pass 1\b/,
    failed: /fail 1\b/,
  },
  {
    title: 'node:test with require, and what the script loads first',
    files: {
      'package.json': npm({ scripts: { test: 'node --require ./setup.cjs --test test/*.js' } }),
      'setup.cjs': 'globalThis.wasSetUp = true;\n',
      'lib/add.js':
        'function add(a, b) {\n  return globalThis.wasSetUp ? a + b : 0;\n}\n\nmodule.exports = { add };\n',
    },
    at: 'lib/add.js:1',
    answer: script,
    path: 'lib/add.test.js',
    passed: /pass 1\b/,
    failed: /fail 1\b/,
  },
  {
    title: 'unittest',
    files: { 'setup.py': '', 'app/calc.py': 'def add(a, b):\n    return a + b\n' },
    at: 'app/calc.py:1',
    answer: unit,
    path: 'tests/test_calc.py',
    passed: /Ran 1 test[^]*\bOK/,
    failed: /failures=1/,
  },
  {
    title: 'unittest, with the package in src',
    files: {
      'pyproject.toml': '[project]\nname = "app"\n',
      'src/app/__init__.py': '',
      'src/app/calc.py': 'def add(a, b):\n    return a + b\n',
    },
    at: 'src/app/calc.py:1',
    answer: unit,
    path: 'tests/app/test_calc.py',
    passed: /Ran 1 test[^]*\bOK/,
    failed: /failures=1/,
  },
  {
    title: 'go test, in a new file',
    files: { 'go.mod': 'module example.com/demo\n\ngo 1.21\n', 'calc/calc.go': GO },
    at: 'calc/calc.go:4',
    answer: go,
    path: 'calc/calc_test.go',
    passed: /^ok\s+example\.com\/demo\/calc/m,
    failed: /--- FAIL: TestAdd/,
    needs: GO_VERSION,
  },
  {
    title: 'go test, in a file with imports in brackets and a test of that name',
    files: {
      'go.mod': 'module example.com/demo\n\ngo 1.21\n',
      'calc.go': GO,
      'calc_test.go':
        'package calc\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestAdd(t *testing.T) {\n\tif os.Args == nil {\n\t\tt.Fail()\n\t}\n}\n',
    },
    at: 'calc.go:4',
    answer: go,
    path: 'calc_test.go',
    passed: /^ok\s+example\.com\/demo/m,
    failed: /--- FAIL: TestAdd_2/,
    needs: GO_VERSION,
  },
  {
    title: 'go test, beside the tests of another package',
    files: {
      'go.mod': 'module example.com/demo\n\ngo 1.21\n',
      'calc.go': GO,
      'calc_test.go': 'package calc_test\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n',
    },
    at: 'calc.go:4',
    answer: go,
    path: 'calc_internal_test.go',
    passed: /^ok\s+example\.com\/demo/m,
    failed: /--- FAIL: TestAdd/,
    needs: GO_VERSION,
  },
  {
    title: 'cargo test, in a module of the same file',
    files: {
      'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/lib.rs':
        'mod calc;\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn another() {\n        panic!();\n    }\n}\n',
      'src/calc.rs': RUST,
    },
    at: 'src/calc.rs:2',
    answer: rust,
    path: 'src/calc.rs',
    passed: /calc::tests::adds \.\.\. ok/,
    failed: /calc::tests::adds \.\.\. FAILED/,
    needs: CARGO_VERSION,
  },
  {
    title: 'cargo test, in the module of tests that is there',
    files: {
      'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/lib.rs': `${RUST}\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn adds() {\n        assert_eq!(add(0, 0), 0);\n    }\n}\n`,
    },
    at: 'src/lib.rs:2',
    answer: rust,
    path: 'src/lib.rs',
    passed: /tests::adds_2 \.\.\. ok/,
    failed: /tests::adds_2 \.\.\. FAILED/,
    needs: CARGO_VERSION,
  },
];

describe('written tests', function () {
  this.timeout(400_000);
  let project: TestedProject;
  beforeEach(async () => {
    project = new TestedProject(await mkdtemp(join(tmpdir(), 'youtu-tests-')));
  });
  afterEach(() => rm(project.root, { recursive: true, force: true }));

  const isThere = ([program, ...args]: readonly [string, ...string[]]): boolean =>
    spawnSync(program, args).status === 0;
  const here = CASES.filter(({ needs }) => needs === undefined || isThere(needs));
  for (const { title, files, at, answer, path, passed, failed } of here) {
    it(`are run by ${title}: they pass`, async () => {
      await project.add(files);
      const run = await project.run(at, answer(3));
      assert.equal(run.path, path);
      assert.equal(run.code, 0, run.output);
      assert.match(run.output, passed);
    });

    it(`are run by ${title}: they fail`, async () => {
      await project.add(files);
      const run = await project.run(at, answer(4));
      assert.notEqual(run.code, 0, run.output);
      assert.match(run.output, failed);
    });
  }
});

describe('the files of a project with tests', () => {
  let root: string;
  let project: TestedProject;
  const outside = (path: string): string => join(root, 'outside', path);
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'youtu-tests-'));
    project = new TestedProject(join(root, 'project'));
    await mkdir(outside('tests'), { recursive: true });
    await project.add({ 'app.py': 'def add(a, b):\n    return a + b\n' });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('aren’t read through links that lead out of it', async () => {
    await writeFile(outside('pyproject.toml'), '[tool.pytest.ini_options]\n');
    await symlink(outside('pyproject.toml'), join(project.root, 'pyproject.toml'));
    assert.equal((await project.write('app.py:1', unit(3))).framework, 'unittest');
  });

  it('aren’t written through such links', async () => {
    await writeFile(outside('test_app.py'), 'precious = 1\n');
    await mkdir(join(project.root, 'tests'));
    await symlink(outside('test_app.py'), join(project.root, 'tests/test_app.py'));
    assert.equal(await reasonOf(project.write('app.py:1', unit(3))), 'testFileOutside');
  });

  it('aren’t made in a folder that such a link leads to', async () => {
    await symlink(outside('tests'), join(project.root, 'tests'));
    assert.equal(await reasonOf(project.write('app.py:1', unit(3))), 'testFileOutside');
  });

  it('aren’t read when the user excludes them, and aren’t taken for empty', async () => {
    await project.add({ 'tests/test_app.py': 'import unittest\n', 'setup.cfg': '[tool:pytest]\n' });
    const excluding = (...completionExclude: readonly string[]): ReturnType<TestedProject['write']> =>
      project.write('app.py:1', unit(3), { completionExclude, completionExcludeByFolder: {} });
    assert.equal((await excluding('setup.cfg')).framework, 'unittest');
    assert.equal(await reasonOf(excluding('setup.cfg', 'tests/**')), 'testFileUnreadable');
  });
});
