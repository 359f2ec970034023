import assert from 'node:assert/strict';
import { readDiff, type ChangedFile } from '../../../../../src/engine/edit/commit/diffReader.js';
import { changed } from '../support/scriptedCommit.js';

const only = (text: string): ChangedFile => {
  const files = readDiff(text);
  assert.equal(files.length, 1);
  const [file] = files;
  assert.ok(file);
  return file;
};
const linesOf = (file: ChangedFile): string[] => file.hunks.flatMap(({ lines }) => lines);
const head = (path: string, ...lines: readonly string[]): string =>
  [`diff --git a/${path} b/${path}`, ...lines, ''].join('\n');

describe('a diff', () => {
  it('is read with headings, counts and lines that look like headers', () => {
    const file = only(
      'diff --git a/a.sql b/a.sql\nindex 1..2 100644\n--- a/a.sql\n+++ b/a.sql\n@@ -3,2 +3,2 @@ create table t (\n--- old\n+++ new\n same\n\\ No newline at end of file\n',
    );
    assert.deepEqual([file.path, file.change, file.added, file.removed], ['a.sql', 'changed', 1, 1]);
    assert.equal(file.hunks[0]?.heading, 'create table t (');
    assert.deepEqual(linesOf(file), ['--- old', '+++ new', ' same']);
  });

  const shapes: readonly (readonly [string, string, Partial<ChangedFile>])[] = [
    [
      'a rename',
      'diff --git a/x.ts b/y.ts\nsimilarity index 100%\nrename from x.ts\nrename to y.ts\n',
      { path: 'y.ts', oldPath: 'x.ts', change: 'renamed', added: 0 },
    ],
    [
      'an empty new file',
      head('new.py', 'new file mode 100644', 'index 0..e'),
      { path: 'new.py', change: 'added' },
    ],
    ['a removed file', head('old.py', 'deleted file mode 100644'), { path: 'old.py', change: 'removed' }],
    [
      'another mode',
      head('run.sh', 'old mode 100644', 'new mode 100755'),
      { hasNewMode: true, change: 'changed' },
    ],
    ['a binary file', head('a.png', 'Binary files a/a.png and b/a.png differ'), { content: 'binary' }],
    [
      'a binary patch',
      head('a.png', 'index 1..2', 'GIT binary patch', 'literal 3', 'abc'),
      { content: 'binary' },
    ],
    [
      'a submodule',
      'diff --git a/lib b/lib\nindex 1111..2222 160000\n--- a/lib\n+++ b/lib\n@@ -1 +1 @@\n-Subproject commit 1\n+Subproject commit 2\n',
      { path: 'lib', content: 'submodule' },
    ],
    [
      'a submodule with its log',
      'Submodule lib 1111111..2222222:\n  > Fix it\n',
      { path: 'lib', content: 'submodule' },
    ],
    [
      'a name in octal',
      'diff --git "a/\\346\\226\\207.txt" "b/\\346\\226\\207.txt"\nnew file mode 100644\n',
      { path: '文.txt', change: 'added' },
    ],
    [
      'a name with blanks',
      'diff --git a/my file b/my file\nold mode 100644\nnew mode 100755\n',
      { path: 'my file' },
    ],
    ['no prefixes', 'diff --git b/x b/x\n--- b/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n', { path: 'b/x', added: 1 }],
    ['other prefixes', 'diff --git i/x w/x\n--- i/x\n+++ w/x\n@@ -1 +1 @@\n-a\n+b\n', { path: 'x' }],
    [
      'diff -u',
      '--- old/x.c\t2026-01-01 10:00\n+++ new/x.c\t2026-01-01 10:00\n@@ -1 +1 @@\n-a\n+b\n',
      { path: 'new/x.c' },
    ],
    [
      'colours',
      '\u001b[1mdiff --git a/x b/x\u001b[m\n\u001b[1m--- a/x\u001b[m\n\u001b[1m+++ b/x\u001b[m\n\u001b[36m@@ -1 +1 @@\u001b[m\n\u001b[31m-a\u001b[m\n\u001b[32m+b\u001b[m\n',
      { path: 'x', added: 1, removed: 1 },
    ],
    [
      'CRLF',
      'diff --git a/x b/x\r\n--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n',
      { path: 'x', added: 1, removed: 1 },
    ],
    [
      'a merge',
      'diff --cc x.py\nindex 1,2..3\n--- a/x.py\n+++ b/x.py\n@@@ -1,1 -1,1 +1,2 @@@\n- a\n -b\n++c\n++d\n',
      { path: 'x.py', added: 2, removed: 2 },
    ],
    [
      'a part that was cut off',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,90 +1,90 @@\n-a\n+b',
      { added: 1, removed: 1 },
    ],
  ];
  for (const [name, text, expected] of shapes)
    it(`is read with ${name}`, () => {
      const file = only(text);
      const seen = Object.fromEntries(
        Object.keys(expected).map((key) => [key, file[key as keyof ChangedFile]]),
      );
      assert.deepEqual(seen, expected);
    });

  it('with several files of diff -u keeps them apart', () => {
    const one = (name: string): string => `--- ${name}\n+++ ${name}\n@@ -1 +1 @@\n-a\n+b\n`;
    assert.deepEqual(
      readDiff(one('x') + one('y')).map(({ path, added }) => [path, added]),
      [
        ['x', 1],
        ['y', 1],
      ],
    );
  });

  it('keeps nothing of secret files and of lock files', () => {
    for (const path of ['.env', 'config/id_rsa', 'package-lock.json', 'dist/app.js']) {
      const file = only(changed(path, '+TOKEN=hunter2'));
      assert.deepEqual([linesOf(file), file.added], [[], 1], path);
      assert.equal(JSON.stringify(file).includes('hunter2'), false);
    }
    const renamed = only(
      'diff --git a/.env b/notes.txt\nsimilarity index 90%\nrename from .env\nrename to notes.txt\n--- a/.env\n+++ b/notes.txt\n@@ -1 +1 @@\n-A=hunter1\n+A=hunter2\n',
    );
    assert.deepEqual([renamed.content, linesOf(renamed)], ['secret', []]);
  });

  it('of a million lines keeps a bounded part and counts all', () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `+value ${index} of a table`);
    const files = readDiff(
      Array.from({ length: 5 }, (_, index) => changed(`t${index}.txt`, lines.join('\n'))).join(''),
    );
    assert.equal(
      files.reduce((sum, { added }) => sum + added, 0),
      1_000_000,
    );
    assert.ok(files.flatMap(linesOf).join('').length < 5_000_000);
    assert.equal(
      files.some(({ isWhole }) => isWhole),
      false,
    );
  });

  it('that is none has no files', () => {
    for (const text of ['hello', '{"a": 1}', 'On branch main\nnothing to commit\n', '--\n++\n'])
      assert.deepEqual(readDiff(text), []);
  });
});
