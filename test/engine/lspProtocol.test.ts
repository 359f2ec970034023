import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorCodes, ResponseError } from 'vscode-languageserver-protocol/node';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { EDITOR, LspClient } from './support/lspClient.js';

const URI = 'file:///case/a.py';
const START = { line: 0, character: 0 };

after(() => LspClient.killAll());

describe('the language server', function () {
  const isRefused =
    (code: number) =>
    (error: unknown): boolean =>
      error instanceof ResponseError && error.code === code;

  it('rejects requests before initialize, a second initialize, and all after shutdown', async () => {
    const client = LspClient.spawn();
    const hover = { textDocument: { uri: URI }, position: START };
    const ask = (method: string, params?: object): Promise<unknown> =>
      client.connection.sendRequest(method, params);
    await client.open(URI, 'python', 'too early\n');
    await assert.rejects(ask('textDocument/hover', hover), isRefused(ErrorCodes.ServerNotInitialized));
    await assert.rejects(ask('shutdown'), isRefused(ErrorCodes.ServerNotInitialized));
    await client.initialize({ processId: null, rootUri: null, capabilities: {} });
    await assert.rejects(ask('initialize', { capabilities: {} }), isRefused(ErrorCodes.InvalidRequest));
    await assert.rejects(ask('textDocument/hover', hover), isRefused(ErrorCodes.MethodNotFound));
    assert.equal(await ask('shutdown'), null);
    await assert.rejects(ask('textDocument/completion', hover), isRefused(ErrorCodes.InvalidRequest));
    const ended = once(client.child, 'exit');
    await client.connection.sendNotification('exit');
    assert.deepEqual(await ended, [0, null]);
  });

  it('exits with 1 without shutdown, also before initialize', async () => {
    for (const isInitialized of [false, true]) {
      const client = LspClient.spawn();
      if (isInitialized) await client.initialize({ processId: null, capabilities: {} });
      const ended = once(client.child, 'exit');
      await client.connection.sendNotification('exit');
      assert.deepEqual(await ended, [1, null]);
    }
  });

  it('ends when its input is closed, even while a model runs', async () => {
    const client = await LspClient.start({ chatModel: await scriptedCoder(), gpu: 'off' });
    await client.open(URI, 'python', 'def f(x):\n    return x\n');
    client.connection
      .sendRequest('workspace/executeCommand', {
        command: 'youtu.explain',
        arguments: [{ uri: URI, range: { start: START, end: START } }],
      })
      .catch(() => undefined);
    await client.until(() => client.progress.some(({ value }) => value.message?.endsWith('words') === true));
    const ended = once(client.child, 'exit');
    client.child.stdin.end();
    assert.ok(await Promise.race([ended, sleep(5000)]), 'the process is still running');
  });

  it('ends at the first SIGTERM', async () => {
    const client = await LspClient.start({});
    const ended = once(client.child, 'exit');
    client.child.kill('SIGTERM');
    assert.ok(await Promise.race([ended, sleep(5000)]), 'the process is still running');
  });

  it('announces UTF-16 and the capabilities that the client supports', async () => {
    const client = await LspClient.start(null);
    const { capabilities } = client.initialized ?? {};
    assert.equal(capabilities?.positionEncoding, 'utf-16');
    assert.equal(capabilities.inlineCompletionProvider, true);
    assert.equal(capabilities.completionProvider, undefined);
    assert.deepEqual(capabilities.executeCommandProvider, {
      commands: ['youtu.fix', 'youtu.document', 'youtu.explain', 'youtu.edit', 'youtu.documentAll'],
    });
    assert.deepEqual(capabilities.codeActionProvider, {
      codeActionKinds: ['quickfix', 'refactor.rewrite', 'source'],
    });
    assert.equal(await client.stop(), 0);
  });

  it('accepts a minimal initialize, and ignores unknown fields', async () => {
    const client = LspClient.spawn();
    await client.initialize({});
    assert.ok(client.initialized?.capabilities.completionProvider !== undefined);
    for (const [method, params] of [
      ['workspace/didChangeConfiguration', { settings: null }],
      ['workspace/didChangeConfiguration', { settings: { youtu: { threads: 1, chatModel: 5 } } }],
      ['workspace/didChangeWatchedFiles', { changes: [] }],
      ['$/setTrace', { value: 'verbose' }],
      ['some/thing', { x: 1 }],
      ['$/unknown', {}],
      ['textDocument/didClose', { textDocument: { uri: 'file:///never/opened' } }],
      ['textDocument/didSave', { textDocument: { uri: URI } }],
      ['textDocument/willSave', { textDocument: { uri: URI }, reason: 1 }],
      [
        'textDocument/didChange',
        { textDocument: { uri: 'file:///never/opened', version: 2 }, contentChanges: [] },
      ],
    ] as const)
      await client.connection.sendNotification(method, params);
    for (const params of [
      { command: 'youtu.nothing' },
      { command: 'youtu.fix' },
      { command: 'youtu.fix', arguments: [{ uri: URI, range: { start: 1 } }] },
    ])
      await assert.rejects(
        client.connection.sendRequest('workspace/executeCommand', params),
        isRefused(ErrorCodes.InvalidParams),
      );
    assert.equal(await client.stop(), 0);
    assert.deepEqual(client.unhandled, []);
  });

  it('applies full and incremental changes, positions outside the text, and a huge text', async () => {
    const client = await LspClient.start({ chatModel: await scriptedCoder(), gpu: 'off' });
    await client.open(URI, 'python', 'a\nb\n');
    await client.change(URI, 2, [{ text: 'def f():\n    return 1\n' }]);
    const end = { line: 99, character: 99 };
    await client.change(URI, 3, [
      { range: { start: end, end }, text: '# 🙂 last\n' },
      { range: { start: { line: 1, character: 500 }, end: { line: 1, character: 2 } }, text: '  return 2' },
      { range: { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } }, text: '!' },
    ]);
    await client.open('file:///case/huge.py', 'python', 'x = 1\n'.repeat(400_000));
    const range = { start: START, end: START };
    const run = (uri: string): Promise<unknown> =>
      client.connection.sendRequest('workspace/executeCommand', {
        command: 'youtu.fix',
        arguments: [{ uri, range }],
      });
    await run('file:///case/huge.py');
    assert.match(client.messages.at(-1)?.message ?? '', /have this document open; it may be too large/);
    for (const [uri, position] of [
      ['file:///case/huge.py', START],
      ['file:///never/opened', START],
      [URI, end],
    ] as const) {
      const params = { textDocument: { uri }, position, context: { triggerKind: 2 } };
      await client.connection.sendRequest('textDocument/inlineCompletion', params);
    }
    const actions = await client.connection.sendRequest<object[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range: { start: end, end },
      context: { diagnostics: [], triggerKind: 1 },
    });
    assert.equal(actions.length, 4);
    assert.equal(await client.stop(), 0);
  });

  it('writes only LSP messages to stdout', async () => {
    const model = await scriptedCoder();
    const client = await LspClient.start({ completionModel: model, gpu: 'off' });
    await client.open(URI, 'python', 'def add(a, b):\n    return ');
    const params = {
      textDocument: { uri: URI },
      position: { line: 1, character: 11 },
      context: { triggerKind: 1 },
    };
    await client.connection.sendRequest('textDocument/inlineCompletion', params);
    assert.equal(await client.stop(), 0);
    assert.deepEqual(client.unhandled, []);
    const methods = readMessages(Buffer.concat(client.output));
    assert.ok(methods.includes('$/progress'));
    assert.ok(!methods.includes('window/logMessage'), methods.join(' '));
  });
});

