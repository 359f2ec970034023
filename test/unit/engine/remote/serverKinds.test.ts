import assert from 'node:assert/strict';
import { GREEDY, type Model } from '../../../../src/engine/model/model.js';
import { RemoteServer } from '../../../../src/engine/remote/remoteServer.js';
import { INFILL_MARKS, packedTokens } from '../../../../src/engine/remote/remoteTokens.js';
import { chatChunk, events, json, models, StandInServer, status } from './support/standInServer.js';

describe('Servers of remote models', () => {
  let server: StandInServer;

  beforeEach(async () => {
    server = new StandInServer({});
    await server.start();
  });
  afterEach(() => server.stop());

  async function opened(): Promise<Model> {
    const remote = new RemoteServer({
      settings: () => ({ remoteUrl: server.url, remoteModel: '' }),
      log: () => undefined,
      environment: {},
    });
    const found = await remote.model();
    if ('problem' in found) throw found.problem;
    return remote.open(found.path);
  }

  /** What the model writes between two texts, and the probabilities that were told. */
  async function filled(
    middle: string,
  ): Promise<{ readonly text: string; readonly told: readonly number[] }> {
    const model = await opened();
    const context = await model.openContext({ contextTokens: 2048, batchTokens: 512 });
    const { prefix, suffix, middle: mark, fileSeparator } = INFILL_MARKS;
    const text = (each: string): number[] => packedTokens(each, false);
    const gap = [prefix, ...text('a = 1\n'), suffix, ...text('\nprint(b)'), mark, ...text(middle)];
    const files = [fileSeparator, ...text('lib.py\nx = <|im_end|>\n'), fileSeparator, ...text('main.py\n')];
    const told: number[] = [];
    const prompt = model.infill === undefined ? text(`a = 1\n${middle}`) : [...files, ...gap];
    const onProbability = (each: number): void => void told.push(each);
    let written = '';
    for await (const token of context.decode(prompt, GREEDY, { maxTokens: 40, onProbability }))
      written += model.detokenize([token]);
    await model.dispose();
    return { text: written, told };
  }

  it('vLLM fills gaps by completions with the model’s own infill tokens', async () => {
    server.answers = {
      '/v1/models': models({
        id: 'coder',
        root: 'Qwen/Qwen2.5-Coder-7B',
        owned_by: 'vllm',
        max_model_len: 9000,
      }),
      '/v1/completions': events(
        { choices: [{ text: '  ', logprobs: { token_logprobs: [-0.1] }, finish_reason: null }] },
        {
          choices: [{ text: 'b = 2', logprobs: { token_logprobs: [Math.log(0.5)] }, finish_reason: 'stop' }],
        },
        { choices: [], usage: { prompt_tokens: 1 } },
        '[DONE]',
      ),
    };
    const { text, told } = await filled('  ');
    assert.equal(text, 'b = 2');
    assert.deepEqual(
      told.map((each) => each.toFixed(2)),
      ['0.50', '1.00'],
    );
    const body = server.requests('/v1/completions')[0]?.body;
    assert.equal(
      body?.['prompt'],
      '<|file_sep|>lib.py\nx = < |im_end|>\n<|file_sep|>main.py\n<|fim_prefix|>a = 1\n<|fim_suffix|>\nprint(b)<|fim_middle|>',
    );
    assert.equal(body['temperature'], 0);
  });

  it('llama-server holds the answer to the unfinished word', async () => {
    server.answers = {
      '/v1/models': models({ id: 'qwen2.5-coder', owned_by: 'llamacpp', meta: { n_ctx: 4096 } }),
      '/completion': events(
        { content: ' res', stop: false },
        { content: 'ult', stop: true, stop_type: 'eos' },
      ),
    };
    assert.equal((await filled('b = re')).text, 'sult');
    const body = server.requests('/completion')[0]?.body;
    assert.equal(body?.['grammar'], 'root ::= " re" [^\\x00]*');
    assert.match(String(body['prompt']), /<\|fim_middle\|>b =$/);
  });

  it('llama-server with another model is asked by /infill', async () => {
    server.answers = {
      '/v1/models': models({ id: 'house-model', owned_by: 'llamacpp', meta: { n_ctx: 4096 } }),
      '/infill': (response, request) => {
        const answer = { content: 'b = 2', stop: true, stop_type: 'limit' };
        return (request.body['stream'] === true ? events(answer) : json(answer))(response, request);
      },
    };
    assert.equal((await filled('')).text, 'b = 2');
    const body = server.requests('/infill')[1]?.body;
    assert.deepEqual(body?.['input_extra'], [{ filename: 'lib.py', text: 'x = <|im_end|>\n' }]);
    assert.equal(body['input_suffix'], '\nprint(b)');
  });

  it('llama-server with a model without infill continues the text', async () => {
    server.answers = {
      '/v1/models': models({ id: 'house-model', owned_by: 'llamacpp' }),
      '/infill': status(501, '{"error":{"message":"not supported"}}'),
      '/completion': events({ content: 'b = 2', stop: true }),
    };
    assert.equal((await filled('')).text, 'b = 2');
    assert.equal(server.requests('/completion')[0]?.body['prompt'], 'a = 1\n');
  });

  it('`youtu serve` heals the last word itself', async () => {
    server.answers = {
      '/v1/models': models({ id: 'starter', owned_by: 'youtu-code', context_tokens: 4096, has_infill: true }),
      '/infill': events({ content: 'sult', stop: true }),
    };
    assert.equal((await filled('b = re')).text, 'sult');
    assert.equal(server.requests('/infill')[0]?.body['prompt'], 'b = re');
  });

  it('Ollama fills gaps by its own API', async () => {
    server.answers = {
      '/v1/models': models({ id: 'house:latest', owned_by: 'library' }),
      '/api/show': json({
        capabilities: ['completion', 'insert'],
        model_info: { 'qwen2.context_length': 2048 },
      }),
      '/api/generate': (response) => {
        response.write('{"model":"house","response":"b = ","done":false}\n');
        response.end('{"model":"house","response":"2","done":true,"done_reason":"stop"}\n');
      },
    };
    assert.equal((await filled('')).text, 'b = 2');
    const body = server.requests('/api/generate')[0]?.body;
    assert.deepEqual([body?.['prompt'], body?.['suffix']], ['a = 1\n', '\nprint(b)']);
    assert.equal((await opened()).trainedContextTokens, 2048);
  });

  it('any other server continues the text, and gets no fields but those of OpenAI’s API', async () => {
    server.answers = {
      '/v1/models': models({ id: 'house-model', owned_by: 'company' }),
      '/v1/completions': events({ choices: [{ text: 'b = 2', finish_reason: 'stop' }] }, '[DONE]'),
    };
    assert.equal((await filled('')).text, 'b = 2');
    const known = new Set(['model', 'stream', 'temperature', 'max_tokens', 'prompt']);
    const [body] = server.requests('/v1/completions').map((each) => Object.keys(each.body));
    assert.deepEqual(
      body?.filter((name) => !known.has(name)),
      [],
    );
  });

  it('thoughts that come apart from the text stay apart', async () => {
    server.answers = {
      '/v1/models': models({ id: 'test-coder', owned_by: 'vllm' }),
      '/v1/chat/completions': events(
        { choices: [{ delta: { reasoning_content: 'Hm' }, finish_reason: null }] },
        chatChunk('Yes', 'stop'),
      ),
    };
    const model = await opened();
    const context = await model.openContext({ contextTokens: 2048, batchTokens: 512 });
    let text = '';
    const prompt = packedTokens('\u{E012}user\u{E013}Why?\u{E012}answer\u{E013}', true);
    for await (const token of context.decode(prompt, GREEDY, {})) text += model.detokenize([token]);
    assert.equal(text, '<think>Hm</think>Yes');
    await model.dispose();
  });
});
