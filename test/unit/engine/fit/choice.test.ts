import assert from 'node:assert/strict';
import { isFastEnough, orderFor, type Candidate } from '../../../../src/engine/fit/choice.js';
import type { ModelRole } from '../../../../src/protocol/errors.js';
import type { ModelFit } from '../../../../src/protocol/modelFit.js';

const fit = (prefill: number, decode: number, place: ModelFit['place'] = 'cpu'): ModelFit => ({
  place,
  memoryBytes: 1e9,
  speed: { prefill, decode, isMeasured: true },
});
const NO_MEMORY: ModelFit = { place: 'none', memoryBytes: 1e12 };

/** The best first, as a catalogue has them. */
const models = (large?: ModelFit, starter?: ModelFit, tiny?: ModelFit): readonly Candidate[] => [
  { id: 'large', isStarter: false, fit: large },
  { id: 'starter', isStarter: true, fit: starter },
  { id: 'tiny', isStarter: false, fit: tiny },
];
const order = (role: ModelRole, ...fits: Parameters<typeof models>): string =>
  orderFor(role, models(...fits))
    .map(({ id }) => id)
    .join(' ');

describe('the order in which auto takes models', () => {
  it('keeps the starter for ghost text where the larger one is too slow (as measured on two cores)', () => {
    assert.equal(order('completion', fit(87, 22), fit(217, 33), fit(250, 50)), 'starter large tiny');
  });

  it('takes the larger one where a key costs little', () => {
    assert.equal(order('completion', fit(300, 40), fit(700, 80), fit(900, 120)), 'large starter tiny');
    assert.equal(order('completion', fit(4000, 120, 'gpu'), fit(9000, 250, 'gpu')), 'large starter tiny');
  });

  it('lets a chat take a larger model than ghost text', () => {
    assert.equal(order('chat', fit(87, 22), fit(217, 33)), 'large starter tiny');
    assert.equal(order('chat', fit(20, 4), fit(60, 11)), 'starter large tiny');
  });

  it('takes the starter where nothing is known, and never a smaller one because it is faster', () => {
    assert.equal(order('completion'), 'starter large tiny');
    assert.equal(order('completion', fit(10, 1), fit(20, 3), fit(300, 60)), 'starter large tiny');
  });

  it('puts last what there isn’t memory for', () => {
    assert.equal(order('completion', NO_MEMORY, fit(700, 80), fit(900, 120)), 'starter tiny large');
    assert.equal(order('chat', NO_MEMORY, NO_MEMORY, fit(900, 120)), 'tiny large starter');
  });

  it('loses no candidate and changes no catalogue', () => {
    const candidates = models(fit(1, 1), NO_MEMORY);
    const before = candidates.map(({ id }) => id);
    assert.equal(orderFor('chat', candidates).length, 3);
    assert.deepEqual(
      candidates.map(({ id }) => id),
      before,
    );
    assert.deepEqual(orderFor('chat', []), []);
  });

  it('has no opinion about an unknown speed', () => {
    assert.equal(isFastEnough('chat', undefined), false);
  });
});
