import assert from 'node:assert/strict';
import { InlineCompletionRequest } from '../../src/protocol/completion.js';
import { EngineProcess } from './support/engineProcess.js';
import { testModel } from './support/testModels.js';

/** Texts that are seldom seen, or that change while the answer is computed. */
describe('ghost text in odd texts', function () {
  this.timeout(120_000);
  let engine: EngineProcess;
  before(async () => {
    engine = await EngineProcess.start({ completionModel: await testModel('qwen2.5-coder-0.5b') });
  });
  after(async () => assert.equal(await engine.stop(), 0));

  it('is right below text that is written from right to left', async () => {
    const marked = '# מחזיר את סכום המספרים، يجمع عددين\ndef add(a, b):\n    return ▮\n';
    assert.match((await engine.complete(marked, 'python')) ?? '', /^a \+ b$/);
  });

  it('is right where lines end in three ways, and breaks lines in one of them', async () => {
    const marked = 'def double(x):\r\n    return x * 2\n\ndef square(x):\r    return ▮\n';
    assert.match((await engine.complete(marked, 'python')) ?? '', /^x ?\*/);
    const block = await engine.complete(
      'function add(a: number, b: number) {▮\n\r\nadd(1, 2);\r',
      'typescript',
    );
    assert.match(block ?? '', /return a \+ b/);
    assert.equal(new Set(block?.match(/\r\n|\r|\n/g)).size, 1);
  });

  it('stays at the indentation of the cursor where tabs and blanks are mixed', async () => {
    const marked =
      'int sign(int x) {\n\tif (x < 0)\n        return -1;\n\tif (x > 0) {\n        ▮\n\t}\n    return 0;\n}\n';
    const text = (await engine.complete(marked, 'c')) ?? '';
    assert.match(text, /^return (?:\+?1|x);/);
    for (const line of text.split('\n').slice(1)) assert.match(line, /^(?: {8}|\t\t)\S|^$/);
  });

  it('is silent inside a character of several code points', async () => {
    for (const at of ["'👩\u200D▮👧'", "'e▮\u0301'"])
      assert.equal(await engine.complete(`const face = ${at};\n`, 'typescript'), undefined);
  });

  it('needs no grammar of the language', async () => {
    const marked =
      'fn square(x: i32) i32 {\n    return x * x;\n}\n\nfn cube(x: i32) i32 {\n    return ▮\n}\n';
    assert.match((await engine.complete(marked, 'zig')) ?? '', /^x \* x \* x;?$/);
  });

  it('is for the text as it is after edits that came meanwhile', async () => {
    const { uri, position } = await engine.open('def square(x):\n    return ▮\n', 'python');
    const ask = (line: number): Promise<{ insertText: string }[] | null> =>
      engine.connection.sendRequest(InlineCompletionRequest.method, {
        textDocument: { uri },
        position: { line, character: position.character },
        context: { triggerKind: 2 },
      });
    const before = ask(position.line).catch(() => null);
    const edits = ['import math\n', 'import sys\n', '# three lines above\n'];
    for (const [version, text] of edits.entries())
      await engine.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: version + 2 },
        contentChanges: [
          { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text },
        ],
      });
    const after = await ask(position.line + edits.length);
    assert.match(after?.[0]?.insertText ?? '', /^x ?\*/);
    // The older one is answered as it was asked, or given up for the newer one.
    assert.match((await before)?.[0]?.insertText ?? 'x *', /^x ?\*/);
  });
});
