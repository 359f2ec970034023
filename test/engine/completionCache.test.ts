import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { InlineCompletionItem, Position } from 'vscode-languageserver-protocol';
import {
  CursorNotification,
  InlineCompletionRequest,
  type CompletionStats,
} from '../../src/protocol/completion.js';
import { EngineProcess } from './support/engineProcess.js';
import { testModel } from './support/testModels.js';

const lines = (count: number, name: string): string =>
  Array.from({ length: count }, (_, i) => `const ${name}${i} = compute${name}(${i});\n`).join('');

/** What keys, jumps and rest evaluate, on the starter, as the engine counts it. */
describe('the cache of completions', function () {
  this.timeout(120_000);
  let engine: EngineProcess;
  let version = 1;
  before(async () => {
    // A goal so short that idle time has something to add on any machine.
    engine = await EngineProcess.start({
      completionModel: await testModel('qwen2.5-coder-0.5b'),
      completionLatencyGoal: 50,
    });
  });
  after(async () => assert.equal(await engine.stop(), 0));

  async function ask(uri: string, position: Position): Promise<{ text: string; figures: CompletionStats }> {
    const items = await engine.connection.sendRequest<InlineCompletionItem[] | null>(
      InlineCompletionRequest.method,
      { textDocument: { uri }, position, context: { triggerKind: 2 } },
    );
    const figures = engine.figures.at(-1);
    assert.ok(figures !== undefined);
    const text = items?.[0]?.insertText;
    return { text: typeof text === 'string' ? text : '', figures };
  }

  async function type(uri: string, position: Position, text: string): Promise<Position> {
    await engine.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range: { start: position, end: position }, text }],
    });
    const typed = text.split('\n');
    const last = typed.at(-1) ?? '';
    return typed.length === 1
      ? { line: position.line, character: position.character + last.length }
      : { line: position.line + typed.length - 1, character: last.length };
  }

  const evaluated = ({ promptTokens, cachedTokens }: CompletionStats): number => promptTokens - cachedTokens;

  it('evaluates a handful of tokens for a key, and for Enter', async () => {
    const { uri, position } = await engine.open(`${lines(60, 'A')}▮\nexport { A1 };\n`, 'typescript');
    const cold = await ask(uri, position);
    assert.ok(evaluated(cold.figures) > 100, JSON.stringify(cold.figures));
    let at = position;
    for (const key of ['l', 'e', 't', ' ', 'q', '9', ' ', '=', ' ', '[', '\n', '  ', '"', 'z', '"']) {
      at = await type(uri, at, key);
      const { figures } = await ask(uri, at);
      if (figures.source === 'decoded') assert.ok(evaluated(figures) <= 8, JSON.stringify([key, figures]));
    }
  });

  it('evaluates nothing for what it knows already', async () => {
    const { uri, position } = await engine.open('def square(x):\n    return ▮\n', 'python');
    const first = await ask(uri, position);
    assert.match(first.text, /^x ?\*/);
    await setTimeout(1500);
    const { evaluatedTotal } = (await ask(uri, position)).figures;
    const next = await type(uri, position, first.text.slice(0, 1));
    const second = await ask(uri, next);
    assert.equal(second.text, first.text.slice(1));
    assert.equal(second.figures.source, 'typedThrough');
    assert.equal(second.figures.evaluatedTotal, evaluatedTotal);
  });

  it('finds the cache of each of two files again', async () => {
    const one = await engine.open(`${lines(50, 'One')}let x = ▮;\n`, 'typescript');
    const two = await engine.open(`${lines(50, 'Two')}let y = ▮;\n`, 'typescript');
    await ask(one.uri, one.position);
    await ask(two.uri, two.position);
    for (const { uri, position } of [one, two, one, two]) {
      const key = await type(uri, position, '7');
      const { figures } = await ask(uri, key);
      if (figures.source === 'decoded') assert.ok(evaluated(figures) <= 16, JSON.stringify(figures));
      await engine.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: position, end: key }, text: '' }],
      });
    }
  });

  it('is warm where the cursor was set while nothing else was wanted', async () => {
    const { uri, position } = await engine.open(`${lines(60, 'Warm')}const w = ▮;\n`, 'typescript');
    // In the middle of a word nothing is asked of the model: the engine only tells what it has evaluated so far.
    const total = async (): Promise<number> =>
      (await ask(uri, { line: 0, character: 2 })).figures.evaluatedTotal;
    const before = await total();
    // A request puts an end to warming, and how far it comes by then depends on the machine: until nothing is left.
    for (let last = -1, now = before; now !== last;) {
      last = now;
      await engine.connection.sendNotification(CursorNotification.method, {
        textDocument: { uri },
        position,
      });
      await setTimeout(1500);
      now = await total();
    }
    assert.ok((await total()) - before > 100);
    const { figures } = await ask(uri, position);
    assert.equal(figures.source, 'decoded');
    assert.ok(evaluated(figures) <= 8, JSON.stringify(figures));
  });

  it('shows the model more text where somebody writes and rests, at no cost for the next key', async () => {
    const { uri, position } = await engine.open(`${lines(200, 'Wide')}const w = ▮;\n`, 'typescript');
    const first = await ask(uri, position);
    let at = position;
    for (let keys = 0; ; keys++) {
      // Idle time goes on where a key has stopped it; how far it comes depends on the machine.
      assert.ok(keys < 9, 'no prompt with more text');
      await setTimeout(10_000);
      at = await type(uri, at, 'q');
      const { figures } = await ask(uri, at);
      if (figures.source !== 'decoded') continue;
      assert.ok(evaluated(figures) <= 24, JSON.stringify(figures));
      if (figures.promptTokens > 1.5 * first.figures.promptTokens) break;
    }
  });

  it('answers nothing for a document that is closed meanwhile, and the next one', async () => {
    const { uri, position } = await engine.open(`${lines(60, 'Closed')}const c = ▮;\n`, 'typescript');
    const asked = ask(uri, position);
    await engine.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    assert.equal((await asked.catch(() => ({ text: '' }))).text, '');
    assert.match((await engine.complete('def square(x):\n    return ▮\n', 'python')) ?? '', /^x/);
  });

  it('is silent in a file that keeps secrets', async () => {
    assert.equal(await engine.complete('API_KEY=▮\n', 'dotenv', 'file:///project/.env'), undefined);
    assert.equal(await engine.complete('KEY=▮\n', 'plaintext', 'file:///project/.env.local'), undefined);
  });
});
