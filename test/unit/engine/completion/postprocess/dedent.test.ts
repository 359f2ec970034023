import assert from 'node:assert/strict';
import { dedent } from '../../../../../src/engine/completion/postprocess/dedent.js';
import { contextOf } from '../support/cursorMark.js';

type Case = readonly [at: string, text: string, left: string, replaces: number, language?: string];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'moves keywords that continue a block to the indentation of its first line': [
    ['if a:\n    b()\n    ▮', 'else:\n    c()', 'else:\n    c()', 4, 'python'],
    ['for a in b:\n    if a:\n        c()\n        ▮', 'elif d:', 'elif d:', 4, 'python'],
    ['try:\n    a()\n    ▮', 'except OSError:', 'except OSError:', 4, 'python'],
    ['try:\n    a()\nexcept OSError:\n    b()\n    ▮', 'finally:', 'finally:', 4, 'python'],
    ['if a; then\n  b\n  ▮', 'fi', 'fi', 2, 'shellscript'],
    ['while a; do\n\tb\n\t▮', 'done', 'done', 1, 'shellscript'],
    ['def a\n  b\n  ▮', 'end', 'end', 2, 'ruby'],
    ['switch (a) {\n  case 1:\n    b();\n    ▮', 'case 2:', 'case 2:', 2],
    ['switch (a) {\n  case 1:\n    b();\n    ▮', 'default:', 'default:', 2],
  ],
  'moves the end of a block to the indentation of the block': [
    ['function f() {\n  a();\n  ▮', '}', '}', 2],
    ['foo({\n  a: 1,\n  ▮', '});', '});', 2],
    ['a = [\n    1,\n    ▮', ']', ']', 4, 'python'],
    ['if (a) {\n  b();\n  ▮', '} else {\n  c();', '} else {\n  c();', 2],
    ['<ul>\n  <li>\n  </li>\n  ▮', '</ul>', '</ul>', 2, 'html'],
  ],
  'moves the following lines too when they are too deep': [
    ['if a:\n    b()\n    ▮', 'else:\n        c()', 'else:\n    c()', 4, 'python'],
    ['if a:\n    b()\n    ▮', 'else:\n        c()\n    d()', 'else:\n    c()\nd()', 4, 'python'],
  ],
  'moves nothing else': [
    ['if a:\n    b()\n    ▮', 'c()', 'c()', 0, 'python'],
    ['if a:\n    b()\n▮', 'else:', 'else:', 0, 'python'],
    ['    ▮', 'else:', 'else:', 0, 'python'],
    ['    b()\n    ▮', 'elsewhere()', 'elsewhere()', 0, 'python'],
    ['if (a) {\n    x = ▮', '}', '}', 0],
    ['try {\n    a();\n  ▮', '} catch (e) {', '} catch (e) {', 0],
    ['  - a\n    - b\n    ▮', ') c', ') c', 0, 'markdown'],
    ['if (a)\n  b();\n  ▮', 'else c();', 'else c();', 0],
  ],
};

describe('a first line that belongs further left', () => {
  for (const [behaviour, cases] of Object.entries(CASES)) {
    it(behaviour, () => {
      for (const [at, text, left, replaces, language] of cases)
        assert.deepEqual(dedent(text, contextOf(at, language)), { text: left, replaces }, JSON.stringify(at));
    });
  }
});
