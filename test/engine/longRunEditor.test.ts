import assert from 'node:assert/strict';
import { ResponseError, type Diagnostic } from 'vscode-languageserver-protocol/node';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { EDITOR, LspClient } from './support/lspClient.js';
import { longRun, runsOf } from '../fixtures/longRuns.js';

const LENGTH = 200_000;
const RUNS = runsOf(
  'letters',
  'blanks',
  'line ends',
  'opening brackets',
  'Chinese',
  'emoji',
  'minified code',
  'control tokens',
);
const COMMANDS = ['youtu.fix', 'youtu.document', 'youtu.explain', 'youtu.edit'] as const;

after(() => LspClient.killAll());

describe('long runs through the language server', function () {
  this.timeout(400_000);
  let client: LspClient;
  let files = 0;
  before(async () => {
    const model = await scriptedCoder();
    const settings = { chatModel: model, completionModel: model, gpu: 'off', commandWait: 100_000 };
    client = await LspClient.start({ ...settings, completionItems: 'on' }, EDITOR);
  });
  after(async () => assert.equal(await client.stop(), 0));

  /** Result or an error of the protocol; anything else is a fault. */
  async function ask(method: string, params: object): Promise<unknown> {
    return client.connection.sendRequest(method, params).catch((error: unknown) => {
      assert.ok(error instanceof ResponseError, `${method}: ${String(error)}`);
      assert.notEqual(error.message, '');
      return undefined;
    });
  }

  async function open(text: string): Promise<string> {
    const uri = `file:///long/${++files}.py`;
    await client.open(uri, 'python', text);
    return uri;
  }

  /** All requests that an editor makes about the cursor. */
  async function atCursor(uri: string, line: number, character: number): Promise<void> {
    const at = { textDocument: { uri }, position: { line, character } };
    await ask('textDocument/completion', { ...at, context: { triggerKind: 1 } });
    await ask('textDocument/inlineCompletion', { ...at, context: { triggerKind: 1 } });
  }

  async function stillAnswers(): Promise<void> {
    const uri = await open('def total(prices):\n    return su\n');
    const at = { textDocument: { uri }, position: { line: 1, character: 13 } };
    const found = (await ask('textDocument/completion', { ...at, context: { triggerKind: 1 } })) as {
      readonly items: readonly { readonly label: string }[];
    };
    assert.deepEqual(
      found.items.map(({ label }) => label),
      ['sum(prices)'],
    );
  }

  for (const [what, unit] of RUNS) {
    const run = longRun(unit, LENGTH);
    it(`are answered, or refused for a reason, in a document: ${what}`, async () => {
      const text = `def add(a, b):\n    s = "${run}"\n    x = json\n    return a + b\n`;
      const uri = await open(text);
      const lines = text.split('\n');
      const last = { line: 1, character: (lines[1] ?? '').length };
      await atCursor(uri, last.line, last.character);
      await atCursor(uri, lines.length - 3, 12);
      await atCursor(uri, lines.length - 1, 0);
      const range = { start: { line: 1, character: 4 }, end: last };
      const problem: Diagnostic = { range, message: 'x is not defined', severity: 1 };
      for (const diagnostics of [[], [problem]]) {
        const context = { diagnostics, triggerKind: 1 };
        const actions = (await ask('textDocument/codeAction', { textDocument: { uri }, range, context })) as
          readonly object[] | undefined;
        assert.ok(actions !== undefined && actions.length > 0);
      }
      for (const command of COMMANDS)
        await ask('workspace/executeCommand', {
          command,
          arguments: [{ uri, range, diagnostics: [problem], instruction: 'add a check' }],
        });
      await stillAnswers();
    });

    it(`are answered, or refused for a reason, in what an editor sends: ${what}`, async () => {
      const uri = await open('def add(a, b):\n    return a + b\n');
      const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 4 } };
      const problem: Diagnostic = { range, message: run, source: run, code: run, severity: 1 };
      await ask('textDocument/codeAction', {
        ...{ textDocument: { uri }, range },
        context: { diagnostics: [problem], only: [run, 'quickfix'] },
      });
      for (const command of COMMANDS)
        await ask('workspace/executeCommand', {
          command,
          arguments: [{ uri, range, diagnostics: [problem], instruction: run, [run]: run }],
        });
      await ask('workspace/executeCommand', { command: run, arguments: [{ uri: run, range }] });
      await ask('youtu/none', { run });
      await client.open(`untitled:${run}`, run, 'x = json');
      await atCursor(`untitled:${run}`, 0, 8);
      await client.change(uri, 2, [{ range: { start: range.end, end: range.end }, text: run }]);
      await atCursor(uri, 1, 8);
      await stillAnswers();
    });
  }
});
