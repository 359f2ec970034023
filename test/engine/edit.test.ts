import assert from 'node:assert/strict';
import {
  CancellationToken,
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver-protocol/node';
import {
  EditProgressType,
  EditRequest,
  type EditIntent,
  type EditParams,
  type EditProgress,
  type EditResult,
} from '../../src/protocol/edit.js';
import { EngineErrorCode } from '../../src/protocol/errors.js';
import { EngineProcess } from './support/engineProcess.js';
import { testModel } from './support/testModels.js';

/** Edits by the starter over LSP. */
describe('edits by the starter model', function () {
  this.timeout(180_000);
  let engine: EngineProcess;
  before(async () => {
    engine = await EngineProcess.start({ chatModel: await testModel('qwen2.5-coder-0.5b') });
  });
  after(async () => assert.equal(await engine.stop(), 0));

  interface Wish extends Partial<EditParams> {
    readonly marked: string;
    readonly language: string;
    readonly intent: EditIntent;
    /** What the editor complains about at `▮`. */
    readonly message?: string;
  }

  /** @returns the answer, and the document with it */
  async function edit(
    { marked, language, intent, message, ...params }: Wish,
    onProgress: (progress: EditProgress) => void = () => undefined,
    token: CancellationToken = CancellationToken.None,
  ): Promise<{ result: EditResult; text: string }> {
    const { uri, position } = await engine.open(marked, language);
    const range = { start: position, end: { ...position, character: position.character + 1 } };
    const progressToken = `edit ${uri}`;
    const listener = engine.connection.onProgress(EditProgressType, progressToken, onProgress);
    const whole: EditParams = {
      textDocument: { uri, version: 1 },
      intent,
      range,
      isSelection: false,
      diagnostics: message === undefined ? [] : [{ range, message, severity: 1 }],
      indent: { useTabs: language === 'go', size: 4 },
      progressToken,
      ...params,
    };
    try {
      const result = await engine.connection.sendRequest<EditResult>(EditRequest.method, whole, token);
      return { result, text: withEdit(marked.replace('▮', ''), result) };
    } finally {
      listener.dispose();
    }
  }

  it('mends a misspelled name in Python', async () => {
    const { result, text } = await edit({
      intent: 'fix',
      language: 'python',
      marked:
        'import sys\n\n\ndef mean(values):\n    if not values:\n        return 0.0\n    total = sum(values)\n    return total / len(▮vlaues)\n\n\nprint(mean([1, 2]))\n',
      message: '"vlaues" is not defined',
    });
    assert.ok(text.includes('len(values)'), text);
    assert.doesNotMatch(text, /```|vlaues/);
    assert.ok(text.startsWith('import sys\n\n\ndef mean(values):\n'));
    assert.ok(text.endsWith('\n\n\nprint(mean([1, 2]))\n'));
    assert.deepEqual(result.verdict, { kind: 'unchecked' });
    assert.ok(result.completionTokens > 10 && result.tokensPerSecond > 0);
  });

  it('mends a missing parenthesis in TypeScript, and keeps the indentation', async () => {
    const progress: EditProgress[] = [];
    const { text } = await edit(
      {
        intent: 'fix',
        language: 'typescript',
        marked:
          'export class Cart {\n  private items: Item[] = [];\n\n  total(): number {\n    let sum = 0;\n    for (const item of this.items) {\n      sum += Math.round(item.price * item.count▮;\n    }\n    return sum;\n  }\n}\n',
        message: "')' expected.",
        symbol: { start: { line: 3, character: 2 }, end: { line: 9, character: 3 } },
      },
      (each) => progress.push(each),
    );
    assert.ok(text.includes('\n      sum += Math.round(item.price * item.count);\n'), text);
    assert.equal(progress[0]?.kind, 'region');
    const drafts = progress.flatMap((each) => (each.kind === 'draft' ? [each.text] : []));
    assert.ok(drafts.length >= 3);
    assert.ok(drafts.every((draft) => !draft.includes('```')));
  });

  it('keeps CRLF and tabs', async () => {
    const { result, text } = await edit({
      intent: 'fix',
      language: 'go',
      marked:
        'package stats\r\n\r\nfunc Mean(values []float64) float64 {\r\n\tsum := 0.0\r\n\tfor _, v := range values {\r\n\t\tsum += v\r\n\t}\r\n\treturn ▮sum / len(values)\r\n}\r\n',
      message:
        'invalid operation: sum / len(values) (mismatched types float64 and int)\n\thave float64\n\twant int',
    });
    assert.ok(text.includes('\r\n\treturn sum / float64(len(values))\r\n'), text);
    assert.doesNotMatch(result.newText, /[^\r]\n|\n {2,}/);
  });

  it('documents a method in its language’s style and leaves the code byte for byte', async () => {
    const marked =
      'class Account {\n    private int balance;\n\n    @Override\n    public boolean withdraw(int amount) {\n        if (▮balance < amount) return false;\n        balance -= amount;\n        return true;\n    }\n}\n';
    const { text } = await edit({ intent: 'document', language: 'java', marked });
    assert.match(
      text,
      /\n {4}\/\*\*\n( {5}\*.*\n)+ {5}\*\/\n {4}@Override\n {4}public boolean withdraw\(int amount\) \{\n/,
    );
    assert.equal(text.replace(/ {4}\/\*\*[^]*?\*\/\n/, ''), marked.replace('▮', ''));
  });

  it('documents a Python function inside of it', async () => {
    const marked = 'def clamp(value, low, high):\n    ▮return min(max(value, low), high)\n';
    const { text } = await edit({ intent: 'document', language: 'python', marked });
    assert.match(text, /^def clamp\(value, low, high\):\n {4}"""\S[^]*"""\n {4}return min/);
    assert.equal(text.replace(/ {4}"""[^]*?"""\n/, ''), marked.replace('▮', ''));
  });

  it('ends within a token when it is cancelled, and answers the next', async () => {
    const source = new CancellationTokenSource();
    let drafts = 0;
    const lines = Array.from({ length: 30 }, (_, index) => `    x${index} = compute(${index})`).join('\n');
    const request = edit(
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
    const { text } = await edit({
      intent: 'fix',
      language: 'c',
      marked: 'int twice(int n)\n{\n    return 2 * n▮\n}\n',
      message: "expected ';' after return statement",
    });
    assert.ok(text.includes('return 2 * n;'), text);
  });

  it('makes its edit of the version that it was asked for, while the document goes on', async () => {
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

  it('refuses a line of 100,000 characters with a reason', async () => {
    await assert.rejects(
      edit({ intent: 'fix', language: 'javascript', marked: `▮f("${'x'.repeat(100_000)}");` }),
      (error) =>
        error instanceof ResponseError && (error.data as { reason: string }).reason === 'regionTooLong',
    );
  });
});

function withEdit(text: string, { range, oldText, newText }: EditResult): string {
  const start =
    text.split('\n').slice(0, range.start.line).join('\n').length + (range.start.line > 0 ? 1 : 0);
  assert.equal(text.slice(start, start + oldText.length), oldText);
  return text.slice(0, start) + newText + text.slice(start + oldText.length);
}