describe('the language server without a model', function () {
  it('says what to run once, and only after a request', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-models-'));
    const client = await LspClient.start({ commandWait: 50_000 }, EDITOR, { YOUTU_MODELS_FOLDER: folder });
    await client.open(URI, 'python', 'def add(a, b):\n    return ');
    const position = { line: 1, character: 11 };
    const ghost = (triggerKind: number): Promise<unknown> =>
      client.connection.sendRequest('textDocument/inlineCompletion', {
        textDocument: { uri: URI },
        position,
        context: { triggerKind },
      });
    assert.equal(await ghost(2), null);
    assert.deepEqual(client.messages, []);
    assert.equal(await ghost(1), null);
    assert.deepEqual(
      client.messages.map(({ message }) => message),
      [
        'Youtu Code: There is no model on this machine yet. Run "youtu model get qwen2.5-coder-0.5b" in a terminal, then try again.',
      ],
    );
    const fix = client.connection.sendRequest('workspace/executeCommand', {
      command: 'youtu.fix',
      arguments: [{ uri: URI, range: { start: position, end: position } }],
    });
    // Not silently either: editors show the error of a failed request.
    await assert.rejects(
      fix,
      (error) => error instanceof ResponseError && /youtu model get/.test(error.message),
    );
    assert.equal(client.messages.length, 1);
    assert.equal(await client.stop(), 0);
    await rm(folder, { recursive: true });
  });
});

/** Parses the output as LSP frames it; returns the methods, and '' for responses. */
function readMessages(output: Buffer): string[] {
  const methods: string[] = [];
  for (let rest = output; rest.length > 0;) {
    const head = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.subarray(0, 64).toString('latin1'));
    assert.ok(head, `no message: ${rest.subarray(0, 64).toString()}`);
    const length = head[0].length + Number(head[1]);
    const { method = '' } = JSON.parse(rest.subarray(head[0].length, length).toString()) as {
      method?: string;
    };
    methods.push(method);
    rest = rest.subarray(length);
  }
  return methods;
}
