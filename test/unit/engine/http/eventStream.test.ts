import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { mock } from 'node:test';
import { eventStream, type EventSink } from '../../../../src/engine/http/eventStream.js';

const PING_MS = 10_000;

/** A stream whose work writes when the test wants, until it is aborted. */
async function opened() {
  let sink: EventSink | undefined;
  let aborted: Error | undefined;
  const response = await eventStream(
    new AbortController().signal,
    (given, signal) => {
      sink = given;
      given.send({ delta: 'x' });
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = signal.reason as Error;
          reject(aborted);
        });
      });
    },
    () => 'error',
  );
  assert.ok(response.body !== null);
  const reader = response.body.getReader();
  return { reader, send: (text: string) => sink?.send(text), aborted: () => aborted };
}

describe('a stream of events', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval', 'setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('ends its work when the client reads nothing any more, and then keeps no more text', async () => {
    const { reader, send, aborted } = await opened();
    send('x'.repeat(100_000));
    mock.timers.tick(3 * PING_MS);
    assert.equal(aborted(), undefined);
    mock.timers.tick(PING_MS);
    assert.match(String(aborted()), /takes nothing/);
    await setImmediate();
    send('x'.repeat(100_000));
    await assert.rejects(reader.read(), /takes nothing/);
  });

  it('goes on for a client that reads slowly', async () => {
    const { reader, send, aborted } = await opened();
    for (let round = 0; round < 10; round++) {
      send('x'.repeat(100_000));
      mock.timers.tick(2 * PING_MS);
      await reader.read();
      await reader.read();
      await setImmediate();
      mock.timers.tick(PING_MS);
    }
    assert.equal(aborted(), undefined);
    await reader.cancel();
    assert.match(String(aborted()), /has gone/);
  });
});
