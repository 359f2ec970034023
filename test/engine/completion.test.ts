import assert from 'node:assert/strict';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver-protocol/node';
import { InlineCompletionRequest } from '../../src/protocol/completion.js';
import { coderEngine } from './support/coderEngine.js';
import { EngineProcess } from './support/engineProcess.js';
import { makeTinyModel } from '../fixtures/gguf/make.js';

/** Completions over LSP, as for any client. */
describe('ghost text', () => {
  let engine: EngineProcess;
  before(async () => (engine = await coderEngine()));

  it('completes a word and the line', async () => {
    const text = await engine.complete(
      'import json\n\n\ndef read(path):\n    with open(path) as f:\n        return json.lo▮\n',
      'python',
    );
    assert.equal(text, 'ad(f)');
  });

  it('answers for an untitled document', async () => {
    const text = await engine.complete('def square(x):\n    return ▮\n', 'python', 'untitled:Untitled-1');
    assert.match(text ?? '', /^x ?\*/);
  });

  it('keeps CRLF', async () => {
    const text = await engine.complete('def gcd(a, b):\r\n    ▮\r\n', 'python');
    assert.match(text ?? '', /\r\n/);
    assert.doesNotMatch(text ?? '', /[^\r]\n/);
  });

  it('evaluates little more than the line after a key', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `const value${i} = compute(${i});`).join('\n');
    await engine.complete(`${lines}\nconst tot▮\nexport { value1 };\n`, 'typescript', 'file:///key');
    const first = engine.stats.at(-1);
    await engine.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: 'file:///key' },
    });
    await engine.complete(`${lines}\nconst tota▮\nexport { value1 };\n`, 'typescript', 'file:///key');
    const second = engine.stats.at(-1);
    assert.ok(first !== undefined && second !== undefined && first.promptTokens > 100);
    assert.ok(second.promptTokens - second.cachedTokens <= 8, JSON.stringify(second));
  });

  it('is empty on a line of 100,000 characters, and in the middle of a character', async () => {
    assert.equal(await engine.complete(`const a = "${'x'.repeat(100_000)}▮`, 'typescript'), undefined);
    assert.equal(await engine.complete('const smile = "\uD83D▮\uDE00";', 'typescript'), undefined);
  });

  it('is empty inside a character of several code points', async () => {
    for (const at of ["'👩\u200D▮👧'", "'e▮\u0301'"])
      assert.equal(await engine.complete(`const face = ${at};\n`, 'typescript'), undefined);
  });

  it('matches the text after edits that arrived meanwhile', async () => {
    const { uri, position } = await engine.open('def square(x):\n    return ▮\n', 'python');
    const ask = (line: number): Promise<{ insertText: string }[] | null> =>
      engine.connection.sendRequest(InlineCompletionRequest.method, {
        textDocument: { uri },
        position: { line, character: position.character },
        context: { triggerKind: 2 },
      });
    const before = ask(position.line).catch(() => null);
    const edits = ['import math\n', 'import sys\n', '# three lines above\n'];
    for (const [version, text] of edits.entries())
      await engine.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: version + 2 },
        contentChanges: [
          { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text },
        ],
      });
    const after = await ask(position.line + edits.length);
    assert.match(after?.[0]?.insertText ?? '', /^x ?\*/);
    // The older request is answered, or superseded by the newer one.
    assert.match((await before)?.[0]?.insertText ?? 'x *', /^x ?\*/);
  });

  it('continues the selected item of the suggestion list, and uses its range', async () => {
    const { uri, position } = await engine.open(
      'const xs = [1, 2, 3];\nconst doubled = xs.m▮\n',
      'typescript',
    );
    const range = { start: { ...position, character: position.character - 1 }, end: position };
    const items = await engine.connection.sendRequest<{ insertText: string; range: unknown }[] | null>(
      InlineCompletionRequest.method,
      {
        textDocument: { uri },
        position,
        context: { triggerKind: 2, selectedCompletionInfo: { range, text: 'map' } },
      },
    );
    assert.match(items?.[0]?.insertText ?? '', /^map\(/);
    assert.deepEqual(items?.[0]?.range, range);
  });

  it('responds to a cancelled request with LSP’s code, and answers the next', async () => {
    const { uri, position } = await engine.open('def square(x, y):\n    return ▮\n', 'python');
    const source = new CancellationTokenSource();
    const request = engine.connection.sendRequest(
      InlineCompletionRequest.method,
      { textDocument: { uri }, position, context: { triggerKind: 1 } },
      source.token,
    );
    source.cancel();
    await assert.rejects(
      request,
      (error) => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled,
    );
    assert.match((await engine.complete('def square(x):\n    return ▮\n', 'python')) ?? '', /^x/);
  });

  it('returns nothing for a document that is closed meanwhile, and answers the next request', async () => {
    const { uri, position } = await engine.open('const total = 1;\nconst tot▮\n', 'typescript');
    const params = { textDocument: { uri }, position, context: { triggerKind: 2 } };
    const pending = engine.connection.sendRequest(InlineCompletionRequest.method, params);
    await engine.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    assert.equal(await pending.catch(() => null), null);
    assert.match((await engine.complete('def square(x):\n    return ▮\n', 'python')) ?? '', /^x/);
  });

  it('is empty in a file of secrets', async () => {
    assert.equal(await engine.complete('API_KEY=▮\n', 'dotenv', 'file:///project/.env'), undefined);
    assert.equal(await engine.complete('KEY=▮\n', 'plaintext', 'file:///project/.env.local'), undefined);
  });

  it('answers only the newest of requests that come together', async () => {
    const first = engine.complete(`${'# context\n'.repeat(60)}def one(x):\n    return ▮\n`, 'python');
    const second = engine.complete('def square(x):\n    return ▮\n', 'python');
    assert.equal(await first, undefined);
    assert.match((await second) ?? '', /^x/);
  });
});

describe('ghost text without a usable model', () => {
  it('is empty without a model, and the status says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-'));
    const engine = await EngineProcess.start({ modelsFolder: folder });
    try {
      assert.equal(await engine.complete('const a = ▮', 'typescript'), undefined);
      assert.deepEqual(engine.statuses.at(-1), { kind: 'noModel', role: 'completion' });
    } finally {
      await engine.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('is empty with a file that isn’t a GGUF, and the status names it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-'));
    const path = join(folder, 'poem.gguf');
    await writeFile(path, 'This is not a model.');
    const engine = await EngineProcess.start({ completionModel: path }, { transport: 'stdio' });
    try {
      assert.equal(await engine.complete('const a = ▮', 'typescript'), undefined);
      assert.deepEqual(engine.statuses.at(-1), { kind: 'failed', error: { kind: 'notGguf', path } });
    } finally {
      await engine.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('continues the prefix with a model without infill tokens', async () => {
    const engine = await EngineProcess.start(
      {
        completionModel: await makeTinyModel({
          architecture: 'llama',
          replies: [{ after: ' return', text: ' a + b' }],
        }),
      },
      { transport: 'stdio' },
    );
    try {
      const text = await engine.complete('def add(a, b):\n    return a▮\n', 'python');
      assert.ok(text !== undefined && text.length > 0);
      assert.equal(engine.stats.at(-1)?.prompt, 'continuation');
    } finally {
      await engine.stop();
    }
  });
});
