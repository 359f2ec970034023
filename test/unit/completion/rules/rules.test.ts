import assert from 'node:assert/strict';
import { applyRules } from '../../../../src/engine/completion/rules/rules.js';
import { contextOf } from '../support.js';

interface Case {
  /** The document, with `▮` at the cursor. */
  readonly at: string;
  readonly model: string;
  readonly shown: string;
  readonly language?: string;
}

/** By rule: what the model wrote, and what of it may be shown. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'no chat talk': [
    { at: 'const a = ▮', model: 'Sure, here is the code:\nfoo()', shown: '' },
    { at: 'const a = ▮', model: "Here's the completed function", shown: '' },
    { at: 'const a = ▮', model: '当然，以下是代码', shown: '' },
    { at: '▮', model: 'To complete the function you can', shown: '' },
    { at: '▮', model: 'surely(1)', shown: 'surely(1)' },
    { at: '# ▮', model: "Here's how it works", shown: "Here's how it works", language: 'markdown' },
  ],
  'no fences': [
    { at: 'x = ▮', model: '```ts\nfoo();\n```\nThis calls foo.', shown: 'foo();' },
    { at: 'x = ▮', model: 'foo();\n```', shown: 'foo();' },
    { at: 'Text\n▮', model: '```sh\nls\n```', shown: '```sh\nls\n```', language: 'markdown' },
    { at: '```sh\n▮', model: 'ls -l\n```\nThen …', shown: 'ls -l', language: 'markdown' },
  ],
  'no control tokens or thoughts': [
    { at: 'x = ▮', model: 'foo()<|endoftext|>import os', shown: 'foo()' },
    { at: 'x = ▮', model: '1<|fim_middle|>2', shown: '1' },
    { at: 'x = ▮', model: '<think>Let me see</think>', shown: '' },
    { at: 'x = ▮', model: 'a <| b', shown: 'a <| b' },
  ],
  'no line that stands below': [
    { at: 'a();\n▮\nconsole.log(result);', model: 'console.log(result);', shown: '' },
    { at: 'a();\n▮\nconsole.log(result);', model: 'b();\nconsole.log(result);', shown: 'b();' },
    { at: 'a();\n▮\nconst total = sum(values, 0);', model: 'const total = sum(values, 1);', shown: '' },
    { at: 'a();\n  ▮\n}\n', model: 'b();\n}\nfunction c() {', shown: 'b();\n}\nfunction c() {' },
    { at: 'if (a) {\n▮\n}', model: 'if (b) {\n  c();\n}', shown: 'if (b) {\n  c();\n}' },
  ],
  'no line that stands above': [
    { at: 'import os\n▮', model: 'import os', shown: '', language: 'python' },
    { at: 'const first = 1;\nconst ▮', model: 'first = 1;', shown: '' },
    { at: '}\n▮', model: '}', shown: '}' },
  ],
  'no loop': [
    { at: '▮', model: 'a = 1\na = 1\na = 1\na = 1', shown: 'a = 1', language: 'python' },
    { at: 'x = ▮', model: 'ababababababababababababab', shown: '' },
    { at: '// ▮', model: '----------------------------', shown: '----------------------------' },
  ],
  'nothing that stands after the cursor': [
    { at: 'a = ▮;', model: 'b;', shown: 'b' },
    { at: 'x = ▮中文', model: '1中文', shown: '1', language: 'python' },
    { at: 'x = ▮中文', model: '值', shown: '值', language: 'python' },
    { at: 'foo(▮, second)', model: 'first, second)', shown: 'first' },
    { at: 'const s = "▮";', model: 'hello";', shown: 'hello' },
    { at: 'const n = ▮n', model: 'return', shown: 'return' },
    {
      at: 'function f() {\n  ▮\n}\n\nfunction g() {}',
      model: 'return 1;\n}\n\nfunction g() {}',
      shown: 'return 1;',
    },
  ],
  'no doubled bracket': [
    { at: 'print(▮)', model: 'x)', shown: 'x' },
    { at: 'print(▮)', model: 'f(x))', shown: 'f(x)' },
    { at: 'print(▮)', model: 'f(x)', shown: 'f(x)' },
    { at: 'a[▮]', model: 'i]', shown: 'i' },
    { at: 'call(a, (b) => {▮})', model: ' return b; })', shown: ' return b;' },
    { at: 'call(")", ▮)', model: '")", x)', shown: '")", x' },
    { at: 'function f() {\n  ▮\n}', model: 'return 1;\n}', shown: 'return 1;' },
    { at: 'if (a) {▮', model: '\n  b();\n}', shown: '\n  b();\n}' },
    { at: 'print(▮)', model: "don't)", shown: "don't", language: 'plaintext' },
  ],
  'no blank at the edges': [
    { at: 'x = ▮', model: '1   ', shown: '1' },
    { at: 'return ▮', model: '  value', shown: 'value' },
    { at: '    ▮', model: 'a\n\n\n', shown: 'a', language: 'python' },
    { at: 'x = ▮', model: ' \n \n', shown: '' },
    { at: '    ▮', model: '    if a:', shown: '    if a:', language: 'python' },
  ],
};

describe('rules of what may be shown', () => {
  for (const [rule, cases] of Object.entries(CASES)) {
    describe(rule, () => {
      for (const { at, model, shown, language } of cases) {
        it(`${JSON.stringify(at)} + ${JSON.stringify(model)} → ${JSON.stringify(shown)}`, () => {
          assert.equal(applyRules(model, contextOf(at, language)), shown);
        });
      }
    });
  }
});
