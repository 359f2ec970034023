import assert from 'node:assert/strict';
import type { Model } from '../../src/engine/model/model.js';
import { TestLlama } from './support/tinyLlama.js';

/** `tokenizer.ggml.pre` of the catalogue's models, and of others that users add. */
const SPLITTERS = [
  ...['qwen2', 'smollm', 'youtu'],
  ...['default', 'llama-bpe', 'gpt-2', 'starcoder', 'deepseek-llm', 'deepseek-coder', 'deepseek-v3'],
  ...['falcon', 'command-r', 'gpt-4o', 'tekken', 'qwen35', 'chatglm-bpe', 'bloom', 'poro-chat'],
];

const RUNS: readonly [what: string, unit: string][] = [
  ['letters', 'a'],
  ['capitals', 'A'],
  ['blanks', ' '],
  ['tabs', '\t'],
  ['line ends', '\n'],
  ['digits', '7'],
  ['Chinese', '汉'],
  ['kana', 'ア'],
  ['Hangul', '한'],
  ['Cyrillic', 'ж'],
  ['combining marks', '\u0301'],
  ['punctuation', '-'],
  ['Chinese punctuation', '，'],
  ['emoji', '😀'],
  ['joined emoji', '👩‍👧'],
  ['apostrophes', "'s"],
  ['control characters', '\u0001'],
];
const LENGTH = 100_000;

for (const pre of SPLITTERS) {
  describe(`llama.cpp’s splitter ${pre}`, function () {
    this.timeout(120_000);
    const llama = new TestLlama();
    let model: Model;
    before(async () => {
      model = await llama.loadTiny({ architecture: 'llama', pre, replies: [], chat: false });
    });
    after(() => model.dispose());

    for (const [what, unit] of RUNS)
      it(`takes a run of ${LENGTH} characters: ${what}`, () => {
        const text = unit.repeat(Math.floor(LENGTH / unit.length));
        const tokens = model.tokenize(text, false);
        assert.equal(model.detokenize(tokens), text);
      });

    it('cuts ordinary text into the same tokens whether it is long or not', () => {
      const paragraph =
        'def mean(values):\n    """Mean of 12,345 values."""\n\n    return sum(values) / len(values)  # it’s\n' +
        'A sentence, "quoted", with 3.14 and 汉字，标点。\n\n\n\tfoo->bar(x) != y && don\'t;\n';
      const once = model.tokenize(paragraph, false);
      const times = 200;
      const long = model.tokenize(paragraph.repeat(times), false);
      assert.deepEqual(long, Array(times).fill(once).flat());
    });
  });
}
