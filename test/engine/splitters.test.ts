import assert from 'node:assert/strict';
import type { Model } from '../../src/engine/model/model.js';
import { TestLlama } from './support/tinyLlama.js';
import { longRun, runsOf } from '../fixtures/longRuns.js';

/** `tokenizer.ggml.pre` of the catalogue's models, and of others that users add. */
const SPLITTERS = [
  ...['qwen2', 'smollm', 'youtu'],
  ...['default', 'llama-bpe', 'gpt-2', 'starcoder', 'deepseek-llm', 'deepseek-coder', 'deepseek-v3'],
  ...['falcon', 'command-r', 'gpt-4o', 'tekken', 'qwen35', 'chatglm-bpe', 'bloom', 'poro-chat'],
];

const RUNS = runsOf(
  'letters',
  'capitals',
  'blanks',
  'tabs',
  'line ends',
  'digits',
  'Chinese',
  'kana',
  'Hangul',
  'Cyrillic',
  'combining marks',
  'dashes',
  'Chinese punctuation',
  'emoji',
  'joined emoji',
  'apostrophes',
  'control characters',
);
const LENGTH = 100_000;
/** Single tokens, so that a cut in the wrong place changes tokens. */
const WORDS = ['\n\n', '\n\n\n', ');\n', ' return', ' sum'];

for (const pre of SPLITTERS) {
  describe(`llama.cpp’s splitter ${pre}`, function () {
    this.timeout(120_000);
    const llama = new TestLlama();
    let model: Model;
    before(async () => {
      model = await llama.loadTiny({ architecture: 'llama', pre, replies: [], chat: false, words: WORDS });
    });
    after(() => model.dispose());

    for (const [what, unit] of RUNS)
      it(`takes a run of ${LENGTH} characters: ${what}`, () => {
        const text = longRun(unit, LENGTH);
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

    it('cuts long code with blank lines into the same tokens as short code', () => {
      const unit = 'x(1);\n\n\ndef f(a):\n    return sum(a)\n\n';
      // A blank line is split otherwise at a text's end.
      const once = model.tokenize(`${unit}x`, false).slice(0, -1);
      const times = 300;
      const long = model.tokenize(`${unit.repeat(times)}x`, false).slice(0, -1);
      assert.deepEqual(long, Array(times).fill(once).flat());
    });
  });
}
