import assert from 'node:assert/strict';
import type { ModelRole } from '../../../../src/protocol/errors.js';
import { Admission, QueueFull } from '../../../../src/engine/serving/admission.js';

interface Asked {
  readonly answer: Promise<string>;
  readonly start: () => void;
  readonly end: () => void;
}

interface Options {
  readonly name?: string;
  readonly role?: ModelRole;
  readonly signal?: AbortSignal;
}

function asked(
  admission: Admission,
  address: string,
  { name = '', role = 'chat', signal = new AbortController().signal }: Options = {},
): Asked {
  let start = (): void => undefined;
  let end = (): void => undefined;
  const answer = admission.run({ caller: { address, name }, role }, signal, (limited, onStart) => {
    start = onStart;
    return new Promise<string>((resolve, reject) => {
      end = (): void => resolve('answered');
      limited.addEventListener('abort', () => reject(limited.reason as Error));
    });
  });
  answer.catch(() => undefined);
  return { answer, start: () => start(), end: () => end() };
}

const oneModel = (): string => 'm';

describe('the admission of requests', () => {
  it('takes as many as there are slots when none may wait', async () => {
    const admission = new Admission({ slots: 2, queue: 0 }, oneModel);
    const both = [asked(admission, 'a'), asked(admission, 'a')];
    await assert.rejects(asked(admission, 'a').answer, QueueFull);
    both[0]?.end();
    await both[0]?.answer;
    const next = asked(admission, 'a');
    next.end();
    assert.equal(await next.answer, 'answered');
  });

  it('counts what waits for the model, or for its session, as waiting', () => {
    const admission = new Admission({ slots: 2, queue: 2 }, oneModel);
    const all = [1, 2, 3].map(() => asked(admission, 'a'));
    assert.deepEqual([admission.running, admission.waiting], [0, 3]);
    all[0]?.start();
    assert.deepEqual([admission.running, admission.waiting], [1, 2]);
  });

  it('lets a single caller take the whole queue', async () => {
    const admission = new Admission({ slots: 1, queue: 3 }, oneModel);
    const all = [1, 2, 3, 4].map(() => asked(admission, 'a'));
    await assert.rejects(asked(admission, 'a').answer, (error) => (error as QueueFull).waiting === 4);
    for (const each of all) each.end();
    assert.deepEqual(await Promise.all(all.map(({ answer }) => answer)), Array(4).fill('answered'));
  });

  it('gives the latest place of the caller that has most to one that has none', async () => {
    const admission = new Admission({ slots: 1, queue: 3 }, oneModel);
    const flood = [1, 2, 3, 4].map(() => asked(admission, 'a'));
    flood[0]?.start();
    const other = asked(admission, 'b');
    await assert.rejects(flood[3]?.answer ?? Promise.resolve(), QueueFull);
    other.end();
    assert.equal(await other.answer, 'answered');
    for (const each of flood.slice(0, 3)) each.end();
    assert.equal(await flood[2]?.answer, 'answered');
  });

  it('does the same for callers at one address that have names', async () => {
    const admission = new Admission({ slots: 0, queue: 3 }, oneModel);
    const flood = [1, 2, 3].map(() => asked(admission, 'a', { name: 'batch' }));
    const other = asked(admission, 'a', { name: 'page' });
    await assert.rejects(flood[2]?.answer ?? Promise.resolve(), QueueFull);
    await assert.rejects(asked(admission, 'a', { name: 'batch' }).answer, QueueFull);
    other.end();
    assert.equal(await other.answer, 'answered');
  });

  it('gives many names at one address no more places than another address', async () => {
    const admission = new Admission({ slots: 0, queue: 4 }, oneModel);
    const names = ['1', '2', '3', '4'].map((name) => asked(admission, 'a', { name }));
    const others = [asked(admission, 'b'), asked(admission, 'b')];
    await assert.rejects(asked(admission, 'b').answer, QueueFull);
    const left = await Promise.allSettled(
      [...names, ...others].map(async ({ answer, end }) => {
        end();
        return answer;
      }),
    );
    assert.equal(left.filter(({ status }) => status === 'fulfilled').length, 4);
    assert.deepEqual(
      left.slice(4).map(({ status }) => status),
      ['fulfilled', 'fulfilled'],
    );
  });

  it('counts the roles apart whose models are different', async () => {
    const admission = new Admission({ slots: 1, queue: 0 }, (role) => role);
    asked(admission, 'a', { role: 'chat' });
    const infill = asked(admission, 'a', { role: 'completion' });
    infill.end();
    assert.equal(await infill.answer, 'answered');
    await assert.rejects(asked(admission, 'a', { role: 'chat' }).answer, QueueFull);
  });

  it('frees the place of a request that is aborted', async () => {
    const admission = new Admission({ slots: 1, queue: 0 }, oneModel);
    const leaving = new AbortController();
    const first = asked(admission, 'a', { signal: leaving.signal });
    leaving.abort(new Error('left'));
    await assert.rejects(first.answer, /left/);
    assert.equal(admission.waiting, 0);
  });

  it('says when a place may be free: when one of the slots is, as long as answers took', async () => {
    let now = 0;
    const admission = new Admission({ slots: 2, queue: 0 }, oneModel, () => now);
    const refusal = async (): Promise<number> => {
      const error: unknown = await asked(admission, 'a').answer.catch((reason: unknown) => reason);
      return error instanceof QueueFull ? error.retryAfterSeconds : NaN;
    };
    const answered = async (seconds: number): Promise<void> => {
      const one = asked(admission, 'a');
      one.start();
      now += 1000 * seconds;
      one.end();
      await one.answer;
    };
    const busy = [asked(admission, 'a'), asked(admission, 'a')];
    assert.equal(await refusal(), 5);
    for (const each of busy) each.end();
    await Promise.all(busy.map(({ answer }) => answer));
    const after: number[] = [];
    for (const seconds of [30, 0.01, 100_000]) {
      for (let count = 0; count < 40; count++) await answered(seconds);
      const full = [asked(admission, 'a'), asked(admission, 'a')];
      after.push(await refusal());
      for (const each of full) each.end();
      await Promise.all(full.map(({ answer }) => answer));
    }
    // Clients try again only twice, and follow no more than a minute.
    assert.deepEqual(after, [15, 5, 60]);
  });
});
