import assert from 'node:assert/strict';
import { OutputTurns } from '../../../scripts/test/outputTurns.mjs';

describe('the output of kinds that run at the same time', () => {
  it('is printed as it comes from the first, and kept from the others until their turn', () => {
    let printed = '';
    const turns = new OutputTurns((text) => (printed += String(text)));
    const [first, second, third] = [turns.take(), turns.take(), turns.take()];
    second.write('b1 ');
    first.write('a1 ');
    assert.equal(printed, 'a1 ');
    third.write('c1 ');
    third.end();
    first.write('a2 ');
    first.end();
    assert.equal(printed, 'a1 a2 b1 ');
    second.write('b2 ');
    assert.equal(printed, 'a1 a2 b1 b2 ');
    second.end();
    assert.equal(printed, 'a1 a2 b1 b2 c1 ');
    turns.take().write('d1');
    assert.equal(printed, 'a1 a2 b1 b2 c1 d1');
  });
});
