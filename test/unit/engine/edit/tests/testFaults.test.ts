import assert from 'node:assert/strict';
import type { CheckerProblem } from '../../../../../src/engine/checkers/checker.js';
import { EngineError } from '../../../../../src/protocol/errors.js';
import { reasonOf } from '../support/editCases.js';
import { TestProject } from '../support/testProject.js';

const PACKAGE = JSON.stringify({ devDependencies: { vitest: '4' } });
const ADD = 'export function add(a, b) {\n  return a + b;\n}\n';
const GOOD = "adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n});\n```";

const project = (answers: readonly string[], more: Readonly<Record<string, string>> = {}): TestProject =>
  new TestProject({ 'package.json': PACKAGE, 'add.js': ADD, ...more }, answers);

describe('the text of a test file that is there', () => {
  const OLD =
    "import { expect, it } from 'vitest';\nimport { sub } from './add.js';\n\nit('subtracts', () => {\n  expect(sub(2, 1)).toBe(1);\n});\n";

  it('stays as it is: tests go to its end, and imports are added', async () => {
    const { text, exists, oldText } = await project([GOOD], { 'add.test.js': OLD }).write('add.js:1');
    assert.equal(exists, true);
    assert.equal(
      text,
      "import { expect, it } from 'vitest';\nimport { sub } from './add.js';\nimport { describe } from 'vitest';\nimport { add } from './add.js';\n\nit('subtracts', () => {\n  expect(sub(2, 1)).toBe(1);\n});\n\ndescribe('add', () => {\n  it('adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n});\n",
    );
    assert.ok(OLD.includes(oldText));
  });

  it('is that of the editor, not the one on disk', async () => {
    const testText = `// Unsaved.\n${OLD}`;
    const { text } = await project([GOOD], { 'add.test.js': OLD }).write('add.js:1', { testText });
    assert.match(text, /^\/\/ Unsaved\.\nimport/);
  });

  it('keeps its line ends', async () => {
    const files = { 'add.test.js': OLD.replaceAll('\n', '\r\n') };
    const { text } = await project([GOOD], files).write('add.js:1');
    assert.doesNotMatch(text, /[^\r]\n/);
  });

  it('gets tests with names of their own, before the line that runs them', async () => {
    const files = {
      'setup.cfg': '[tool:pytest]\n',
      'calc.py': 'def one():\n    return 1\n',
      'tests/test_calc.py':
        'from calc import one\n\n\ndef test_one():\n    assert one()\n\n\nif __name__ == "__main__":\n    test_one()\n',
    };
    const answer = '():\n    assert one() == 1\n```';
    const { text } = await new TestProject(files, [answer]).write('calc.py:1');
    assert.equal(
      text,
      'from calc import one\n\n\ndef test_one():\n    assert one()\n\n\ndef test_one_2():\n    assert one() == 1\n\n\nif __name__ == "__main__":\n    test_one()\n',
    );
  });

  it('gets them into its class', async () => {
    const files = {
      'pom.xml': 'jupiter',
      'src/main/java/Calc.java': 'class Calc {\n    int one() {\n        return 1;\n    }\n}\n',
      'src/test/java/CalcTest.java':
        'import org.junit.jupiter.api.Test;\nimport static org.junit.jupiter.api.Assertions.*;\n\nclass CalcTest {\n    @Test\n    void a() {\n    }\n}\n',
    };
    const answer = ' isOne() {\n        assertEquals(1, new Calc().one());\n    }\n}\n```';
    const { text } = await new TestProject(files, [answer]).write('src/main/java/Calc.java:2');
    assert.match(text, /void a\(\) \{\n {4}\}\n\n {4}@Test\n {4}void isOne\(\) \{[^}]*\}\n\}\n$/);
    assert.equal(text.match(/^import/gm)?.length, 2);
  });
});

