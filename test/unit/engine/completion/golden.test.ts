import assert from 'node:assert/strict';
import { automaticGate } from '../../../../src/engine/completion/trigger/triggerGate.js';
import { shownText } from '../../../../src/engine/completion/postprocess/rules.js';
import { modeFromLine, StopRules } from '../../../../src/engine/completion/postprocess/stopRules.js';
import type { CompletionContext } from '../../../../src/engine/completion/cursor/completionContext.js';
import { goldenCases, parseGolden, type GoldenCase } from '../../../fixtures/golden/goldenCases.js';
import { contextOf } from './support/cursorMark.js';

const MAX_LINES = 12;
/** Like tokens: words with the space before them, split if long; punctuation; line breaks. */
const TOKENS = / ?[\p{L}\p{N}_]{1,5}| ?[^\p{L}\p{N}_\s]{1,2}|\s/gu;

/** The final result for the model's tokens, and all partial results before. */
function decode(
  golden: GoldenCase,
  context: CompletionContext,
  tokens: readonly string[],
): { readonly parts: readonly string[]; readonly text: string; readonly replaces: number } {
  const isNext = golden.isNext || (golden.model ?? '').startsWith('\n');
  const mode = modeFromLine(context, golden.isInvoked);
  const stopRules = new StopRules(context, mode === 'line' && isNext ? 'next' : mode, MAX_LINES);
  const parts: string[] = [];
  let raw = '';
  for (const token of tokens) {
    raw += token;
    const stop = stopRules.check(raw);
    if (stop !== undefined) {
      raw = raw.slice(0, stop.keep);
      break;
    }
    parts.push(shownText(raw, context, true).text);
  }
  return { parts, ...shownText(raw, context) };
}

describe('golden cases', () => {
  for (const golden of goldenCases()) {
    it(`${golden.language}: ${golden.title}`, () => {
      const base = contextOf(golden.at, golden.language);
      const context = golden.indent === undefined ? base : { ...base, indent: golden.indent };
      const isAsked = golden.isInvoked || automaticGate(context) === undefined;
      assert.equal(isAsked, golden.model !== undefined, 'whether a suggestion is requested');
      if (golden.model === undefined) return;
      for (const tokens of [golden.model.match(TOKENS) ?? [], [...golden.model]]) {
        const { parts, text, replaces } = decode(golden, context, tokens);
        assert.equal(text, golden.shown);
        assert.equal(replaces, golden.replaces, 'replaced characters');
        const removed = parts.find((part) => !text.startsWith(part));
        assert.equal(removed, undefined, 'a partial result that is not part of the final one');
      }
    });
  }

  it('cover many languages', () => {
    const counts = new Map<string, number>();
    for (const { language } of goldenCases()) counts.set(language, (counts.get(language) ?? 0) + 1);
    assert.ok(goldenCases().length >= 220, `${goldenCases().length} cases`);
    for (const [language, count] of counts) assert.ok(count >= 12, `${language}: ${count}`);
    assert.ok(counts.size >= 11);
  });

  it('must have all parts', () => {
    assert.throws(() => parseGolden('▶ no cursor\na\n▷ model\nb\n▷ shown\nb\n', 'c'), /no cursor/);
    assert.throws(() => parseGolden('▶ no model\n▮\n▷ shown\nb\n', 'c'), /no model/);
    assert.throws(() => parseGolden('▶ no result\n▮\n▷ model\nb\n', 'c'), /no result/);
    assert.equal(parseGolden('▶ a (invoked)\n▮\n▷ model\n\nb\n▷ nothing\n\n', 'c')[0]?.model, '\nb');
  });
});
