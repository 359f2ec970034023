import assert from 'node:assert/strict';
import { messagesInOutput } from '../../../../src/engine/checkers/tools/commandOutput.js';

/** path:line:column severity message */
const read = (output: string): string[] =>
  messagesInOutput(output).map(
    ({ path, line, column, severity, message }) => `${path}:${line}:${column} ${severity} ${message}`,
  );

describe('the output of a command', () => {
  const outputs: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'tsc',
      "src/a.ts(3,5): error TS2304: Cannot find name 'prise'.\n",
      ["src/a.ts:3:5 error TS2304: Cannot find name 'prise'."],
    ],
    [
      'tsc --pretty',
      "\u001b[96msrc/a.ts\u001b[0m:\u001b[93m3\u001b[0m:\u001b[93m5\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2304: \u001b[0mCannot find name 'x'.\n",
      ["src/a.ts:3:5 error TS2304: Cannot find name 'x'."],
    ],
    [
      'gcc',
      "a.c: In function 'main':\na.c:3:5: error: 'x' undeclared (first use in this function)\n    3 |   x = 1;\na.c:3:5: note: each undeclared identifier is reported once\na.c:4:1: warning: unused variable 'y' [-Wunused-variable]\n",
      [
        "a.c:3:5 error 'x' undeclared (first use in this function)",
        "a.c:4:1 warning unused variable 'y' [-Wunused-variable]",
      ],
    ],
    ['go', '# example\n./a.go:4:2: undefined: x\n', ['./a.go:4:2 error undefined: x']],
    [
      'ruff',
      'a.py:2:5: F821 Undefined name `x`\nFound 1 error.\n',
      ['a.py:2:5 error F821 Undefined name `x`'],
    ],
    [
      'mypy',
      'pkg/a.py:2: error: Name "x" is not defined  [name-defined]\npkg/a.py:2: note: See docs\nFound 1 error in 1 file (checked 1 source file)\n',
      ['pkg/a.py:2:1 error Name "x" is not defined [name-defined]'],
    ],
    ['pyflakes', "a.py:1:1: undefined name 'x'\n", ["a.py:1:1 error undefined name 'x'"]],
    [
      'python',
      'Traceback (most recent call last):\n  File "/w/a.py", line 9, in <module>\n    main()\n    ^^^^^^\n  File "/w/a.py", line 4, in main\n    return prise\nNameError: name \'prise\' is not defined\n',
      [
        "/w/a.py:4:1 error NameError: name 'prise' is not defined",
        "/w/a.py:9:1 error NameError: name 'prise' is not defined",
      ],
    ],
    [
      'python, syntax',
      '  File "a.py", line 1\n    print(1\n         ^\nSyntaxError: \'(\' was never closed\n',
      ["a.py:1:1 error SyntaxError: '(' was never closed"],
    ],
    [
      'pytest',
      '    def test_mean():\n>       assert mean([]) == 0\n\ntest_mean.py:4: \nmean.py:2: ZeroDivisionError\n=== short test summary info ===\nFAILED test_mean.py::test_mean - ZeroDivisionError: division by zero\n',
      ['mean.py:2:1 error ZeroDivisionError'],
    ],
    [
      'node',
      "/w/a.js:3\n  foo(;\n      ^\n\nSyntaxError: Unexpected token ';'\n    at wrapSafe (node:internal/modules/cjs/loader:1378:20)\n",
      ["/w/a.js:3:1 error SyntaxError: Unexpected token ';'"],
    ],
    [
      'node, at run time',
      '/w/a.js:2\n  return prise;\n  ^\n\nReferenceError: prise is not defined\n    at total (/w/a.js:2:3)\n    at Object.<anonymous> (/w/a.js:5:1)\n',
      [
        '/w/a.js:2:1 error ReferenceError: prise is not defined',
        '/w/a.js:2:3 error ReferenceError: prise is not defined',
        '/w/a.js:5:1 error ReferenceError: prise is not defined',
      ],
    ],
    [
      'eslint',
      "/w/src/a.js\n  3:5  error  'x' is not defined  no-undef\n  4:1  warning  Unexpected console statement  no-console\n\n✖ 2 problems (1 error, 1 warning)\n",
      [
        "/w/src/a.js:3:5 error 'x' is not defined no-undef",
        '/w/src/a.js:4:1 warning Unexpected console statement no-console',
      ],
    ],
    [
      'rustc',
      'error[E0425]: cannot find value `x` in this scope\n --> src/main.rs:2:13\n  |\n2 |     let y = x;\n',
      ['src/main.rs:2:13 error E0425: cannot find value `x` in this scope'],
    ],
    [
      'javac',
      'A.java:3: error: cannot find symbol\n    x = 1;\n    ^\n',
      ['A.java:3:1 error cannot find symbol'],
    ],
    [
      'bash',
      "a.sh: line 3: syntax error near unexpected token `fi'\n",
      ["a.sh:3:1 error syntax error near unexpected token `fi'"],
    ],
    [
      'php',
      'PHP Parse error:  syntax error, unexpected token "}" in /w/a.php on line 3\n',
      ['/w/a.php:3:1 error PHP Parse error: syntax error, unexpected token "}"'],
    ],
    ['perl', 'syntax error at a.pl line 3, near "}"\n', ['a.pl:3:1 error syntax error']],
    [
      'ruby',
      'a.rb:3: syntax error, unexpected end-of-input (SyntaxError)\n',
      ['a.rb:3:1 error syntax error, unexpected end-of-input (SyntaxError)'],
    ],
    [
      'MSBuild',
      'C:\\w\\a.cs(3,5): error CS0103: The name x does not exist [C:\\w\\a.csproj]\r\n',
      ['C:\\w\\a.cs:3:5 error CS0103: The name x does not exist [C:\\w\\a.csproj]'],
    ],
    [
      'other lines',
      '12:30:05 started\nServer at http://localhost:8080 is up\nratio 3:4: good\nall 3 tests passed\nNote: 3: x\n',
      [],
    ],
  ];
  for (const [name, output, expected] of outputs)
    it(`is read from ${name}`, () => {
      assert.deepEqual(read(output), expected);
    });

  it('is read in linear time, and to a bounded number of messages', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `a.c:${index + 1}:1: error: wrong\n`).join('');
    assert.equal(messagesInOutput(many).length, 200);
    for (const unit of ['a', ' ', '(', '/a', 'a:', '1:', 'File "', 'error ', '  at (', 'a.b '])
      assert.deepEqual(messagesInOutput(unit.repeat(500_000)), []);
  });
});