describe('tests that are rejected', () => {
  const rejected: readonly (readonly [string, string, string])[] = [
    ['don’t parse', "adds', () => {\n    expect(add(1, 2).toBe(3);\n  });\n});\n```", 'syntax'],
    [
      'use a name that nothing defines',
      "adds', () => {\n    expect(add(one, 2)).toBe(3);\n  });\n});\n```",
      'unknownName',
    ],
    [
      'import what isn’t there',
      "adds', () => {\n    expect(sum(add(1, 2))).toBe(3);\n  });\n});\n```",
      'unknownName',
    ],
    ['check nothing', "adds', () => {\n    add(1, 2);\n  });\n});\n```", 'noTest'],
    ['don’t call the function', "adds', () => {\n    expect(1 + 2).toBe(3);\n  });\n});\n```", 'noTest'],
  ];
  for (const [title, answer, reason] of rejected)
    it(`${title}: the model tries again, and nothing is offered`, async () => {
      const bad = project([answer]);
      const error: unknown = await bad.write('add.js:1').catch((each: unknown) => each);
      assert.ok(error instanceof EngineError && error.data.kind === 'editImpossible', String(error));
      assert.deepEqual([error.data.reason, error.data.objection?.reason], ['noFix', reason]);
      const { text } = await project([answer, GOOD]).write('add.js:1');
      assert.match(text, /expect\(add\(1, 2\)\)\.toBe\(3\)/);
    });

  it('lose what wasn’t finished', async () => {
    const endless = `adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n\n  it('never ends', () => {\n${"    expect(add('a', 'b')).toBe('ab', 'and so on');\n".repeat(20)}`;
    const { text } = await project([endless]).write('add.js:1');
    assert.match(text, /toBe\(3\);\n {2}\}\);\n\}\);\n$/);
    assert.doesNotMatch(text, /never ends/);
  });

  it('aren’t those about which a tool knows too little: it doesn’t find the framework', async () => {
    const PROBLEM = { line: 0, column: 0, message: "Cannot find name 'it'", severity: 'error' } as const;
    const say = (text: string): readonly CheckerProblem[] => [
      PROBLEM,
      ...(text.includes('expect(') ? [{ ...PROBLEM, line: 4, message: "Cannot find name 'expect'" }] : []),
    ];
    const blind = (problems: (text: string) => readonly CheckerProblem[]): TestProject =>
      new TestProject({ 'package.json': PACKAGE, 'add.js': ADD }, [GOOD], {
        checkers: {
          check: ({ text }) =>
            Promise.resolve([{ kind: 'checked', by: 'typescript', problems: problems(text) }]),
        },
      });
    const { verdict } = await blind(say).write('add.js:1', { isTrusted: true });
    assert.deepEqual(verdict.by, ['tree-sitter', 'names']);
    // With the framework, what it finds counts.
    const reason = reasonOf(blind((text) => say(text).slice(1)).write('add.js:1', { isTrusted: true }));
    assert.equal(await reason, 'noFix');
  });

  it('end before one that has the name of an earlier one, or is one too many', async () => {
    const one = (title: string): string => `${title}', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n`;
    const all = (titles: readonly string[]): string =>
      `${titles.map(one).join("\n  // Another.\n  it('")}});\n\`\`\``;
    const repeated = await project([all(['a', 'b', 'b', 'c'])]).write('add.js:1');
    assert.deepEqual(repeated.text.match(/it\('\w'/g), ["it('a'", "it('b'"]);
    assert.match(repeated.text, / {2}\}\);\n\}\);\n$/);
    const many = await project([all([...'abcdefgh'])]).write('add.js:1');
    assert.equal(many.text.match(/it\('/g)?.length, 6);
  });

  it('were run and failed: the model sees what the run said', async () => {
    const again = project([GOOD]);
    const failed = { newText: "it('adds', () => {});", output: 'expected 3, received 4' };
    await again.write('add.js:1', { failed });
    assert.match(again.prompts[0] ?? '', /The tests were run\. This failed:\s+expected 3, received 4/);
  });
});

