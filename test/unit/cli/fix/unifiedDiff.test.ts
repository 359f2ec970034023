import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unifiedDiff } from '../../../../src/cli/fix/fixReport.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';

const numbered = (count: number, changed: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, index) => `${changed[index + 1] ?? `line ${index + 1}`}\n`).join('');

describe('a unified diff', () => {
  it('shows a change with three lines around it', () => {
    assert.equal(
      unifiedDiff('a/b.py', numbered(9), numbered(9, { 5: 'new' })),
      [
        '--- a/a/b.py',
        '+++ b/a/b.py',
        '@@ -2,7 +2,7 @@',
        ' line 2',
        ' line 3',
        ' line 4',
        '-line 5',
        '+new',
        ' line 6',
        ' line 7',
        ' line 8',
        '',
      ].join('\n'),
    );
  });

  it('names an absolute path as git does', () =>
    assert.match(unifiedDiff('/tmp/x.py', 'a\n', 'b\n'), /^--- a\/tmp\/x\.py\n\+\+\+ b\/tmp\/x\.py\n/));

  it('is empty when nothing differs', () => assert.equal(unifiedDiff('x', 'a\n', 'a\n'), ''));

  const changes = (before: readonly string[], after: readonly string[]): string[] =>
    unifiedDiff('x', before.map((line) => `${line}\n`).join(''), after.map((line) => `${line}\n`).join(''))
      .split('\n')
      .slice(3, -1);

  it('puts removed lines before added lines', () =>
    assert.deepEqual(changes(['a', 'b', 'c', 'd'], ['a', 'x', 'y', 'd']), [
      ' a',
      '-b',
      '-c',
      '+x',
      '+y',
      ' d',
    ]));

  it('changes as few lines as possible', () => {
    const lines = changes(['a', 'b', 'c', 'd', 'e'], ['a', 'c', 'x', 'e', 'f']);
    assert.deepEqual(
      lines.filter((line) => line.startsWith(' ')),
      [' a', ' c', ' e'],
    );
  });

  describe('a unified diff, applied by git', () => {
    const folder = temporaryFolder();
    const far = { 2: 'two', 20: 'twenty' };
    const table: [name: string, before: string, after: string, hunks: number][] = [
      ['one line', 'a\n', 'b\n', 1],
      ['lines that are far apart', numbered(30), numbered(30, far), 2],
      ['lines that are close together', numbered(12), numbered(12, { 3: 'x', 9: 'y' }), 1],
      ['an empty old text', '', 'a\nb\n', 1],
      ['an empty new text', 'a\nb\n', '', 1],
      ['no newline at the end of the file', 'a\nb', 'a\nc', 1],
      ['an added newline at the end of the file', 'a\nb', 'a\nb\n', 1],
      ['Windows’ line ends', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n', 1],
      ['a first and a last line', numbered(20), numbered(20, { 1: 'x', 20: 'y' }), 2],
    ];
    for (const [name, before, after, hunks] of table)
      it(`turns one text into the other: ${name}`, () => {
        const path = join(folder(), 'file.txt');
        writeFileSync(path, before);
        const diff = unifiedDiff('file.txt', before, after);
        assert.equal(diff.match(/^@@ /gm)?.length, hunks);
        execFileSync('git', ['apply', '--unsafe-paths', '--whitespace=nowarn', '-'], {
          cwd: folder(),
          input: diff,
        });
        assert.equal(readFileSync(path, 'utf8'), after);
      });
  });

  describe('a unified diff of a file with an odd name', () => {
    const folder = temporaryFolder();
    const names = [
      'plain.py',
      'my file.py',
      ' leading and trailing ',
      'café 变量.py',
      'a"b.py',
      "it's.py",
      'a\\b.py',
      '-x.py',
      '--- a.py',
      'tab\there.py',
      'new\nline.py',
      'sub dir/in it.py',
      'bell\u0007.py',
      '{a,b}*?[c] $HOME ;#.py',
      'no\u00a0break\u2028.py',
      'dated\t2020-01-01 00:00.py',
    ];
    const appliers: [name: string, command: string, args: string[]][] = [
      ['git apply', 'git', ['apply', '--whitespace=nowarn', '-']],
      // It asks where it can't find a file.
      ['patch -p1', 'patch', ['-p1', '--batch', '--quiet']],
    ];
    for (const [tool, command, args] of process.platform === 'win32' ? [] : appliers)
      for (const name of names)
        it(`is applied by ${tool}: ${JSON.stringify(name)}`, () => {
          const path = join(folder(), name);
          mkdirSync(dirname(path), { recursive: true });
          for (const mark of ['', '\ufeff']) {
            const text = (line: string): string =>
              `${mark}one\r\ntwo\n${line}\n\u2028four\r@@ -1,1 +1,1 @@\nfive`;
            writeFileSync(path, text('three'));
            writeFileSync(join(folder(), 'other.py'), text('three'));
            const input = unifiedDiff(name, text('three'), text('THREE'));
            execFileSync(command, args, {
              cwd: folder(),
              input,
              env: { ...process.env, GIT_DIR: '/nowhere' },
            });
            assert.equal(readFileSync(path, 'utf8'), text('THREE'));
            assert.equal(readFileSync(join(folder(), 'other.py'), 'utf8'), text('three'));
          }
        });
  });
});
