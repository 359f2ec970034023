import { C_FAMILY } from '../../../../../src/engine/checkers/tools/cFamily.js';
import type { CommandTool } from '../../../../../src/engine/checkers/tools/commandChecker.js';
import { GO_BUILD } from '../../../../../src/engine/checkers/tools/go.js';
import { PYFLAKES, RUFF } from '../../../../../src/engine/checkers/tools/ruff.js';
import { PHP, RUBY, SHELL } from '../../../../../src/engine/checkers/tools/scripts.js';

/** What a tool has written for a text, recorded, and what is understood of it. COPY is the text's copy. */
export interface Recorded {
  readonly tool: CommandTool;
  readonly version: string;
  readonly file: string;
  readonly text: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code: number;
  /** Line, column, the severity's initial, what identifies the message. */
  readonly problems: readonly (readonly [number, number, 'E' | 'S' | 'W', RegExp])[];
}

export const RECORDED: readonly Recorded[] = [
  {
    tool: RUBY,
    version: '3.1',
    file: 'a.rb',
    text: 'def f\n  if x\nend\n',
    stderr: "-:3: syntax error, unexpected end-of-input, expecting `end'\n",
    code: 1,
    problems: [[2, 0, 'S', /^syntax error, unexpected end-of-input/]],
  },
  {
    tool: RUBY,
    version: '3.1',
    file: 'a.rb',
    text: 'if x = 1\nend\n',
    stdout: 'Syntax OK\n',
    stderr: "-:1: warning: found `= literal' in conditional, should be ==\n",
    code: 0,
    problems: [[0, 0, 'W', /should be ==$/]],
  },
  {
    tool: RUBY,
    version: '3.4',
    file: 'a.rb',
    text: 'x = (1\ny = 2\n',
    stderr: [
      '-:1: syntax errors found (SyntaxError)',
      '> 1 | x = (1',
      '    |       ^ unexpected end-of-input; expected a `)` to close the parentheses',
      '  2 | y = 2',
      '',
    ].join('\n'),
    code: 1,
    problems: [[0, 6, 'S', /expected a `\)` to close/]],
  },
  {
    tool: PHP,
    version: '8.2',
    file: 'a.php',
    text: '<?php\nfunction f( {\n}\n',
    stdout:
      '\nParse error: syntax error, unexpected token "{", expecting variable in COPY on line 2\nErrors parsing COPY\n',
    code: 255,
    problems: [[1, 0, 'S', /unexpected token "\{"/]],
  },
  {
    tool: PHP,
    version: '8.2',
    file: 'a.php',
    text: '<?php echo 1;\n',
    stdout: 'No syntax errors detected in COPY\n',
    code: 0,
    problems: [],
  },
  {
    tool: RUFF,
    version: '0.17',
    file: 'a.py',
    text: 'import os\nprint(y)\n',
    stdout: JSON.stringify([
      { code: 'F401', message: '`os` imported but unused', location: { row: 1, column: 8 } },
      { code: 'F821', message: 'Undefined name `y`', location: { row: 2, column: 7 } },
    ]),
    code: 1,
    problems: [
      [0, 7, 'W', /`os`/],
      [1, 6, 'E', /Undefined name `y`/],
    ],
  },
  {
    tool: RUFF,
    version: '0.17',
    file: 'a.py',
    text: 'x = (\n',
    stdout: JSON.stringify([
      { code: 'invalid-syntax', message: 'unexpected EOF while parsing', location: { row: 2, column: 1 } },
    ]),
    code: 1,
    problems: [[1, 0, 'S', /EOF/]],
  },
  {
    tool: PYFLAKES,
    version: '4.1',
    file: 'a.py',
    text: 'import os\nprint(y)\n',
    stdout: "<stdin>:1:1: 'os' imported but unused\n<stdin>:2:7: undefined name 'y'\n",
    code: 1,
    problems: [
      [0, 0, 'W', /'os'/],
      [1, 6, 'E', /undefined name 'y'/],
    ],
  },
  {
    tool: PYFLAKES,
    version: '4.1',
    file: 'a.py',
    text: 'x = (\n',
    stderr: "<stdin>:1:5: '(' was never closed\nx = (\n    ^\n",
    code: 1,
    problems: [[0, 4, 'S', /never closed/]],
  },
  {
    tool: C_FAMILY,
    version: 'clang 15',
    file: 'a.c',
    text: '#include "b.h"\nint main(void) { return y }\n',
    stderr: [
      'In file included from COPY:1:',
      "./b.h:3:1: error: unknown type name 'foo'",
      'foo x;',
      '^',
      "COPY:2:25: error: use of undeclared identifier 'y'",
      'int main(void) { return y }',
      '                        ^',
      'COPY:2:26: warning: something odd [-Wodd]',
      '3 errors generated.',
      '',
    ].join('\n'),
    code: 1,
    problems: [
      [0, 0, 'E', /^b\.h: unknown type name 'foo'/],
      [1, 24, 'E', /undeclared identifier 'y'/],
      [1, 25, 'W', /odd/],
    ],
  },
  {
    tool: SHELL,
    version: 'bash 5.2',
    file: 'a.sh',
    text: 'for x in a; do\n echo )\ndone\n',
    stderr: "COPY: line 2: syntax error near unexpected token `)'\nCOPY: line 2: ` echo )'\n",
    code: 2,
    problems: [[1, 0, 'S', /near unexpected token/]],
  },
  {
    tool: GO_BUILD,
    version: '1.26',
    file: 'a.go',
    text: 'package main\n\nfunc main() { helper(y) }\n',
    stderr:
      '# example.com/x\n../../elsewhere/checked.go:3:22: undefined: y\n./b.go:3:6: missing return\n\thave ()\n',
    code: 1,
    problems: [
      [2, 21, 'E', /undefined: y/],
      [0, 0, 'E', /^b\.go: missing return/],
    ],
  },
];