describe('tests that can’t be written', () => {
  const reason = (files: Readonly<Record<string, string>>, at: string): Promise<unknown> =>
    reasonOf(new TestProject(files, [GOOD]).plan(at));

  it('say so without a manifest that names a framework', async () => {
    assert.equal(await reason({ 'add.js': ADD }, 'add.js:1'), 'noTestFramework');
    assert.equal(await reason({ 'add.ts': ADD, 'package.json': '{}' }, 'add.ts:1'), 'noTestFramework');
    assert.equal(await reason({ 'a.c': 'int one(void) {\n  return 1;\n}\n' }, 'a.c:1'), 'noTestFramework');
  });

  it('say so for what isn’t exported, private, or has no code', async () => {
    const files = {
      'package.json': PACKAGE,
      'a.ts':
        'function hidden() {}\nexport interface Shape {\n  size: number;\n}\nexport class A {\n  private b(): void {}\n}\nexport type C = A;\n',
      'my-module.py': 'def one():\n    return 1\n',
    };
    assert.equal(await reason(files, 'a.ts:1'), 'notReachable');
    assert.equal(await reason(files, 'a.ts:3'), 'noTestable');
    assert.equal(await reason(files, 'a.ts:6'), 'notReachable');
    assert.equal(await reason(files, 'a.ts:8'), 'noTestable');
    assert.equal(await reason(files, 'my-module.py:1'), 'notReachable');
  });

  it('say so outside of a function, and in a test itself', async () => {
    const files = { 'package.json': PACKAGE, 'a.js': `const a = 1;\n${ADD}`, 'a.test.js': ADD };
    assert.equal(await reason(files, 'a.js:1'), 'noTestable');
    assert.equal(await reason(files, 'a.test.js:1'), 'noTestable');
  });

  it('end when they are cancelled', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    await assert.rejects(project([GOOD]).write('add.js:1', {}, controller.signal), /stopped/);
  });
});

describe('the place of tests', () => {
  const place = async (files: readonly string[], at: string): Promise<string> => {
    const texts = Object.fromEntries(files.map((name) => [name, '']));
    const all = { 'package.json': PACKAGE, ...texts, [at]: ADD };
    return (await new TestProject(all).plan(`${at}:1`)).path;
  };

  it('is the test of that name, wherever it lies', async () => {
    assert.equal(
      await place(['checks/deep/add.spec.js', 'sub.test.js'], 'src/add.js'),
      'checks/deep/add.spec.js',
    );
  });

  it('is that of the package, not of another one with the same names', async () => {
    const files = ['packages/a/test/add.test.js', 'packages/b/test/sub.test.js', 'packages/b/src/sub.js'];
    assert.equal(await place(files, 'packages/b/src/add.js'), 'packages/b/test/add.test.js');
  });

  it('is one folder where the others are in one', async () => {
    const files = ['src/deep/sub.js', 'test/sub.test.js'];
    assert.equal(await place(files, 'src/far/add.js'), 'test/add.test.js');
  });

  it('is beside the source where the others are', async () => {
    assert.equal(await place(['src/a/sub.js', 'src/a/sub.spec.js'], 'src/b/add.js'), 'src/b/add.spec.js');
  });

  it('is a file of its own beside the tests of another Go package, which can’t call what isn’t exported', async () => {
    const files = {
      'go.mod': 'module m',
      'calc.go': 'package calc\n\nfunc add(a int) int {\n\treturn a\n}\n',
    };
    const planned = async (test: string): Promise<string> =>
      (await new TestProject({ ...files, 'calc_test.go': test }).plan('calc.go:3')).path;
    assert.equal(await planned('package calc_test\n'), 'calc_internal_test.go');
    assert.equal(await planned('package calc\n'), 'calc_test.go');
  });
});
