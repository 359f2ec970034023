import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ContextQueue } from '../../../../../src/engine/decoding/contextQueue.js';
import { Decoder } from '../../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../../src/engine/decoding/scheduler.js';
import { formOf, inForm, namesIn } from '../../../../../src/engine/edit/rename/nameForm.js';
import { NameService } from '../../../../../src/engine/edit/rename/nameService.js';
import { EngineError } from '../../../../../src/protocol/errors.js';
import type { NamesResult } from '../../../../../src/protocol/rename.js';
import { ScriptedModel } from '../../../support/scriptedModel.js';

class Names {
  readonly prompts: string[] = [];
  private readonly service: NameService;

  constructor(...answers: readonly string[]) {
    const answer = (prompt: string): string => answers[this.prompts.push(prompt) - 1] ?? answers.at(-1) ?? '';
    const model = new ScriptedModel({ answer, trainedContextTokens: 8192 });
    const queue = new ContextQueue(model, 'fix', { contextTokens: 8192, batchTokens: 512 });
    const host = { contextQueue: () => Promise.resolve(queue) };
    this.service = new NameService(host, new Decoder(new Scheduler()), { during: (_, work) => work() });
  }

  /** @param text with `|` at the cursor */
  of(text: string, languageId = 'python', signal = new AbortController().signal): Promise<NamesResult> {
    const document = TextDocument.create('file:///a', languageId, 3, text.replace('|', ''));
    const position = document.positionAt(text.indexOf('|'));
    return this.service.names({ textDocument: { uri: 'file:///a', version: 3 }, position }, document, signal);
  }
}

const MEAN = 'def mean(values):\n    x| = sum(values)\n    return x / len(values)\n';

async function reason(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((each: unknown) => each);
  assert.ok(error instanceof EngineError && error.data.kind === 'editImpossible', String(error));
  return error.data.reason;
}

describe('other names for a symbol', () => {
  it('are the model’s, for the name at the cursor', async () => {
    const names = new Names('total\n2. sum_of_values\n3. `value_sum`\n4. more');
    assert.deepEqual(await names.of(MEAN), {
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } },
      oldName: 'x',
      names: ['total', 'sum_of_values', 'value_sum'],
      model: 'scripted',
    });
    assert.match(names.prompts[0] ?? '', /def mean\(values\):\n {4}x = sum[^]*names for `x`[^]*1\. $/);
  });

  it('leave out the old one, names of the file, keywords, built-ins and what is no name', async () => {
    const { names } = await new Names(
      'x\n2. values\n3. mean\n4. class',
      'sum\n2. list\n3. 3rd\n4. total of all\n',
      'await, total',
    ).of(MEAN);
    assert.deepEqual(names, ['total']);
  });

  it('are asked for again until there are three', async () => {
    const names = new Names('total\n2. total\n3. Total', 'value_sum, total', 'overall');
    assert.deepEqual((await names.of(MEAN)).names, ['total', 'value_sum', 'overall']);
    assert.equal(names.prompts.length, 3);
  });

  it('are none when the model has none that is free', async () => {
    assert.equal(await reason(new Names('x\n2. values').of(MEAN)), 'noNames');
  });

  it('need a name at the cursor', async () => {
    for (const text of ['a + |  b', 'x = 1\n|\n', 'f(12|3)'])
      assert.equal(await reason(new Names('total').of(text)), 'noName', text);
  });

  it('can be cancelled', async () => {
    await assert.rejects(new Names('total').of(MEAN, 'python', AbortSignal.abort(new Error('stop'))), /stop/);
  });

  const forms: readonly (readonly [string, string, string, string | undefined])[] = [
    ['userName', '', 'active user count', 'activeUserCount'],
    ['UserName', '', 'active_user', 'ActiveUser'],
    ['user_name', '', 'ActiveUser', 'active_user'],
    ['MAX_USERS', '', 'userLimit', 'USER_LIMIT'],
    ['N', '', 'userLimit', 'USER_LIMIT'],
    ['_user', 'my_name other_name', 'activeUser', '_active_user'],
    ['__user', 'someName', 'active_user', '__activeUser'],
    ['$el', 'someName', 'root-element', '$rootElement'],
    ['x', 'one_name two_names threeNames', 'userList', 'user_list'],
    ['x', 'oneName', 'HTTPServer', 'httpServer'],
    ['x', '', 'a b c d e f g', undefined],
    ['x', '', '2nd', undefined],
    ['x', '', 'naïve', undefined],
    ['x', '', 'word'.repeat(20), undefined],
  ];
  for (const [old, text, proposal, expected] of forms)
    it(`keep the form of ${old}${text === '' ? '' : ` among ${text}`}: ${proposal} is ${expected ?? 'none'}`, () => {
      assert.equal(inForm(proposal, formOf(old, namesIn(text), 'typescript', `const ${old} = 1;`)), expected);
    });
});
