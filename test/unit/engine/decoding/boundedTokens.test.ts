import assert from 'node:assert/strict';
import { firstTokens, lastTokens } from '../../../../src/engine/decoding/boundedTokens.js';

/** Each word with the blank before it is a token; a run of blanks is one for each 64. */
class WordModel {
  readonly lengths: number[] = [];

  tokenize = (text: string): number[] => {
    this.lengths.push(text.length);
    return (text.match(/ ?[^ ]+| {1,64}/g) ?? []).map((token) => token.length);
  };

  get characters(): number {
    return this.lengths.reduce((sum, length) => sum + length, 0);
  }
}

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

describe('the tokens of a long text', () => {
  it('are those of the whole text', async () => {
    const [model, text] = [new WordModel(), words(30_000)];
    const { tokens, total } = await firstTokens(model, text, Infinity);
    assert.deepEqual(tokens, model.tokenize(text));
    assert.equal(total, 30_000);
  });

  it('are made piece by piece, and others get their turn between two', async () => {
    const model = new WordModel();
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await firstTokens(model, ' '.repeat(400_000), 100_000);
    isDone = true;
    assert.ok(Math.max(...model.lengths) <= 16_384, `${Math.max(...model.lengths)} characters at once`);
    assert.ok(turns >= model.lengths.length - 1, `${turns} turns for ${model.lengths.length} pieces`);
  });

  it('are made only until there are enough, from either end', async () => {
    const text = words(800_000);
    for (const take of [firstTokens, lastTokens]) {
      const model = new WordModel();
      const { tokens, total } = await take(model, text, 4096);
      assert.ok(tokens.length > 4096 && model.characters < 40_000, `${model.characters} characters`);
      assert.ok(Math.abs(total - 800_000) < 8000, `${total} estimated`);
    }
  });

  it('are the last ones of the text', async () => {
    const [model, text] = [new WordModel(), `${words(20_000)} end`];
    const { tokens } = await lastTokens(model, text, 5000);
    assert.deepEqual(tokens.slice(-5000), model.tokenize(text).slice(-5000));
  });

  it('are the only one of a short text, and none of an empty one', async () => {
    assert.deepEqual(await firstTokens(new WordModel(), 'word', 0), { tokens: [4], total: 1 });
    assert.deepEqual(await lastTokens(new WordModel(), '', 5), { tokens: [], total: 0 });
  });
});
