import assert from 'node:assert/strict';
import type { CompletionContext } from '../../../../../src/engine/completion/cursor/completionContext.js';
import type { Rule } from '../../../../../src/engine/completion/postprocess/rule.js';
import { contextOf } from '../support/cursorMark.js';

/** The document with `▮` at the cursor, the model's text, and the rule's result. */
export type RuleCase = readonly [at: string, model: string, left: string, language?: string];

/** Tests of one rule as a table, grouped by behaviour. */
export function describeRule(
  title: string,
  rule: Rule,
  groups: Readonly<Record<string, readonly RuleCase[]>>,
  extra: Pick<CompletionContext, 'indent' | 'snippets'> = {},
): void {
  describe(title, () => {
    for (const [behaviour, cases] of Object.entries(groups)) {
      it(behaviour, () => {
        for (const [at, model, left, language] of cases) {
          const context = { ...contextOf(at, language), ...extra };
          assert.equal(rule.drop(model, context), left, `${JSON.stringify(at)} + ${JSON.stringify(model)}`);
        }
      });
    }
  });
}
