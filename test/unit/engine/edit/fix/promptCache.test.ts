import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ContextQueue } from '../../../../../src/engine/decoding/contextQueue.js';
import { Decoder } from '../../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../../src/engine/decoding/scheduler.js';
import { EditService } from '../../../../../src/engine/edit/editService.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { ScriptedModel } from '../../../support/scriptedModel.js';

describe('the prompt of a fix', () => {
  /** Prompts in order, and how many tokens of each were kept from before. */
  const prompts: string[] = [];
  let model: ScriptedModel;
  let service: EditService;

  beforeEach(() => {
    prompts.length = 0;
    model = new ScriptedModel({
      answer: (prompt) => `${['1 +', '(2', 'nothing', '(3'][prompts.push(prompt) - 1] ?? ''}\n\`\`\`\n`,
      trainedContextTokens: 8192,
    });
    const queue = new ContextQueue(model, 'fix', { contextTokens: 8192, batchTokens: 512 });
    service = new EditService(
      { contextQueue: () => Promise.resolve(queue) },
      new Decoder(new Scheduler()),
      { during: (_, work) => work() },
      { syntax: new SyntaxTrees() },
    );
  });

  async function fix(text: string): Promise<void> {
    const document = TextDocument.create('file:///x', 'python', 1, text);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const params = {
      textDocument: { uri: 'file:///x', version: 1 },
      ...{ intent: 'fix' as const, range, isSelection: false },
      diagnostics: [{ range, message: 'wrong value', severity: 1 as const }],
      indent: { useTabs: false, size: 4 },
      progressToken: '',
    };
    const edit = service.edit(params, document, new AbortController().signal, () => undefined);
    await edit.catch((error: unknown) => {
      assert.match(String(error), /editImpossible/);
    });
  }

  const kept = (): number[] =>
    model.steps.flatMap(({ operation, count }) => (operation === 'rewind' ? [count] : []));

  function commonLength(one: string, other: string): number {
    let length = 0;
    while (length < one.length && one[length] === other[length]) length++;
    return length;
  }

  it('is evaluated once for all rounds and all fixes, as far as it is the same', async () => {
    await fix('a = 1\nb = 2\n');
    const rounds = prompts.length;
    assert.ok(rounds >= 2, `${rounds} rounds`);
    await fix('other_name = 5\nanother = 6\n');
    assert.ok(prompts.length > rounds);
    const found = kept();
    assert.equal(found.length, prompts.length);
    assert.equal(found[0], 0);
    for (let at = 1; at < prompts.length; at++) {
      const same = commonLength(prompts[at - 1] ?? '', prompts[at] ?? '');
      // Two solved examples come before what differs from fix to fix.
      assert.ok(same > 500, `${same}`);
      assert.ok((found[at] ?? 0) >= same - 1, `prompt ${at}: ${found[at]} of ${same} kept`);
    }
    const evaluated = model.steps.reduce(
      (sum, { operation, count }) => (operation === 'prefill' ? sum + count : sum),
      0,
    );
    const whole = prompts.reduce((sum, { length }) => sum + length, 0);
    assert.ok(evaluated < whole / 2, `${evaluated} of ${whole} evaluated`);
  });
});
