import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const { signal } = new AbortController();

describe('youtu complete', () => {
  const folder = temporaryFolder();
  const complete = async (place: string, ...args: string[]): Promise<[number, string, string]> => {
    const terminal = new FakeTerminal();
    const context = createContext(terminal, signal, folder());
    const status = await runCli(['complete', join(folder(), place), ...args], context, '1');
    return [status, terminal.results, terminal.notes];
  };

  beforeEach(() => {
    writeFileSync(join(folder(), 'short.py'), 'value = 1\n');
    writeFileSync(join(folder(), 'mark.py'), '\ufeffimport o');
    writeFileSync(join(folder(), 'latin1.py'), Buffer.from('NAME = "Ren\xe9"\nprint(f"{\n', 'latin1'));
    writeFileSync(join(folder(), 'wide.py'), Buffer.from('\ufeffimport o', 'utf16le'));
    writeFileSync(
      join(folder(), 'data.bin'),
      Uint8Array.from({ length: 256 }, (_, index) => index),
    );
    mkdirSync(join(folder(), 'sub'));
    if (process.platform !== 'win32') symlinkSync('loop.py', join(folder(), 'loop.py'));
  });

  const refused: [place: string, sentence: RegExp][] = [
    ['short.py:999:1', /short\.py has only 2 lines\.\n$/],
    ['short.py:99999999999999999999:1', /has only 2 lines\.\n$/],
    ['short.py:1:999', /Line 1 of .*short\.py ends at column 10\. Pass a column from 1 to 10\.\n$/],
    ['mark.py:1:10', /ends at column 9\./],
    ['latin1.py:2:10', /latin1\.py is not UTF-8 text: see line \d+\. Convert it first.*\n$/],
    ['data.bin:1:1', /data\.bin is not UTF-8 text: it holds zero bytes.*\n$/],
    ['sub:1:1', /sub is not a file\. Pass the path of a text file\.\n$/],
    ['nothing.py:1:1', /File not found: .*nothing\.py\n$/],
    ['short.py/x:1:1', /File not found: .*A part of this path is a file, not a folder\.\n$/],
    [`${'n'.repeat(300)}.py:1:1`, /name is longer than the file system allows\.\n$/],
    ...(process.platform === 'win32'
      ? []
      : [['loop.py:1:1', /loop\.py is a symbolic link that leads back to itself/] as [string, RegExp]]),
  ];
  for (const [place, sentence] of refused)
    it(`refuses ${place.slice(0, 40)} with one sentence`, async () => {
      const [status, results, notes] = await complete(place);
      assert.deepEqual([status, results], [1, '']);
      assert.match(notes, sentence);
      assert.equal(notes.split('\n').length, 2, notes);
    });

  it('takes the last column of a file with a byte order mark, and of one in UTF-16', async () => {
    for (const name of ['mark.py', 'wide.py']) {
      const [status, , notes] = await complete(`${name}:1:9`);
      // The place is taken: what is missing is the model.
      assert.equal(status, 1);
      assert.match(notes, /^There is no model/);
    }
  });
});
