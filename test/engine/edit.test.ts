import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver-protocol/node';
import { EditRequest, type EditParams, type EditProgress, type EditResult } from '../../src/protocol/edit.js';
import { EngineErrorCode } from '../../src/protocol/errors.js';
import { coderEngine } from './support/coderEngine.js';
import { editWith } from './support/editClient.js';
import type { EngineProcess } from './support/engineProcess.js';

/** Edits over LSP. */
describe('edits', () => {
  let engine: EngineProcess;
  before(async () => (engine = await coderEngine()));

  it('corrects a misspelled name in Python without the model', async () => {
    const question = {
      intent: 'fix',
      language: 'python',
      marked:
        'import sys\n\n\ndef mean(values):\n    if not values:\n        return 0.0\n    total = sum(values)\n    return total / len(▮vlaues)\n\n\nprint(mean([1, 2]))\n',
      message: '"vlaues" is not defined',
    } as const;
    const { result, text } = await editWith(engine, question);
    assert.equal(text, question.marked.replace('▮vlaues', 'values'));
    assert.deepEqual(
      [result.verdict.kind, result.origin, result.completionTokens, result.model],
      ['verified', 'spelling', 0, undefined],
    );
  });

  it('keeps CRLF and tabs', async () => {
    const progress: EditProgress[] = [];
    const question = {
      intent: 'fix',
      language: 'go',
      marked:
        'package stats\r\n\r\nfunc Mean(values []float64) float64 {\r\n\tsum := 0.0\r\n\tfor _, v := range values {\r\n\t\tsum += v\r\n\t}\r\n\treturn ▮sum / len(values)\r\n}\r\n',
      message:
        'invalid operation: sum / len(values) (mismatched types float64 and int)\n\thave float64\n\twant int',
    } as const;
    const { result, text } = await editWith(engine, question, (each) => progress.push(each));
    assert.deepEqual([result.origin, result.verdict.kind], ['model', 'unverified']);
    assert.ok(result.completionTokens > 5 && result.tokensPerSecond > 0);
    assert.equal(progress[0]?.kind, 'region');
    const drafts = progress.flatMap((each) => (each.kind === 'draft' ? [each.text] : []));
    assert.ok(drafts.length > 0 && drafts.every((draft) => !draft.includes('```')));
    assert.ok(text.includes('\r\n\treturn sum / float64(len(values))\r\n'), text);
    assert.doesNotMatch(result.newText, /[^\r]\n|\n {2,}/);
  });

  it('documents a Python function inside its body', async () => {
    const marked = 'def clamp(value, low, high):\n    ▮return min(max(value, low), high)\n';
    const { text } = await editWith(engine, { intent: 'document', language: 'python', marked });
    assert.match(text, /^def clamp\(value, low, high\):\n {4}"""\S[^]*"""\n {4}return min/);
    assert.equal(text.replace(/ {4}"""[^]*?"""\n/, ''), marked.replace('▮', ''));
  });

  it('ends within one token when it is cancelled, and answers the next', async () => {
    const source = new CancellationTokenSource();
    let drafts = 0;
    const lines = Array.from({ length: 30 }, (_, index) => `    x${index} = story(${index})`).join('\n');
    const request = editWith(
      engine,
      { intent: 'fix', language: 'python', marked: `def f():\n${lines}\n    return ▮y\n`, message: 'y?' },
      ({ kind }) => {
        if (kind === 'draft' && ++drafts === 2) source.cancel();
      },
      source.token,
    );
    await assert.rejects(
      request,
      (error) => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled,
    );
    assert.ok(drafts <= 3, `${drafts} drafts`);
    const { text } = await editWith(engine, {
      intent: 'fix',
      language: 'c',
      marked: 'int twice(int n)\n{\n    return 2 * n▮\n}\n',
      message: "expected ';' after return statement",
    });
    assert.ok(text.includes('return 2 * n;'), text);
  });

  it('edits the requested version while the document changes', async () => {
    const { uri, position } = await engine.open('def one():\n    return 0▮\n', 'python');
    const params: EditParams = {
      textDocument: { uri, version: 1 },
      intent: 'document',
      range: { start: position, end: position },
      isSelection: false,
      diagnostics: [],
      indent: { useTabs: false, size: 4 },
      progressToken: 'version',
    };
    const request = engine.connection.sendRequest<EditResult>(EditRequest.method, params);
    await engine.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: 'x = 1\n' }],
    });
    const { version, oldText } = await request;
    assert.deepEqual({ version, oldText }, { version: 1, oldText: 'def one():' });
    await assert.rejects(
      engine.connection.sendRequest(EditRequest.method, params),
      (error) =>
        error instanceof ResponseError &&
        error.code === EngineErrorCode.editImpossible &&
        (error.data as { reason: string }).reason === 'documentChanged',
    );
  });

  it('rejects a line of 100,000 characters with a reason', async () => {
    await assert.rejects(
      editWith(engine, { intent: 'fix', language: 'javascript', marked: `▮f("${'x'.repeat(100_000)}");` }),
      (error) =>
        error instanceof ResponseError && (error.data as { reason: string }).reason === 'regionTooLong',
    );
  });
});
