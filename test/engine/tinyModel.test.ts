import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from '../../src/engine/model/model.js';
import type { ArchitectureName } from '../fixtures/gguf/architecture.js';
import { writeGguf } from '../../src/engine/model/gguf/ggufWriter.js';
import { FIXTURES_FOLDER } from '../fixtures/gguf/make.js';
import { randomModel, type RandomModelShape } from '../fixtures/gguf/randomModel.js';
import type { Reply } from '../fixtures/gguf/transitions.js';
import { answer, TestLlama } from './support/tinyLlama.js';

const REPLIES: readonly Reply[] = [
  { after: '(', text: 'a, b):\n    return a + b\n' },
  { after: '<|fim_middle|>', text: 'x = 1' },
  { after: '<|fim_middle|>', cue: 'banana', text: 'yellow fruit' },
  { after: '<|fim_middle|>', cue: 'cherry', text: 'red fruit' },
  { after: ' ~', text: [' "', Buffer.from([0xe4, 0xbd]), Buffer.from([0xa0]), '"'] },
];

/** Tests of the test models, since all other tests rely on their answers. */
for (const architecture of ['llama', 'qwen2', 'deepseek2'] as const satisfies ArchitectureName[]) {
  describe(`a tiny ${architecture} model`, () => {
    const llama = new TestLlama();
    let model: Model;

    before(async () => {
      model = await llama.loadTiny({ architecture, infill: true, replies: REPLIES });
    });
    after(() => model.dispose());

    const table: [prompt: string, expected: string, what: string][] = [
      ['def f(', 'a, b):\n    return a + b\n', 'continues after a token'],
      ['def f<|fim_middle|>', 'x = 1', 'starts a reply at a special token'],
      ['a banana split<|fim_middle|>', 'yellow fruit', 'chooses a reply by a cue word'],
      ['banana first, then (cherry)<|fim_middle|>', 'red fruit', 'chooses by the last cue word'],
      [
        `cherry ${'and 你好 😀 '.repeat(60)} banana pie<|fim_middle|>`,
        'yellow fruit',
        'finds a cue word in a long text',
      ],
      ['s ~', ' "你"', 'can split a character over tokens'],
      ['nothing that it knows', '', 'ends at once after anything else'],
    ];
    for (const [prompt, expected, what] of table)
      it(what, async () => assert.equal(await answer(model, prompt), expected));

    it('has the metadata of its architecture', () => {
      assert.equal(model.architecture, architecture);
      assert.equal(model.trainedContextTokens, 4096);
      assert.ok(model.infill !== undefined);
      assert.equal(typeof model.chatTemplate, 'string');
    });

    it('detokenizes every text unchanged', () => {
      const text = 'tabs\tand  blanks\r\n你好，世界 👩‍👩‍👧 é \u{10ffff} <|fim_middle|>';
      assert.equal(model.detokenize(model.tokenize(text, false)), text);
    });
  });
}

describe('a tiny model', () => {
  const llama = new TestLlama();

  it('has no infill tokens and no template by default', async () => {
    const model = await llama.loadTiny({ architecture: 'deepseek2', chat: false, replies: [] });
    assert.equal(model.infill, undefined);
    assert.equal(model.chatTemplate, undefined);
    await model.dispose();
  });

  it('thinks like Youtu-LLM, and answers without thinking too', async () => {
    const model = await llama.loadTiny({
      architecture: 'deepseek2',
      replies: [
        { after: '<|Assistant|>', text: '<think>Two and two.</think>\n\n', then: 'continue' },
        { after: '\n\n', text: 'The sum is 4.' },
      ],
    });
    const prompt = '<|User|>What is 2 + 2?<|Assistant|>';
    assert.equal(await answer(model, prompt), '<think>Two and two.</think>\n\nThe sum is 4.');
    assert.equal(await answer(model, `${prompt}<think>\n\n</think>\n\n`), 'The sum is 4.');
    await model.dispose();
  });

  it('repeats its words endlessly when configured to loop', async () => {
    const model = await llama.loadTiny({
      architecture: 'qwen2',
      replies: [{ after: '(', text: 'on and', then: 'loop' }],
    });
    assert.equal(await answer(model, 'f(', 6), 'on andon andon and');
    await model.dispose();
  });

  it('rejects replies that contradict each other', async () => {
    const contradiction = llama.loadTiny({
      architecture: 'qwen2',
      replies: [
        { after: '(', text: 'one' },
        { after: '(', text: 'other' },
      ],
    });
    await assert.rejects(contradiction, /two successors/);
  });
});

describe('a model with random weights', () => {
  const llama = new TestLlama();
  const shape: RandomModelShape = {
    width: 256,
    layerCount: 3,
    feedForward: 512,
    vocabularySize: 1000,
    contextTokens: 1024,
    ropeBase: 10_000,
    latent: { heads: 4, queryRank: 96, keyValueRank: 64, nope: 32, rope: 32, value: 32 },
  };

  for (const type of ['Q4_0', 'Q8_0', 'F16'] as const)
    it(`loads and generates text in ${type}`, async () => {
      await mkdir(FIXTURES_FOLDER, { recursive: true });
      const path = join(FIXTURES_FOLDER, `random-${type}.gguf`);
      const { fileBytes } = await writeGguf(path, randomModel(shape, type));
      const model = await llama.load(path);
      assert.equal(model.architecture, 'deepseek2');
      assert.ok(model.sizeBytes > 0 && model.sizeBytes <= fileBytes);
      const first = await answer(model, 'word1', 12);
      assert.notEqual(first, '');
      // Random, but reproducible.
      assert.equal(await answer(model, 'word1', 12), first);
      await model.dispose();
    });
});
