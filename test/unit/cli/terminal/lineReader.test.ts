import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { LineReader } from '../../../../src/cli/terminal/lineReader.js';

const never = new AbortController().signal;

function reader() {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown: string[] = [];
  output.on('data', (bytes: Buffer) => shown.push(bytes.toString()));
  const lines = new LineReader(
    () => ({ input, output }),
    () => undefined,
  );
  return { input, read: () => lines.read('> ', [], never), shown: () => shown.join('') };
}

describe('lines that a user types', () => {
  it('are all read when they were typed ahead, while an answer was written', async () => {
    const { input, read, shown } = reader();
    input.write('first\nsecond\nthird\n');
    assert.deepEqual([await read(), await read(), await read()], ['first', 'second', 'third']);
    assert.match(shown(), /> third\n$/);
    input.write('fourth\n');
    assert.equal(await read(), 'fourth');
  });

  it('may be finished later', async () => {
    const { input, read } = reader();
    input.write('first\nsec');
    assert.equal(await read(), 'first');
    const second = read();
    input.write('ond\n');
    assert.equal(await second, 'second');
  });

  it('are read before the input’s end, with that end typed ahead too', async () => {
    const { input, read } = reader();
    input.write('first\nsecond\n\u0004');
    assert.deepEqual([await read(), await read(), await read()], ['first', 'second', undefined]);
    assert.equal(await read(), undefined);
  });

  it('end with the input', async () => {
    const { input, read } = reader();
    const line = read();
    input.end();
    assert.equal(await line, undefined);
    assert.equal(await read(), undefined);
  });
});
