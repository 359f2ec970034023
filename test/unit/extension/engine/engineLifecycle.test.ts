import assert from 'node:assert/strict';
import { EngineFailure } from '../../../../src/extension/engine/engineClient.js';
import { EngineLifecycle } from '../../../../src/extension/engine/engineLifecycle.js';
import { RestartBudget } from '../../../../src/extension/engine/restartBudget.js';
import { FakeConnection, label, turn } from './support/fakeConnection.js';

describe('the engine’s life cycle', () => {
  let made: FakeConnection[];
  let states: string[];
  let lifecycle: EngineLifecycle<FakeConnection>;

  beforeEach(() => {
    [made, states] = [[], []];
    lifecycle = new EngineLifecycle({
      connect: (events) => {
        const connection = new FakeConnection(events);
        made.push(connection);
        return Promise.resolve(connection);
      },
      onState: (state) => states.push(label(state)),
      log: { info: () => undefined, error: () => undefined },
      budget: new RestartBudget(() => 0),
    });
  });

  /** The nth process, once it has been made. */
  const nth = async (count: number): Promise<FakeConnection> => {
    await turn();
    const connection = made[count - 1];
    assert.ok(connection, `there are ${made.length} processes`);
    assert.equal(made.length, count);
    return connection;
  };
  /** Starts the nth process. */
  const run = async (count: number): Promise<FakeConnection> => {
    const connection = await nth(count);
    connection.started.resolve();
    await turn();
    return connection;
  };
  const answer = (text: string): Promise<string> => lifecycle.request(() => Promise.resolve(text));

  it('starts with the first request, once for several', async () => {
    assert.equal(lifecycle.state.kind, 'stopped');
    const both = Promise.all([answer('a'), answer('b')]);
    await run(1);
    assert.deepEqual(await both, ['a', 'b']);
    assert.deepEqual(states, ['starting', 'running idle']);
    assert.equal(await answer('c'), 'c');
    assert.equal(made.length, 1);
  });

  it('reports the status that came before it could be asked', async () => {
    const asked = answer('a');
    (await nth(1)).events.onStatus({ kind: 'noModel', role: 'chat' });
    assert.deepEqual(states, ['starting']);
    await run(1);
    await asked;
    made[0]?.events.onStatus({ kind: 'idle' });
    assert.deepEqual(states, ['starting', 'running noModel', 'running idle']);
  });

  it('restarts while a request waits for its start: the new process gets the request, the old one is ended first', async () => {
    const asked = answer('a');
    const first = await nth(1);
    const restarted = lifecycle.restart();
    await turn();
    assert.equal(first.isStopped, true);
    assert.equal(made.length, 1);
    first.started.resolve();
    first.gone.resolve();
    await run(2);
    assert.equal(await asked, 'a');
    await restarted;
    assert.deepEqual(states, ['starting', 'starting', 'running idle']);
  });

  it('ends requests that were sent as restarted, at once, even if the process never answers again', async () => {
    const asked = lifecycle.request((connection) => connection.send('a'));
    const first = await run(1);
    assert.deepEqual(first.sent, ['a']);
    const restarted = lifecycle.restart();
    await assert.rejects(asked, isFailure('engineRestarted'));
    first.gone.resolve();
    await run(2);
    await restarted;
  });

  it('sends a request that comes while the old process ends to the new one', async () => {
    await Promise.all([answer('a'), run(1)]);
    const restarted = lifecycle.restart();
    const asked = lifecycle.request((connection) => Promise.resolve(made.indexOf(connection)));
    await turn();
    assert.equal(made.length, 1);
    made[0]?.gone.resolve();
    await run(2);
    await restarted;
    assert.equal(await asked, 1);
    // A false crash, seen before: the end of the old process counted as one of the new process.
    made[0]?.events.onClosed();
    assert.deepEqual(states, ['starting', 'running idle', 'starting', 'running idle']);
  });

  it('starts one process for two restarts at once', async () => {
    await Promise.all([answer('a'), run(1)]);
    const restarts = Promise.all([lifecycle.restart(), lifecycle.restart()]);
    made[0]?.gone.resolve();
    await run(2);
    await restarts;
    assert.equal(lifecycle.state.kind, 'running');
  });

  it('starts another process for a restart of one that is starting, and both restarts end with it', async () => {
    await Promise.all([answer('a'), run(1)]);
    const restarts = [lifecycle.restart()];
    made[0]?.gone.resolve();
    const second = await nth(2);
    restarts.push(lifecycle.restart());
    second.gone.resolve();
    await run(3);
    await Promise.all(restarts);
    assert.equal(lifecycle.connection, made[2]);
  });

  it('attaches listeners to each connection before its start, also those that come late, until they are disposed', async () => {
    const listen = (name: string): { dispose(): void } =>
      lifecycle.listen((connection) => {
        connection.heard.push(name);
        return { dispose: () => connection.heard.splice(connection.heard.indexOf(name), 1) };
      });
    const early = listen('early');
    const asked = answer('a');
    assert.deepEqual((await nth(1)).heard, ['early']);
    await run(1);
    await asked;
    listen('late');
    assert.deepEqual(made[0]?.heard, ['early', 'late']);

    const restarted = lifecycle.restart();
    const between = listen('between');
    const typed = answer('b');
    made[0].gone.resolve();
    await run(2);
    await Promise.all([restarted, typed]);
    assert.deepEqual(made[1]?.heard, ['early', 'late', 'between']);
    early.dispose();
    between.dispose();
    assert.deepEqual(made[1].heard, ['late']);

    made[1].crash();
    assert.deepEqual((await run(3)).heard, ['late']);
  });

  it('restarts after a crash: what was sent fails, what waits is sent to the next process', async () => {
    const sent = lifecycle.request((connection) => connection.send('a'));
    const first = await run(1);
    first.crash();
    const waits = answer('b');
    await assert.rejects(sent, isFailure('engineStopped'));
    await run(2);
    assert.equal(await waits, 'b');
    assert.deepEqual(states, ['starting', 'running idle', 'restarting 1/3', 'running idle']);
  });

  it('counts a crash once, whether the start fails, the connection closes, or both', async () => {
    const waits = answer('a');
    const first = await nth(1);
    first.crash();
    first.events.onClosed();
    const second = await nth(2);
    // It still lives: it is ended before the next one starts.
    second.started.reject(new Error('no answer'));
    await turn();
    assert.equal(second.isStopped, true);
    second.gone.resolve();
    await run(3);
    assert.equal(await waits, 'a');
    assert.deepEqual(states, ['starting', 'restarting 1/3', 'restarting 2/3', 'running idle']);
  });

  it('stays stopped after too many crashes, fails what waits, and starts again on request', async () => {
    const waits = assert.rejects(answer('a'), isFailure('engineStopped'));
    for (const count of [1, 2, 3, 4]) (await nth(count)).crash();
    await waits;
    assert.equal(states.at(-1), 'crashed');
    await assert.rejects(answer('b'), isFailure('engineStopped'));
    assert.equal(made.length, 4);
    const restarted = lifecycle.restart();
    await run(5);
    await restarted;
    assert.equal(await answer('c'), 'c');
    // The budget is a new one.
    made[4]?.crash();
    assert.equal(states.at(-1), 'restarting 1/3');
  });

  it('counts a connection that can not even be made as a crash', async () => {
    lifecycle = new EngineLifecycle<FakeConnection>({
      connect: () => Promise.reject(new Error('no module')),
      onState: (state) => states.push(label(state)),
      log: { info: () => undefined, error: () => undefined },
      budget: new RestartBudget(() => 0),
    });
    await assert.rejects(answer('a'), isFailure('engineStopped'));
    assert.deepEqual(states, ['starting', 'restarting 1/3', 'restarting 2/3', 'restarting 3/3', 'crashed']);
  });

  it('fails a restart whose new process crashes too often, and is not left waiting', async () => {
    const restarted = assert.rejects(lifecycle.restart(), isFailure('engineStopped'));
    for (const count of [1, 2, 3, 4]) (await nth(count)).crash();
    await restarted;
  });

  it('ends for good: requests fail, and nothing starts again', async () => {
    const sent = assert.rejects(
      lifecycle.request((connection) => connection.send('a')),
      isFailure('engineStopped'),
    );
    const first = await run(1);
    let isGone = false;
    const ended = lifecycle.shutDown().then(() => (isGone = true));
    await sent;
    assert.equal(isGone, false);
    first.gone.resolve();
    await ended;
    first.events.onClosed();
    await assert.rejects(answer('b'), isFailure('engineStopped'));
    await assert.rejects(lifecycle.restart(), isFailure('engineStopped'));
    assert.equal(made.length, 1);
    assert.equal(states.at(-1), 'stopped');
  });

  it('ends a process that is starting, and one that has not been made yet', async () => {
    const waits = assert.rejects(answer('a'), isFailure('engineStopped'));
    const first = await nth(1);
    const restarted = assert.rejects(lifecycle.restart(), isFailure('engineStopped'));
    const ended = lifecycle.shutDown();
    first.gone.resolve();
    await Promise.all([waits, restarted, ended]);
    assert.equal(first.isStopped, true);
    assert.equal(made.length, 1);
  });
});

function isFailure(kind: EngineFailure['data']['kind']): (error: unknown) => boolean {
  return (error) => error instanceof EngineFailure && error.data.kind === kind;
}
