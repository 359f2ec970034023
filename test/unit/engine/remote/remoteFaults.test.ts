import assert from 'node:assert/strict';
import { EngineError } from '../../../../src/protocol/errors.js';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { RemoteServer } from '../../../../src/engine/remote/remoteServer.js';
import { MARKED_TEMPLATE } from '../../../../src/engine/remote/remoteTokens.js';
import { ChatTemplate } from '../../../../src/engine/chat/chatTemplate.js';
import { GREEDY, type Model } from '../../../../src/engine/model/model.js';
import {
  chatChunk,
  events,
  json,
  models,
  StandInServer,
  status,
  type Answer,
} from './support/standInServer.js';

const LIMITS = { connectMs: 400, firstMs: 300, betweenMs: 300, wholeMs: 5_000 };
const CHAT = '/v1/chat/completions';
const LIST = models({ id: 'test-coder', owned_by: 'vllm', max_model_len: 4096 });

describe('A remote model', () => {
  let server: StandInServer;

  beforeEach(async () => {
    server = new StandInServer({ '/v1/models': LIST });
    await server.start();
  });
  afterEach(() => server.stop());

  function remote(url = `${server.url}/v1`, model = ''): RemoteServer {
    return new RemoteServer({
      settings: () => ({ remoteUrl: url, remoteModel: model }),
      log: () => undefined,
      environment: {},
      http: { limits: LIMITS, random: () => 0 },
    });
  }

  async function opened(from: RemoteServer): Promise<Model> {
    const found = await from.model();
    if ('problem' in found) throw found.problem;
    return from.open(found.path);
  }

  /** What the model answers in a chat. */
  async function asked(from: RemoteServer, signal = new AbortController().signal): Promise<string> {
    const model = await opened(from);
    const template = new ChatTemplate(MARKED_TEMPLATE, model);
    const parts = template.render([{ role: 'user', content: 'Hello' }], false) ?? [];
    const prompt = parts.flatMap(({ text, isTemplate }) => model.tokenize(text, isTemplate));
    const context = await model.openContext({ contextTokens: 4096, batchTokens: 512 });
    const decoder = new Decoder(new Scheduler());
    let text = '';
    const options = { kind: 'chat', sampling: GREEDY, maxTokens: 500, signal } as const;
    for await (const token of decoder.decode(context, prompt, options)) text += model.detokenize([token]);
    await model.dispose();
    return text;
  }

  /** Why there is no answer. */
  async function reasonOf(work: Promise<unknown>): Promise<string> {
    const error: unknown = await work.then(
      (value) => assert.fail(`an answer: ${JSON.stringify(value)}`),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError && error.data.kind === 'remoteFailed', String(error));
    return error.data.reason;
  }

  it('answers by chat completions, asked with the messages and the key', async () => {
    server.answers = {
      ...server.answers,
      [CHAT]: events(chatChunk('Hi '), chatChunk('there', 'stop'), '[DONE]'),
    };
    const from = remote();
    from.setKey('secret-1');
    assert.equal(await asked(from), 'Hi there');
    const request = server.requests(CHAT)[0];
    assert.ok(request !== undefined);
    assert.deepEqual(request.body['messages'], [{ role: 'user', content: 'Hello' }]);
    assert.equal(request.body['model'], 'test-coder');
    assert.equal(request.headers.authorization, 'Bearer secret-1');
  });

  it('is found with and without /v1, behind a prefix', async () => {
    server.answers = { '/gateway/v1/models': LIST };
    for (const url of ['/gateway', '/gateway/', '/gateway/v1', '/gateway/v1/'])
      assert.equal((await opened(remote(server.url + url))).id, 'test-coder');
  });

  const BEFORE: readonly (readonly [string, Answer, string])[] = [
    [
      'a web page with status 200',
      status(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
      'notUnderstood',
    ],
    ['broken JSON', status(200, '{"data": ['), 'notUnderstood'],
    ['JSON of another kind', json({ hello: 1 }), 'notUnderstood'],
    ['401', status(401, '{"error":"bad key"}'), 'unauthorized'],
    ['403', status(403), 'unauthorized'],
    ['404', status(404), 'notFound'],
    ['a redirect', status(302, '', { location: 'https://elsewhere.example/' }), 'redirected'],
    ['500', status(500), 'serverError'],
    ['an empty list', json({ data: [] }), 'modelMissing'],
  ];
  for (const [name, answer, reason] of BEFORE)
    it(`tells of the server's list of models: ${name}`, async () => {
      server.answers = { '/v1/models': answer };
      assert.equal(await reasonOf(opened(remote())), reason);
    });

  const DURING: readonly (readonly [string, Answer, string])[] = [
    ['a stream that ends in the middle', events(chatChunk('Hi')), 'interrupted'],
    [
      'a connection that breaks in the middle',
      (response) => {
        response.write(`data: ${JSON.stringify(chatChunk('Hi'))}\n\n`);
        setImmediate(() => response.destroy());
      },
      'interrupted',
    ],
    ['JSON that is cut off', events(chatChunk('Hi'), '{"choices":[{"del'), 'notUnderstood'],
    ['an event of another kind', events({ weather: 'fine' }), 'notUnderstood'],
    ['a web page', status(200, '<html></html>', { 'content-type': 'text/html' }), 'notUnderstood'],
    [
      'bytes that are no UTF-8',
      (response) => void response.end(Buffer.from([...Buffer.from('data: {"a":"'), 0xff, 0xfe, 0x22, 0x0a])),
      'notUnderstood',
    ],
    [
      'a line of megabytes',
      (response) => void response.end(`data: {"a":"${'x'.repeat(2_500_000)}"}\n`.replace('\n', '')),
      'notUnderstood',
    ],
    ['an error as an event', events({ error: { message: 'out of memory' } }), 'serverError'],
    ['an answer of another model', events({ ...chatChunk('Hi', 'stop'), model: 'poet-7b' }), 'otherModel'],
    ['a model that is gone', status(404, '{"error":{"message":"model not found"}}'), 'modelMissing'],
    ['a bad request', status(400, '{"error":{"message":"no"}}'), 'refused'],
    ['too much to do for long', status(429, '', { 'retry-after': '60' }), 'busy'],
    ['no first token in time', () => undefined, 'timeout'],
    [
      'no next token in time',
      (response) => void response.write(`data: ${JSON.stringify(chatChunk('Hi'))}\n\n`),
      'timeout',
    ],
  ];
  for (const [name, answer, reason] of DURING)
    it(`tells of the answer: ${name}`, async () => {
      server.answers = { ...server.answers, [CHAT]: answer };
      assert.equal(await reasonOf(asked(remote())), reason);
    });

  it('ends the text at a control token of another template', async () => {
    server.answers = {
      ...server.answers,
      [CHAT]: events(chatChunk('Hi<|im_'), chatChunk('end|>\nuser', 'stop')),
    };
    assert.equal(await asked(remote()), 'Hi');
  });

  it('asks again where nothing was done yet, and no more than twice', async () => {
    let count = 0;
    const late: Answer = (response, request) =>
      ++count < 3 ? status(503)(response, request) : events(chatChunk('Hi', 'stop'))(response, request);
    server.answers = { ...server.answers, [CHAT]: late };
    assert.equal(await asked(remote()), 'Hi');
    count = -9;
    assert.equal(await reasonOf(asked(remote())), 'serverError');
    assert.equal(server.requests(CHAT).length, 6);
  });

  it('waits as long as the server says', async () => {
    let count = 0;
    const busy: Answer = (response, request) =>
      ++count < 2
        ? status(429, '', { 'retry-after': '0' })(response, request)
        : events(chatChunk('Hi', 'stop'))(response, request);
    server.answers = { ...server.answers, [CHAT]: busy };
    assert.equal(await asked(remote()), 'Hi');
  });

  it('never asks twice once an answer has begun', async () => {
    server.answers = { ...server.answers, [CHAT]: events(chatChunk('Hi')) };
    await reasonOf(asked(remote()));
    assert.equal(server.requests(CHAT).length, 1);
  });

  it('closes the connection at once when the user stops', async () => {
    const controller = new AbortController();
    const stopped = new Promise<void>((resolve) => {
      server.answers = {
        ...server.answers,
        [CHAT]: (response) => {
          response.on('close', resolve);
          response.write(`data: ${JSON.stringify(chatChunk('Hi'))}\n\n`);
          setImmediate(() => controller.abort(new DOMException('stopped', 'AbortError')));
        },
      };
    });
    await assert.rejects(asked(remote(), controller.signal), { name: 'AbortError' });
    await stopped;
    assert.equal(server.requests(CHAT)[0]?.isAborted, true);
  });

  it('does not send the key to where a redirect leads', async () => {
    const other = new StandInServer({ '/v1/models': LIST });
    await other.start();
    server.answers = { '/v1/models': status(307, '', { location: `${other.url}/v1/models` }) };
    const from = remote();
    from.setKey('secret-1');
    assert.equal(await reasonOf(opened(from)), 'redirected');
    assert.equal(other.seen.length, 0);
    await other.stop();
  });

  it('keeps the key out of logs and errors, also where the server repeats it', async () => {
    const logged: string[] = [];
    const from = new RemoteServer({
      settings: () => ({ remoteUrl: server.url, remoteModel: '' }),
      log: (_level, message) => void logged.push(message),
      environment: { YOUTU_REMOTE_KEY: 'secret-env' },
      http: { limits: LIMITS },
    });
    for (const key of ['', 'secret-1']) {
      from.setKey(key);
      for (const code of [401, 400, 500, 302]) {
        const repeat: Answer = (response, request) => {
          const sent = String(request.headers.authorization);
          return status(code, JSON.stringify({ error: `no: ${sent}` }), { location: `/?${sent}` })(
            response,
            request,
          );
        };
        server.answers = { '/v1/models': repeat };
        from.setKey(`${key}x`);
        from.setKey(key);
        const found = await from.model();
        assert.ok('problem' in found);
        logged.push(JSON.stringify(found.problem.data), String(found.problem.stack));
      }
    }
    assert.equal(server.seen.length, 8);
    const repeated = logged.filter((line) => line.includes('no: Bearer …'));
    assert.ok(repeated.length > 0, 'the server’s words are told');
    assert.deepEqual(
      logged.filter((line) => line.includes('secret')),
      [],
    );
  });

  it('says what is wrong with the setting', async () => {
    assert.equal(await reasonOf(opened(remote(''))), 'notSet');
    for (const url of [
      'models.example',
      'ftp://models.example',
      'https://key@models.example/v1',
      'http://a/?k=1',
    ])
      assert.equal(await reasonOf(opened(remote(url))), 'badUrl', url);
    assert.equal(await reasonOf(opened(remote(undefined, 'absent'))), 'modelMissing');
  });
});
