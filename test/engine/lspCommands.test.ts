import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
  TextDocumentEdit,
  type CodeAction,
  type Diagnostic,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { EDITOR, LspClient } from './support/lspClient.js';

const SUM =
  'import sys\n\n\ndef mean(values):\n    if not values:\n        return 0.0\n    total = sum(values)\n    return total / len(vlaues)\n\n\nprint(mean([1, 2]))\n';
const MISSPELLED: Diagnostic = {
  range: { start: { line: 7, character: 23 }, end: { line: 7, character: 29 } },
  message: '"vlaues" is not defined',
  severity: 1,
};
/** What only the model can correct. */
const MEAN =
  'package stats\n\nfunc Mean(values []float64) float64 {\n\tsum := 0.0\n\tfor _, v := range values {\n\t\tsum += v\n\t}\n\treturn sum / len(values)\n}\n';
const MISMATCHED: Diagnostic = {
  range: { start: { line: 7, character: 8 }, end: { line: 7, character: 25 } },
  message:
    'invalid operation: sum / len(values) (mismatched types float64 and int)\n\thave float64\n\twant int',
  severity: 1,
};

after(() => LspClient.killAll());

describe('fix, document and explain over LSP', function () {
  let client: LspClient;
  let files = 0;
  before(async () => {
    client = await LspClient.start({
      chatModel: await scriptedCoder(),
      gpu: 'off',
      commandWait: 120_000,
    });
  });
  after(async () => assert.equal(await client.stop(), 0));

  async function open(text: string, languageId = 'python'): Promise<string> {
    const uri = `file:///case/${++files}.py`;
    await client.open(uri, languageId, text, 7);
    return uri;
  }

  function actionsAt(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    return client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
  }

  function execute(
    command: string,
    target: object,
    token = new CancellationTokenSource().token,
  ): Promise<null> {
    return client.connection.sendRequest<null>(
      'workspace/executeCommand',
      { command, arguments: [target] },
      token,
    );
  }

  it('fix a diagnostic by a versioned edit', async () => {
    const uri = await open(SUM);
    const [fix, explain] = await actionsAt(uri, MISSPELLED);
    assert.equal(fix?.title, 'Fix with Youtu Code');
    assert.equal(fix.kind, 'quickfix');
    assert.equal(explain?.command?.command, 'youtu.explain');
    const { command, arguments: given } = fix.command ?? {};
    await client.connection.sendRequest('workspace/executeCommand', { command, arguments: given });
    const edit = client.edits.at(-1)?.edit.documentChanges?.[0];
    assert.ok(TextDocumentEdit.is(edit));
    assert.deepEqual(edit.textDocument, { uri, version: 7 });
    const text = TextDocument.applyEdits(
      TextDocument.create(uri, 'python', 7, SUM),
      edit.edits.map((each) => ('newText' in each ? each : assert.fail('a snippet'))),
    );
    assert.equal(text, SUM.replace('vlaues', 'values'));
    assert.equal(edit.edits.length, 1);
    assert.equal(edit.edits[0]?.range.start.line, 7);
  });

  it('report progress from begin to end', async () => {
    const uri = await open(MEAN, 'go');
    client.progress.length = 0;
    await execute('youtu.fix', { uri, range: MISMATCHED.range, diagnostics: [MISMATCHED] });
    const { value, token } = client.progress.find(({ value }) => value.title?.includes('fix')) ?? {};
    assert.equal(value?.title, 'Youtu Code: writing a fix');
    const kinds = client.progress.filter((event) => event.token === token).map((event) => event.value.kind);
    assert.equal(kinds[0], 'begin');
    await client.until(
      () => client.progress.filter((event) => event.token === token).at(-1)?.value.kind === 'end',
    );
    assert.ok(kinds.includes('report'));
    const loading = client.progress.filter(({ value }) => value.title?.startsWith('Youtu Code: loading'));
    assert.equal(loading.length, 1);
  });

  it('document a function by a command', async () => {
    const uri = await open('def clamp(value, low, high):\n    return min(max(value, low), high)\n');
    const place = { line: 1, character: 4 };
    await execute('youtu.document', { uri, range: { start: place, end: place } });
    const edit = client.edits.at(-1)?.edit.documentChanges?.[0];
    assert.ok(TextDocumentEdit.is(edit));
    assert.equal(edit.textDocument.uri, uri);
    assert.match(JSON.stringify(edit.edits), /\\"\\"\\"\S/);
  });

  it('reject an edit with a message when the document has changed meanwhile', async () => {
    const uri = await open(MEAN, 'go');
    const before = client.edits.length;
    client.onProgress = ({ value }) => {
      if (value.kind !== 'report') return;
      client.onProgress = () => undefined;
      void client.change(uri, 8, [{ text: `${MEAN}// more\n` }]);
    };
    assert.equal(
      await execute('youtu.fix', { uri, range: MISMATCHED.range, diagnostics: [MISMATCHED] }),
      null,
    );
    assert.equal(client.edits.length, before);
    assert.match(client.messages.at(-1)?.message ?? '', /text changed while the model was writing/);
  });

  it('end silently when their progress is cancelled', async () => {
    const uri = await open(MEAN, 'go');
    const [edits, messages] = [client.edits.length, client.messages.length];
    client.onProgress = ({ token, value }) => {
      if (value.kind === 'report')
        void client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    };
    assert.equal(
      await execute('youtu.fix', { uri, range: MISMATCHED.range, diagnostics: [MISMATCHED] }),
      null,
    );
    client.onProgress = () => undefined;
    assert.deepEqual([client.edits.length, client.messages.length], [edits, messages]);
  });

  it('end when their request is cancelled', async () => {
    const uri = await open(MEAN, 'go');
    const source = new CancellationTokenSource();
    client.onProgress = ({ value }) => {
      if (value.kind === 'report') source.cancel();
    };
    await assert.rejects(
      execute('youtu.fix', { uri, range: MISMATCHED.range, diagnostics: [MISMATCHED] }, source.token),
      (error) => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled,
    );
    client.onProgress = () => undefined;
  });

  it('report an edit that the editor does not apply', async () => {
    const uri = await open(SUM);
    client.onEdit = () => ({ applied: false, failureReason: 'read-only' });
    await execute('youtu.fix', { uri, range: MISSPELLED.range, diagnostics: [MISSPELLED] });
    client.onEdit = () => ({ applied: true });
    assert.match(client.messages.at(-1)?.message ?? '', /rejected the new version \(read-only\)/);
  });

  it('edit as an instruction says', async () => {
    const uri = await open('def scale(n):\n    return n\n');
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 12 } };
    await execute('youtu.edit', { uri, range, instruction: 'triple it' });
    const [change] = client.edits.at(-1)?.edit.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change);
    assert.deepEqual(
      change.edits.map((each) => 'newText' in each && each.newText),
      ['    return 3 * n'],
    );
    assert.match(client.messages.at(-1)?.message ?? '', /^Youtu Code: Checked: no new syntax errors/);
    await execute('youtu.edit', { uri, range });
    assert.match(client.messages.at(-1)?.message ?? '', /youtu\.edit needs an instruction/);
  });

  it('document all symbols in one edit, and say what was documented', async () => {
    const uri = await open('def one():\n    return 1\n\n\ndef two():\n    return 2\n');
    const place = { line: 0, character: 0 };
    await execute('youtu.documentAll', { uri, range: { start: place, end: place } });
    const [change] = client.edits.at(-1)?.edit.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change);
    assert.match(change.edits.map((each) => ('newText' in each ? each.newText : '')).join(''), /"""[^]*"""/);
    assert.match(client.messages.at(-1)?.message ?? '', /Documented: 2 symbols; the code is unchanged/);
  });

  it('report why there is nothing to edit', async () => {
    const uri = await open('\n\n');
    const place = { line: 0, character: 0 };
    await execute('youtu.fix', { uri, range: { start: place, end: place } });
    assert.match(client.messages.at(-1)?.message ?? '', /There is no code at the cursor/);
    await execute('youtu.fix', { uri: 'file:///nowhere', range: { start: place, end: place } });
    assert.match(client.messages.at(-1)?.message ?? '', /have this document open/);
  });
});

