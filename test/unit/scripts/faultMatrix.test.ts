import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFaultMatrix, grepForKind, parseFaultMatrix } from '../../../scripts/test/faultMatrix.mjs';

const MIN_FAULTS = 80;
const TABLE = `Text.

| area | fault | how it is made | what must happen | test |
| --- | --- | --- | --- | --- |
| files | a cut (GGUF) | a byte less | a sentence | unit: gguf.test.ts "is refused (cut)" |
| files | a pipe \\| in a name | a file | it is kept | unit: names.test.ts "keeps a \\| b" |
| server | a dead client | a socket | it ends | http: safety.test.ts "ends" |
`;

describe('the fault matrix', () => {
  it('reads the rows of the table', () => {
    const rows = parseFaultMatrix(TABLE);
    assert.deepEqual(
      rows.map(({ kind, file, title }) => ({ kind, file, title })),
      [
        { kind: 'unit', file: 'gguf.test.ts', title: 'is refused (cut)' },
        { kind: 'unit', file: 'names.test.ts', title: 'keeps a | b' },
        { kind: 'http', file: 'safety.test.ts', title: 'ends' },
      ],
    );
  });

  it('refuses a row without a test, with its line', () => {
    const table = `${TABLE}| files | a fault | made | happens | to be done |\n`;
    assert.throws(() => parseFaultMatrix(table), /reliability\.md:8: the last cell/);
  });

  it('finds the tests of a kind by their titles, taken literally', () => {
    const pattern = new RegExp(grepForKind(parseFaultMatrix(TABLE), 'unit'));
    assert.match('a model is refused (cut)', pattern);
    assert.match('a file keeps a | b', pattern);
    assert.doesNotMatch('a model is refused cut', pattern);
    assert.doesNotMatch('ends', pattern);
  });

  it('fails each row whose test did not run in its kind and its file', () => {
    const time = (file: string, title: string): { file: string; title: string; isHook: boolean } => ({
      file,
      title,
      isHook: false,
    });
    const result = checkFaultMatrix(parseFaultMatrix(TABLE), [
      {
        name: 'unit',
        times: [time('gguf.test.ts', 'a model is refused (cut)'), time('other.test.ts', 'keeps a | b')],
      },
    ]);
    assert.equal(result.passed, 1);
    assert.deepEqual(
      result.failedTests.map(({ title }) => title),
      ['docs/reliability.md:6', 'docs/reliability.md:7'],
    );
  });

  it(`has at least ${MIN_FAULTS} faults, each with a different fault or test`, () => {
    const document = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'docs/reliability.md');
    const rows = parseFaultMatrix(readFileSync(document, 'utf8'));
    assert.ok(rows.length >= MIN_FAULTS, `${rows.length} faults`);
    const keys = rows.map(({ fault, title }) => `${fault}\n${title}`);
    assert.equal(new Set(keys).size, keys.length);
  });
});
