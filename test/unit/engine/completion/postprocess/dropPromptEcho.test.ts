import { dropPromptEcho } from '../../../../../src/engine/completion/postprocess/dropPromptEcho.js';
import { describeRule } from './ruleTable.js';

const snippets = [
  {
    path: 'src/money.ts',
    text: 'export interface Money {\n  readonly cents: number;\n  readonly currency: string;\n}\n',
  },
];

describeRule(
  'an echo of the prompt',
  dropPromptEcho,
  {
    'is removed at the beginning when it is a comment with a file name': [
      ['▮', '// src/foo.ts\nfoo();', 'foo();'],
      ['▮', '# Path: src/foo.py\nfoo()', 'foo()', 'python'],
      ['▮', '# File: foo.py\n\nfoo()', 'foo()', 'python'],
      ['▮', '<!-- pages/index.html -->\n<p>', '<p>', 'html'],
      ['▮', '/* styles/main.css */\na {', 'a {', 'css'],
      ['▮', '# Later in this file:\nfoo()', 'foo()', 'python'],
    ],
    'ends the text further down': [
      ['▮', 'foo();\n// src/bar.ts\nbar();', 'foo();'],
      ['x = ▮', '1\n# Path: src/b.py\nimport os', '1', 'python'],
      ['▮', 'foo();\n--- a/src/x.ts\n+++ b/src/x.ts', 'foo();'],
    ],
    'is removed when it is code of another file': [
      [
        '▮',
        'export interface Money {\n  readonly cents: number;\n  readonly currency: string;\n}\nfoo();',
        'foo();',
      ],
      ['▮', '// src/money.ts\nexport interface Money {\nfoo();', 'foo();'],
      ['▮', '// readonly cents: number;\nfoo();', 'foo();'],
      ['▮', 'foo();\n// export interface Money {\n// }', 'foo();'],
    ],
    'is not found in similar comments and code': [
      ['▮', '// see src/foo.ts for more\nfoo();', '// see src/foo.ts for more\nfoo();'],
      ['▮', '// and/or\nfoo();', '// and/or\nfoo();'],
      ['▮', '// Object.keys\nfoo();', '// Object.keys\nfoo();'],
      ['▮', '# pathological cases\nfoo()', '# pathological cases\nfoo()', 'python'],
      [
        '▮',
        'export interface Money {\n  readonly amount: number;',
        'export interface Money {\n  readonly amount: number;',
      ],
      ['const m: ▮', 'Money = {};', 'Money = {};'],
      ['// ▮', 'src/foo.ts', 'src/foo.ts'],
    ],
  },
  { snippets },
);
