import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { sourceOf } from '../../../../../../src/engine/edit/editTask.js';
import { FixTask, type FixChecks } from '../../../../../../src/engine/edit/fix/fixTask.js';
import type { EditParams } from '../../../../../../src/protocol/edit.js';

/** In a language without a grammar. */
function taskFor(text: string, checks: FixChecks): { readonly withoutModel: () => Promise<unknown> } {
  const document = TextDocument.create('file:///x', 'ruby', 1, text);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } };
  const params: EditParams = {
    textDocument: { uri: document.uri, version: 1 },
    intent: 'fix',
    range,
    isSelection: false,
    diagnostics: [{ range, message: 'invalid syntax', severity: 1 }],
    indent: { useTabs: false, size: 2 },
    isTrusted: true,
    progressToken: '',
  };
  const task = new FixTask(sourceOf(document), params, checks);
  return { withoutModel: () => task.withoutModel(() => undefined, new AbortController().signal) };
}

describe('a slow tool', () => {
  it('is started for a few tokens only', async () => {
    let time = 0;
    const texts = new Set<string>();
    const compiler = {
      check: ({ text }: { readonly text: string }) => {
        if (!texts.has(text)) time += 1000;
        texts.add(text);
        const problem = { line: 1, column: 0, message: 'invalid syntax', severity: 'error' as const };
        return Promise.resolve([{ kind: 'checked' as const, by: 'compiler', problems: [problem] }]);
      },
    };
    const broken = 'a = 1\na b c d e f g h i j k l\n';
    const { withoutModel } = taskFor(broken, { checkers: compiler, now: () => time });
    assert.equal(await withoutModel(), undefined);
    assert.ok(texts.size > 2 && texts.size <= 6, `${texts.size}`);
  });
});
