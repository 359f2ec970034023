import assert from 'node:assert/strict';
import {
  factsOf,
  type ChangeFacts,
  type ChangeKind,
} from '../../../../../src/engine/edit/commit/changeFacts.js';
import { readDiff } from '../../../../../src/engine/edit/commit/diffReader.js';
import { factSubject } from '../../../../../src/engine/edit/commit/factSubject.js';
import { changed } from '../support/scriptedCommit.js';

const facts = (diff: string): ChangeFacts => factsOf(readDiff(diff));
const renamed = (from: string, to: string): string =>
  `diff --git a/${from} b/${to}\nsimilarity index 100%\nrename from ${from}\nrename to ${to}\n`;
const added = (path: string, ...lines: readonly string[]): string =>
  `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${lines.join('\n')}\n`;

describe('the facts of a change', () => {
  const kinds: readonly (readonly [ChangeKind, string, string])[] = [
    ['rename', renamed('src/a.ts', 'src/b.ts'), 'Rename a.ts to b.ts'],
    ['rename', renamed('src/a.ts', 'lib/a.ts'), 'Move a.ts to lib'],
    [
      'rename',
      renamed('a/x.ts', 'b/x.ts') + renamed('a/y.ts', 'b/y.ts') + renamed('a/z.ts', 'b/z.ts'),
      'Move 3 files to b',
    ],
    ['format', changed('a.ts', '-if(a){b( c )}', '+if (a) {', '+  b(c)', '+}'), 'Format a.ts'],
    ['code', changed('a.ts', "-say('helloworld')", "+say('hello world')"), 'Update a.ts'],
    ['code', changed('a.py', '-x = 1', '+    x = 1'), 'Update a.py'],
    ['format', changed('a.py', '-x = 1  ', '+x = 1', '+'), 'Format a.py'],
    ['comments', changed('a.ts', '-// old', '+// new', '+/** And', '+ * more */'), 'Update comments in a.ts'],
    ['code', changed('a.py', '-# old', '+x = 1  # new'), 'Update a.py'],
    ['format', changed('a.ts', '-call(a, b);', '+call(', '+  a,', '+  b,', '+);'), 'Format a.ts'],
    ['mode', 'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n', 'Change the mode of run.sh'],
    [
      'binary',
      'diff --git a/a.png b/a.png\nindex 1..2 100644\nBinary files a/a.png and b/a.png differ\n',
      'Update a.png',
    ],
    ['secret', changed('.env', '-A=1', '+A=2'), 'Update .env'],
    [
      'dependencies',
      changed('package.json', '-    "left-pad": "^1.1.0",', '+    "left-pad": "^1.2.0",') +
        changed('package-lock.json', '+x'),
      'Update left-pad to 1.2.0',
    ],
    ['dependencies', changed('requirements.txt', '+requests==2.31.0'), 'Add requests'],
    [
      'dependencies',
      changed('Cargo.toml', '-serde = "1.0"', '-rand = { version = "0.8" }', '+serde = "1.1"'),
      'Update dependencies',
    ],
    [
      'dependencies',
      changed('go.mod', '-\tgolang.org/x/net v0.1.0', '+\tgolang.org/x/net v0.2.0'),
      'Update golang.org/x/net to 0.2.0',
    ],
    ['dependencies', changed('yarn.lock', '+x'), 'Update dependencies'],
    ['code', changed('package.json', '-  "name": "a",', '+  "name": "b",'), 'Update package.json'],
    ['tests', changed('test/reader.test.ts', '+it()'), 'Update tests of reader'],
    ['docs', changed('README.md', '+More.'), 'Update README.md'],
    ['ci', changed('.github/workflows/ci.yml', '+  - run: x'), 'Update ci.yml'],
    ['added', added('src/a.ts', '+export const a = 1;'), 'Add a.ts'],
    [
      'removed',
      'diff --git a/a.ts b/a.ts\ndeleted file mode 100644\n--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n',
      'Remove a.ts',
    ],
    [
      'mixed',
      changed('src/a.ts', '+x') + changed('README.md', '+x') + changed('src/b.ts', '+x'),
      'Update 3 files',
    ],
  ];
  for (const [kind, diff, subject] of kinds)
    it(`are of the kind ${kind}: ${subject}`, () => {
      const found = facts(diff);
      assert.equal(found.kind, kind);
      assert.equal(factSubject(found, 'latin'), subject);
    });

  it('name the functions and types of headings and of declarations', () => {
    const diff =
      'diff --git a/r.go b/r.go\n--- a/r.go\n+++ b/r.go\n@@ -1,2 +1,2 @@ func (r *Reader) Next(n int) error {\n-a\n+b\n@@ -9,1 +9,3 @@ type Other struct {\n+func New(r *Reader) *Other {\n+\tif (x) {\n+}\n';
    const { symbols } = facts(diff);
    assert.deepEqual(
      [symbols.added, symbols.removed, [...symbols.changed].sort()],
      [['New'], [], ['Next', 'Other']],
    );
    const moved = facts(changed('a.py', '-def old(a):', '+def new(a):', '-class A:', '+class A(B):'));
    assert.deepEqual(moved.symbols, { added: ['new'], removed: ['old'], changed: ['A'] });
    assert.equal(factSubject(moved, 'latin'), 'Update A and new in a.py');
    assert.equal(factSubject(moved, 'chinese'), '更新 a.py 中的 A、new');
  });
});