describe('fix in an editor with few capabilities', function () {
  it('uses commands, unversioned edits and no progress', async () => {
    const client = await LspClient.start(
      { chatModel: await scriptedCoder(), gpu: 'off', commandWait: 120_000 },
      { workspace: { applyEdit: true } },
    );
    const uri = 'file:///case/old.py';
    await client.open(uri, 'python', SUM);
    const context = { diagnostics: [MISSPELLED] };
    const params = { textDocument: { uri }, range: MISSPELLED.range, context };
    const commands = await client.connection.sendRequest<object[]>('textDocument/codeAction', params);
    assert.deepEqual(
      commands.map((each) => (each as { command: unknown }).command),
      ['youtu.fix', 'youtu.explain', 'youtu.explain', 'youtu.fix', 'youtu.document'],
    );
    await client.connection.sendRequest('workspace/executeCommand', commands[0]);
    assert.deepEqual(Object.keys(client.edits.at(-1)?.edit ?? {}), ['changes']);
    assert.deepEqual(client.progress, []);
    assert.equal(await client.stop(), 0);
  });

  it('is answered after a while, although the work continues', async () => {
    const settings = { chatModel: await scriptedCoder(), gpu: 'off', commandWait: 0 };
    const client = await LspClient.start(settings, EDITOR);
    const uri = 'file:///case/soon.py';
    await client.open(uri, 'python', SUM);
    const target = { uri, range: MISSPELLED.range, diagnostics: [MISSPELLED] };
    const params = { command: 'youtu.fix', arguments: [target] };
    await client.connection.sendRequest('workspace/executeCommand', params);
    assert.equal(client.edits.length, 0);
    await client.until(() => client.edits.length === 1, 120_000);
    assert.equal(await client.stop(), 0);
  });
});
