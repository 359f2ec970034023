import assert from 'node:assert/strict';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver-protocol/node';
import { InlineCompletionRequest } from '../../src/protocol/completion.js';
import { EngineProcess } from './support/engineProcess.js';
import { testModel } from './support/testModels.js';

/** Completions of the starter over LSP, as any client would ask for them. */
describe('ghost text by the starter model', function () {
  this.timeout(120_000);
  let engine: EngineProcess;
  before(async () => {
    engine = await EngineProcess.start({ completionModel: await testModel('qwen2.5-coder-0.5b') });
  });
  after(async () => assert.equal(await engine.stop(), 0));

  it('finishes a word and the line, in Python', async () => {
    const text = await engine.complete(
      'import json\n\n\ndef read(path):\n    with open(path) as f:\n        return json.lo▮\n',
      'python',
    );
    assert.equal(text, 'ad(f)');
  });

  it('writes the rest of a statement, in Go', async () => {
    const text = await engine.complete(
      'package main\n\nfunc fib(n int) int {\n\tif n < 2 {\n\t\treturn n\n\t}\n\treturn ▮\n}\n',
      'go',
    );
    assert.match(text ?? '', /^fib\(n ?- ?1\) ?\+ ?fib\(n ?- ?2\)$/);
  });

  it('writes a body and stops at its end, in TypeScript', async () => {
    const text = await engine.complete('function add(a: number, b: number): number {▮', 'typescript');
    assert.match(text ?? '', /^\s*return a \+ b;?\s*}$/);
  });

  it('does not double the bracket that the editor has put', async () => {
    const text = await engine.complete(
      'const names = ["a", "b"];\nfor (const name of names) {\n  console.log(▮);\n}\n',
      'typescript',
    );
    assert.match(text ?? '', /name/);
    assert.doesNotMatch(text ?? '', /\)\s*;?$/);
  });

  it('understands a comment in Chinese', async () => {
    const text = await engine.complete('# 计算两个数的最大公约数\ndef gcd(a, b):\n    ▮\n', 'python');
    assert.match(text ?? '', /b/);
    assert.match(text ?? '', /return/);
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

  it('evaluates little more than the line when a key follows a key', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `const value${i} = compute(${i});`).join('\n');
    await engine.complete(`${lines}\nconst tot▮\nexport { value1 };\n`, 'typescript', 'file:///key');
    const first = engine.figures.at(-1);
    await engine.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: 'file:///key' },
    });
    await engine.complete(`${lines}\nconst tota▮\nexport { value1 };\n`, 'typescript', 'file:///key');
    const second = engine.figures.at(-1);
    assert.ok(first !== undefined && second !== undefined && first.promptTokens > 100);
    assert.ok(second.promptTokens - second.cachedTokens <= 8, JSON.stringify(second));
  });

  it('is silent on a line of 100,000 characters, and in the middle of a character', async () => {
    assert.equal(await engine.complete(`const a = "${'x'.repeat(100_000)}▮`, 'typescript'), undefined);
    assert.equal(await engine.complete('const smile = "\uD83D▮\uDE00";', 'typescript'), undefined);
  });

  it('goes on from the selected item of the suggestion list and takes over its range', async () => {
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

  it('ends a cancelled request with LSP’s code, and answers the next', async () => {
    const { uri, position } = await engine.open(
      `${'// a line of context\n'.repeat(40)}function main() {▮`,
      'typescript',
    );
    const source = new CancellationTokenSource();
    const request = engine.connection.sendRequest(
      InlineCompletionRequest.method,
      { textDocument: { uri }, position, context: { triggerKind: 1 } },
      source.token,
    );
    setTimeout(() => source.cancel(), 50);
    await assert.rejects(
      request,
      (error) => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled,
    );
    assert.match((await engine.complete('def square(x):\n    return ▮\n', 'python')) ?? '', /^x/);
  });

  it('answers only the newest of requests that come together', async () => {
    const first = engine.complete(`${'# context\n'.repeat(60)}def one(x):\n    return ▮\n`, 'python');
    const second = engine.complete('def square(x):\n    return ▮\n', 'python');
    assert.equal(await first, undefined);
    assert.match((await second) ?? '', /^x/);
  });
});

describe('ghost text where there is no model, or a bad one', function () {
  this.timeout(60_000);

  it('is silent and tells so by its status', async () => {
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

  it('is silent on a file that is no GGUF, and says which', async () => {
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

  it('goes on where the prefix ends with a model that has no infill tokens', async () => {
    const engine = await EngineProcess.start(
      { completionModel: await testModel('smollm2-135m') },
      { transport: 'stdio' },
    );
    try {
      const text = await engine.complete('def add(a, b):\n    return a▮\n', 'python');
      assert.ok(text !== undefined && text.length > 0);
      assert.equal(engine.figures.at(-1)?.prompt, 'continuation');
    } finally {
      await engine.stop();
    }
  });
});
