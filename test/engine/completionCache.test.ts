import assert from 'node:assert/strict';
import type { Position } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CATALOGUE } from '../../src/engine/catalogue/catalogue.js';
import { InstalledModels } from '../../src/engine/catalogue/installedModels.js';
import { Engine } from '../../src/engine/engine.js';
import type { CompletionStats } from '../../src/protocol/completion.js';
import { FIXTURES_FOLDER } from '../fixtures/gguf/make.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';

const lines = (count: number, name: string): string =>
  Array.from({ length: count }, (_, i) => `const ${name}${i} = compute${name}(${i});\n`).join('');

/** Tokens evaluated for keys, jumps and idle time on a real llama.cpp, as the engine counts them. */
describe('the completion cache', () => {
  let engine: Engine;
  let opened = 0;
  before(async () => {
    engine = new Engine({
      store: new InstalledModels(CATALOGUE, () => FIXTURES_FOLDER),
      onStatus: () => undefined,
      log: () => undefined,
    });
    await engine.configure({
      completionModel: await scriptedCoder(),
      gpu: 'off',
      threads: 1,
      // A short latency goal, so that idle time adds context although the model is fast.
      completionLatencyGoal: 1,
    });
  });
  after(() => engine.host.unload());

  /** Opens a text in which `▮` is the cursor. */
  function open(marked: string, languageId: string): Cursor {
    const text = marked.replace('▮', '');
    const document = TextDocument.create(`file:///case/${++opened}`, languageId, 1, text);
    return new Cursor(engine, document, document.positionAt(marked.indexOf('▮')));
  }

  it('evaluates a few tokens for a key, and for Enter', async () => {
    const cursor = open(`${lines(60, 'A')}▮\nexport { A1 };\n`, 'typescript');
    const cold = await cursor.ask();
    assert.ok(evaluated(cold.stats) > 100, JSON.stringify(cold.stats));
    for (const key of ['l', 'e', 't', ' ', 'q', '9', ' ', '=', ' ', '[', '\n', '  ', '"', 'z', '"']) {
      cursor.type(key);
      const { stats } = await cursor.ask();
      if (stats.source === 'decoded') assert.ok(evaluated(stats) <= 8, JSON.stringify([key, stats]));
    }
  });

  it('evaluates nothing for a text that it has already written', async () => {
    const cursor = open('def square(x):\n    return ▮\n', 'python');
    const first = await cursor.ask();
    assert.match(first.text, /^x ?\*/);
    cursor.type(first.text.slice(0, 1));
    const second = await cursor.ask();
    assert.equal(second.text, first.text.slice(1));
    assert.equal(second.stats.source, 'typedThrough');
    assert.equal(second.stats.evaluatedTotal, first.stats.evaluatedTotal);
  });

  it('keeps a cache for each of two files', async () => {
    const one = open(`${lines(50, 'One')}let x = ▮;\n`, 'typescript');
    const two = open(`${lines(50, 'Two')}let y = ▮;\n`, 'typescript');
    await one.ask();
    await two.ask();
    for (const cursor of [one, two, one, two]) {
      cursor.type('7');
      const { stats } = await cursor.ask();
      if (stats.source === 'decoded') assert.ok(evaluated(stats) <= 16, JSON.stringify(stats));
      cursor.deleteLeft();
    }
  });

  it('is prefilled where the cursor is placed', async () => {
    const cursor = open(`${lines(60, 'Warm')}const w = ▮;\n`, 'typescript');
    // In the middle of a word the model isn't used: the engine only reports what it has evaluated so far.
    const inWord = cursor.at({ line: 0, character: 2 });
    const before = (await inWord.ask()).stats.evaluatedTotal;
    await engine.completion.moved(cursor.document, cursor.position);
    assert.ok((await inWord.ask()).stats.evaluatedTotal - before > 100);
    const { stats } = await cursor.ask();
    assert.equal(stats.source, 'decoded');
    assert.ok(evaluated(stats) <= 8, JSON.stringify(stats));
  });

  it('holds more context after idle time, at no cost for the next key', async () => {
    // The model has no answer here, so nothing is prefetched either.
    const cursor = open(`${lines(200, 'Wide')}zzz▮\n`, 'typescript');
    const first = await cursor.ask();
    await engine.completion.moved(cursor.document, cursor.position, true);
    // A key soon after a request in the same file would start a generation early; so request elsewhere.
    await open(`${lines(2, 'Other')}let ▮\n`, 'typescript')
      .at({ line: 0, character: 2 })
      .ask();
    cursor.type('q');
    const { stats } = await cursor.ask();
    assert.equal(stats.source, 'decoded');
    assert.ok(evaluated(stats) <= 24, JSON.stringify(stats));
    assert.ok(stats.promptTokens > 1.5 * first.stats.promptTokens, JSON.stringify([first.stats, stats]));
  });
});

/** A cursor in an open document. */
class Cursor {
  constructor(
    private readonly engine: Engine,
    readonly document: TextDocument,
    public position: Position,
  ) {}

  at(position: Position): Cursor {
    return new Cursor(this.engine, this.document, position);
  }

  async ask(): Promise<{ readonly text: string; readonly stats: CompletionStats }> {
    const options = { isInvoked: false, maxLines: 8 };
    const signal = new AbortController().signal;
    const answer = await this.engine.completion.complete(this.document, this.position, options, signal);
    const text = answer.completions[0]?.insertText;
    return { text: typeof text === 'string' ? text : '', stats: answer.stats };
  }

  type(text: string): void {
    this.replace(this.position, text);
  }

  deleteLeft(): void {
    this.replace({ ...this.position, character: this.position.character - 1 }, '');
  }

  /** Replaces the text from `start` to the cursor, and leaves the cursor after it. */
  private replace(start: Position, text: string): void {
    const change = { range: { start, end: this.position }, text };
    const offset = this.document.offsetAt(start) + text.length;
    TextDocument.update(this.document, [change], this.document.version + 1);
    this.position = this.document.positionAt(offset);
    this.engine.completion.changed(this.document);
  }
}

function evaluated({ promptTokens, cachedTokens }: CompletionStats): number {
  return promptTokens - cachedTokens;
}
