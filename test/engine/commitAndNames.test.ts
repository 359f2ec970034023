import assert from 'node:assert/strict';
import {
  CancellationToken,
  CancellationTokenSource,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver-protocol/node';
import { CommitMessageRequest, type CommitMessageResult } from '../../src/protocol/commit.js';
import { EngineErrorCode } from '../../src/protocol/errors.js';
import { NamesRequest, type NamesParams, type NamesResult } from '../../src/protocol/rename.js';
import { temporaryFolder } from '../unit/engine/catalogue/support/temporaryFolder.js';
import { coderEngine } from './support/coderEngine.js';
import { EngineProcess } from './support/engineProcess.js';

const diffWith = (line: string): string =>
  `diff --git a/days.py b/days.py\n--- a/days.py\n+++ b/days.py\n@@ -1,2 +1,2 @@\n def count(days):\n-    return len(days)\n+    return ${line}\n`;
const CHANGE = { diff: diffWith('len(weekdays(days))'), subjects: ['Add days'] };
const SALE = 'def sale(price):\n    ▮unclear = price * 1.19\n    return unclear\n';

/** @returns what a request was refused with */
async function refusal(work: Promise<unknown>): Promise<ResponseError<{ kind: string; reason?: string }>> {
  const error: unknown = await work.then(
    (value) => assert.fail(`it was answered: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ResponseError, String(error));
  return error as ResponseError<{ kind: string; reason?: string }>;
}

/** Over JSON-RPC with the real process, as the extension asks. */
describe('commit messages over JSON-RPC', () => {
  let engine: EngineProcess;
  before(async () => (engine = await coderEngine()));
  const ask = (params: unknown, token = CancellationToken.None): Promise<CommitMessageResult> =>
    engine.connection.sendRequest(CommitMessageRequest.method, params, token);

  it('are written for a diff', async () => {
    const { message, origin, files } = await ask(CHANGE);
    assert.deepEqual([message, origin, files], ['Count only weekdays', 'model', 1]);
  });

  it('need no model where code can say it', async () => {
    const renamed = 'diff --git a/a.py b/b.py\nsimilarity index 100%\nrename from a.py\nrename to b.py\n';
    const { origin, model } = await ask({ diff: renamed, subjects: [] });
    assert.deepEqual([origin, model], ['facts', undefined]);
  });

  it('are refused without a diff', async () => {
    for (const [diff, reason] of [
      [' \n', 'empty'],
      ['Some words\nthat are no diff.\n', 'notADiff'],
    ]) {
      const { code, data } = await refusal(ask({ diff, subjects: [] }));
      assert.deepEqual([code, data], [EngineErrorCode.noDiff, { kind: 'noDiff', reason }]);
    }
  });

  it('are refused with wrong parameters, which are named', async () => {
    for (const params of [undefined, {}, { diff: 1, subjects: [] }, { diff: '', subjects: [1] }]) {
      const { code, message } = await refusal(ask(params));
      assert.equal(code, ErrorCodes.InvalidParams);
      assert.match(message, /diff: a string, subjects: strings/);
    }
  });

  it('end when they are cancelled, and the next one is answered', async () => {
    const source = new CancellationTokenSource();
    const request = ask({ ...CHANGE, diff: diffWith('len(story)') }, source.token);
    source.cancel();
    assert.equal((await refusal(request)).code, LSPErrorCodes.RequestCancelled);
    assert.equal((await ask(CHANGE)).message, 'Count only weekdays');
  });
});

describe('names over JSON-RPC', () => {
  let engine: EngineProcess;
  before(async () => (engine = await coderEngine()));
  const ask = (params: unknown, token = CancellationToken.None): Promise<NamesResult> =>
    engine.connection.sendRequest(NamesRequest.method, params, token);
  const place = async (marked: string, version = 1): Promise<NamesParams> => {
    const { uri, position } = await engine.open(marked, 'python');
    return { textDocument: { uri, version }, position };
  };

  it('are those of the model that are free, and no words of the language', async () => {
    const { names, oldName, range } = await ask(await place(SALE));
    assert.deepEqual(names, ['net_total', 'gross_total', 'total_price']);
    assert.equal(oldName, 'unclear');
    assert.deepEqual(range, { start: { line: 1, character: 4 }, end: { line: 1, character: 11 } });
  });

  it('are refused for a document that isn’t open, another version, and where no name is', async () => {
    const { position } = await place(SALE);
    const unknown = { textDocument: { uri: 'file:///never/opened.py', version: 1 }, position };
    const cases: readonly (readonly [NamesParams, string])[] = [
      [unknown, 'noDocument'],
      [await place(SALE, 7), 'documentChanged'],
      [await place('x = 1 ▮ + 2\n'), 'noName'],
      [{ ...(await place(SALE)), position: { line: 900, character: 4 } }, 'noName'],
    ];
    for (const [params, reason] of cases) {
      const { code, data } = await refusal(ask(params));
      assert.deepEqual([code, data?.reason], [EngineErrorCode.editImpossible, reason]);
    }
  });

  it('are refused with wrong parameters, which are named', async () => {
    const { textDocument } = await place(SALE);
    for (const params of [
      {},
      { textDocument },
      { textDocument, position: { line: -1, character: 'x' } },
      { position: { line: 0, character: 0 } },
    ]) {
      const { code, message } = await refusal(ask(params));
      assert.equal(code, ErrorCodes.InvalidParams);
      assert.match(message, /textDocument: .*position: /);
    }
  });

  it('end when they are cancelled, and the next one is answered', async () => {
    const source = new CancellationTokenSource();
    const request = ask(await place(SALE), source.token);
    source.cancel();
    assert.equal((await refusal(request)).code, LSPErrorCodes.RequestCancelled);
    assert.equal((await ask(await place(SALE))).names.length, 3);
  });
});

describe('commit messages and names without a model', () => {
  const folder = temporaryFolder();

  it('are refused with the reason, and the process goes on', async () => {
    const engine = await EngineProcess.start({ modelsFolder: folder(), gpu: 'off' });
    const { uri, position } = await engine.open(SALE, 'python');
    const names = { textDocument: { uri, version: 1 }, position };
    for (const [method, params] of [
      [CommitMessageRequest.method, CHANGE],
      [NamesRequest.method, names],
    ] as const) {
      const { code, data } = await refusal(engine.connection.sendRequest(method, params));
      assert.deepEqual([code, data?.kind], [EngineErrorCode.noModel, 'noModel']);
    }
    assert.equal(await engine.stop(), 0);
  });
});
