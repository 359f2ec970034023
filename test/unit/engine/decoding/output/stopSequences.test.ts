import assert from 'node:assert/strict';
import { StopSequences } from '../../../../../src/engine/decoding/output/stopSequences.js';

/** The output for a text that arrives in pieces. */
function read(
  stops: readonly string[],
  pieces: readonly string[],
): { out: string[]; reached: string | undefined } {
  const reader = new StopSequences(stops);
  const out = [...pieces.map((piece) => reader.push(piece)), reader.flush()].filter((piece) => piece !== '');
  return { out, reached: reader.reached };
}

describe('stop sequences', () => {
  for (const { name, stops, pieces, out, reached } of [
    {
      name: 'none: all comes out at once',
      stops: [],
      pieces: ['ab', 'c'],
      out: ['ab', 'c'],
      reached: undefined,
    },
    {
      name: 'a transcript’s next question, over three pieces',
      stops: ['\nUser:'],
      pieces: ['Yes.\n', 'Us', 'er: What'],
      out: ['Yes.'],
      reached: '\nUser:',
    },
    {
      name: 'what only begins like it, twice',
      stops: ['\nUser:'],
      pieces: ['A\n', 'Use', ' of\nUse'],
      out: ['A', '\nUse of', '\nUse'],
      reached: undefined,
    },
    { name: 'an empty one is none', stops: [''], pieces: ['ab'], out: ['ab'], reached: undefined },
    {
      name: 'one in the middle of a piece',
      stops: ['END'],
      pieces: ['abENDcd', 'x'],
      out: ['ab'],
      reached: 'END',
    },
    { name: 'one over three pieces', stops: ['END'], pieces: ['aE', 'N', 'Db'], out: ['a'], reached: 'END' },
    {
      name: 'a beginning that was none',
      stops: ['END'],
      pieces: ['aE', 'Nx'],
      out: ['a', 'ENx'],
      reached: undefined,
    },
    { name: 'a beginning at the end', stops: ['END'], pieces: ['aEN'], out: ['a', 'EN'], reached: undefined },
    {
      name: 'the first of several in the text',
      stops: ['two', 'one'],
      pieces: ['a one two'],
      out: ['a '],
      reached: 'one',
    },
    {
      name: 'one that begins like another',
      stops: ['\n\n', '\nUser:'],
      pieces: ['a\n', 'User:'],
      out: ['a'],
      reached: '\nUser:',
    },
  ])
    it(name, () => assert.deepEqual(read(stops, pieces), { out, reached }));
});
