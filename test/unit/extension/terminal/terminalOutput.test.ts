import assert from 'node:assert/strict';
import { placesIn } from '../../../../src/extension/terminal/errorPlaces.js';
import {
  lastLines,
  OutputTail,
  plainText,
  withoutSecrets,
} from '../../../../src/extension/terminal/outputTail.js';

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

describe('the output of a command', () => {
  it('is kept without colours, titles and the marks of shell integration', () => {
    const raw = `${ESC}]633;C${BELL}${ESC}[31merror${ESC}[0m: no such file${ESC}]0;title with blanks${ESC}\\\r\n${ESC}]633;D;1${BELL}`;
    assert.equal(plainText(raw), 'error: no such file');
  });

  it('shows of a line that was overwritten only what a person sees last', () => {
    assert.equal(plainText('10 %\r50 %\r100 %\ndonee\b\n'), '100 %\ndone');
  });

  it('is bounded: of a flood only the end is kept', () => {
    const tail = new OutputTail();
    for (let i = 0; i < 2000; i++) tail.push(`${'x'.repeat(99)}\n`);
    tail.push('y'.repeat(1_000_000));
    tail.push('\nthe end');
    assert.ok(tail.text.length <= 32_000);
    assert.match(tail.text, /y\nthe end$/);
  });

  it('is cut to its last lines', () => {
    assert.equal(lastLines('a\nb\nc', 2, 100), 'b\nc');
    assert.equal(lastLines('aaaa\nbbbb\ncccc', 3, 9), 'bbbb\ncccc');
    assert.equal(lastLines('a'.repeat(50), 3, 9), 'a'.repeat(9));
  });
});

describe('what looks like a secret', () => {
  const masked: readonly (readonly [string, string])[] = [
    ['API_TOKEN=abcdef123456 npm test', 'API_TOKEN=*** npm test'],
    ['curl -H "Authorization: Bearer abcdefghijkl"', 'curl -H "Authorization: Bearer ***"'],
    ['git clone https://user:pass1234@host.example/x', 'git clone https://user:***@host.example/x'],
    ['mysql --password hunter2222', 'mysql --password ***'],
    ['{"client_secret": "0123456789"}', '{"client_secret": "***"}'],
    ['key ghp_0123456789abcdefghij failed', 'key *** failed'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nx', '***\nx'],
  ];
  for (const [text, expected] of masked)
    it(`is masked: ${expected.slice(0, 40)}`, () => {
      assert.equal(withoutSecrets(text), expected);
    });

  const kept = [
    "TypeError: Cannot read properties of undefined (reading 'token')",
    'SyntaxError: Unexpected token } in JSON at position 3',
    'echo $API_TOKEN',
    'src/secret.ts:3:5: error',
  ];
  for (const text of kept)
    it(`isn’t seen in: ${text}`, () => {
      assert.equal(withoutSecrets(text), text);
    });
});

describe('places in the output', () => {
  const places: readonly (readonly [string, string, readonly (readonly [string, number, string])[]])[] = [
    [
      'Python: the innermost first',
      'Traceback (most recent call last):\n  File "/w/main.py", line 9, in <module>\n    run()\n  File "/w/lib/run.py", line 4, in run\n    return x[0]\nIndexError: list index out of range\n',
      [
        ['/w/lib/run.py', 3, 'IndexError: list index out of range'],
        ['/w/main.py', 8, 'IndexError: list index out of range'],
      ],
    ],
    [
      'TypeScript',
      "src/a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.\n",
      [['src/a.ts', 2, "error TS2322: Type 'string' is not assignable to type 'number'."]],
    ],
    ['gcc', "a.c:3:5: error: expected ';' before 'return'\n", [['a.c', 2, "expected ';' before 'return'"]]],
    ['Go', './main.go:7:2: undefined: foo\n', [['./main.go', 6, 'undefined: foo']]],
    [
      'Rust',
      'error[E0382]: borrow of moved value: `s`\n --> src/main.rs:4:20\n  |\n',
      [['src/main.rs', 3, 'error[E0382]: borrow of moved value: `s`']],
    ],
    [
      'Node, without the code of others',
      'file:///w/a.js:2\nthrow new Error("no");\n^\n\nError: no\n    at f (file:///w/a.js:2:7)\n    at g (/w/node_modules/x/i.js:1:1)\n    at node:internal/main:1:1\n',
      [['file:///w/a.js', 1, 'Error: no']],
    ],
    [
      'Java',
      'Exception in thread "main" java.lang.NullPointerException: s is null\n\tat app.Main.run(Main.java:12)\n',
      [['Main.java', 11, 'Exception in thread "main" java.lang.NullPointerException: s is null']],
    ],
    [
      'PHP',
      'PHP Fatal error:  Uncaught Error: Call to undefined function f() in /w/a.php:3\n',
      [['/w/a.php', 2, 'PHP Fatal error:  Uncaught Error: Call to undefined function f() in /w/a.php:3']],
    ],
    ['Windows', 'C:\\w\\a.ts(3,5): error TS1: x y z\n', [['C:\\w\\a.ts', 2, 'error TS1: x y z']]],
    [
      'Vue, in a path with blanks, once',
      '[vite:vue] Error parsing JavaScript expression (1:9)\nfile: /w/My View.vue:12:9\n',
      [['/w/My View.vue', 11, '[vite:vue] Error parsing JavaScript expression (1:9)']],
    ],
    [
      'webpack and Babel',
      'ERROR in ./src/App.jsx 5:10\nSyntaxError: /w/src/App.jsx: Unexpected token (5:10)\n',
      [
        ['./src/App.jsx', 4, 'SyntaxError: /w/src/App.jsx: Unexpected token (5:10)'],
        ['/w/src/App.jsx', 4, 'ERROR in ./src/App.jsx 5:10'],
      ],
    ],
    [
      'esbuild',
      '✘ [ERROR] Expected ";" but found "x"\n\n    src/a.ts:3:4:\n      3 │ let x x\n',
      [['src/a.ts', 2, '✘ [ERROR] Expected ";" but found "x"']],
    ],
    [
      'names in Chinese',
      'src/组件/列表.vue:14:3 - error TS2339: Property "x" does not exist\n',
      [['src/组件/列表.vue', 13, 'error TS2339: Property "x" does not exist']],
    ],
    ['nothing', 'listening on http://localhost:3000, version 1.2.3:4\n', []],
  ];
  for (const [title, output, expected] of places)
    it(`are found: ${title}`, () => {
      assert.deepEqual(
        placesIn(output).map(({ path, line, message }) => [path, line, message]),
        expected,
      );
    });

  it('are found in time in proportion to the length', () => {
    assert.deepEqual(placesIn('a.'.repeat(200_000)), []);
    assert.deepEqual(placesIn(`File "${'a'.repeat(200_000)}`), []);
    assert.equal(placesIn('a.ts:1:1: error: some words\n'.repeat(50_000)).length, 1);
  });
});
