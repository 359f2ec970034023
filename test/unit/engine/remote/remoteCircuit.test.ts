import assert from 'node:assert/strict';
import { EngineError } from '../../../../src/protocol/errors.js';
import { Circuit } from '../../../../src/engine/remote/circuit.js';
import { RemoteServer } from '../../../../src/engine/remote/remoteServer.js';
import { RemoteStore } from '../../../../src/engine/remote/remoteStore.js';
import { models, StandInServer, status } from './support/standInServer.js';

const LIST = models({ id: 'test-coder', owned_by: 'vllm', max_model_len: 4096 });

describe('A remote model that fails', () => {
  let server: StandInServer;

  beforeEach(async () => {
    server = new StandInServer({ '/v1/models': LIST });
    await server.start();
  });
  afterEach(() => server.stop());

  function remote(now?: () => number): RemoteServer {
    const { url } = server;
    return new RemoteServer({
      settings: () => ({ remoteUrl: url, remoteModel: '' }),
      log: () => undefined,
      environment: {},
      circuit: () => new Circuit(now, () => 0.5),
    });
  }

  it('is left alone after a failure, while the local model answers, and is used again', async () => {
    let now = 0;
    const from = remote(() => now);
    const local = { id: 'local', path: '/local.gguf', skipped: [] };
    const store = new RemoteStore(
      { find: () => assert.fail(), best: () => Promise.resolve(local) },
      from,
      () => ({ chatModel: 'remote', completionModel: 'remote' }),
    );
    server.answers = { '/v1/models': status(500) };
    const fallback = await store.best('chat');
    assert.equal(fallback?.id, 'local');
    assert.deepEqual(
      fallback.skipped.map((data) => data.kind === 'remoteFailed' && data.reason),
      ['serverError'],
    );
    now = 4_000;
    await store.best('chat');
    assert.equal(server.seen.length, 1, 'open: the server is not asked');
    server.answers = { '/v1/models': LIST };
    now = 6_000;
    assert.deepEqual(
      { ...(await store.best('chat')), path: '' },
      { id: 'test-coder', path: '', skipped: [] },
    );
  });

  it('is told as the reason where no local model can stand in', async () => {
    server.answers = { '/v1/models': status(502) };
    const store = new RemoteStore(
      { find: () => assert.fail(), best: () => Promise.resolve(undefined) },
      remote(),
      () => ({ chatModel: 'remote', completionModel: 'auto' }),
    );
    await assert.rejects(
      store.best('chat'),
      (error) =>
        error instanceof EngineError &&
        error.data.kind === 'remoteFailed' &&
        error.data.reason === 'serverError',
    );
    assert.equal(await store.best('completion'), undefined);
  });
});

describe('The circuit of a server', () => {
  it('opens after two failures in a row, longer each time, and closes at a success', () => {
    let now = 0;
    const circuit = new Circuit(
      () => now,
      () => 0.5,
    );
    const failure = new EngineError(4012, {
      kind: 'remoteFailed',
      host: 'a',
      reason: 'interrupted',
      detail: '',
    });
    circuit.failed(failure);
    assert.equal(circuit.state, 'closed');
    circuit.failed(failure);
    assert.equal(circuit.state, 'open');
    now = 5_000;
    assert.equal(circuit.state, 'halfOpen');
    circuit.failed(failure);
    now = 14_999;
    assert.equal(circuit.state, 'open');
    now = 15_000;
    circuit.succeeded();
    assert.equal(circuit.state, 'closed');
  });
});
