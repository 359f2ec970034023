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
      name: 'emits everything at once without a stop',
      stops: [],
      pieces: ['ab', 'c'],
      out: ['ab', 'c'],
      reached: undefined,
    },
    {
      name: 'finds a transcript’s next question over three pieces',
      stops: ['\nUser:'],
      pieces: ['Yes.\n', 'Us', 'er: What'],
      out: ['Yes.'],
      reached: '\nUser:',
    },
    {
      name: 'emits a partial match, twice',
      stops: ['\nUser:'],
      pieces: ['A\n', 'Use', ' of\nUse'],
      out: ['A', '\nUse of', '\nUse'],
      reached: undefined,
    },
    { name: 'ignores an empty stop', stops: [''], pieces: ['ab'], out: ['ab'], reached: undefined },
    {
      name: 'finds a stop in the middle of a piece',
      stops: ['END'],
      pieces: ['abENDcd', 'x'],
      out: ['ab'],
      reached: 'END',
    },
    {
      name: 'finds a stop over three pieces',
      stops: ['END'],
      pieces: ['aE', 'N', 'Db'],
      out: ['a'],
      reached: 'END',
    },
    {
      name: 'emits a partial match that doesn’t continue',
      stops: ['END'],
      pieces: ['aE', 'Nx'],
      out: ['a', 'ENx'],
      reached: undefined,
    },
    {
      name: 'emits a partial match at the end',
      stops: ['END'],
      pieces: ['aEN'],
      out: ['a', 'EN'],
      reached: undefined,
    },
    {
      name: 'finds the first of several stops',
      stops: ['two', 'one'],
      pieces: ['a one two'],
      out: ['a '],
      reached: 'one',
    },
    {
      name: 'finds a stop that begins like another',
      stops: ['\n\n', '\nUser:'],
      pieces: ['a\n', 'User:'],
      out: ['a'],
      reached: '\nUser:',
    },
  ])
    it(name, () => assert.deepEqual(read(stops, pieces), { out, reached }));
});
