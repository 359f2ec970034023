import assert from 'node:assert/strict';
import type { EditProgress } from '../../src/protocol/edit.js';
import { editWith } from '../engine/support/editClient.js';
import type { EngineProcess } from '../engine/support/engineProcess.js';
import { starterEngine } from './support/starter.js';

/** Edits by the starter over LSP. */
describe('edits by the starter model', function () {
  this.timeout(180_000);
  let engine: EngineProcess;
  before(async () => (engine = await starterEngine()));

  it('corrects a misspelled name in Python', async () => {
    const { result, text } = await editWith(engine, {
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
    assert.equal(result.verdict.kind, 'verified');
  });

  it('corrects an assignment to a constant in TypeScript, and keeps the indentation', async () => {
    const progress: EditProgress[] = [];
    const { text } = await editWith(
      engine,
      {
        intent: 'fix',
        language: 'typescript',
        marked:
          'export class Cart {\n  private items: Item[] = [];\n\n  total(): number {\n    const sum = 0;\n    for (const item of this.items) {\n      ▮sum += item.price;\n    }\n    return sum;\n  }\n}\n',
        message: "Cannot assign to 'sum' because it is a constant.",
        symbol: { start: { line: 3, character: 2 }, end: { line: 9, character: 3 } },
      },
      (each) => progress.push(each),
    );
    assert.ok(text.includes('\n    let sum = 0;\n'), text);
    assert.equal(progress[0]?.kind, 'region');
    const drafts = progress.flatMap((each) => (each.kind === 'draft' ? [each.text] : []));
    assert.ok(drafts.length >= 3 && drafts.every((draft) => !draft.includes('```')));
  });

  it('keeps CRLF and tabs', async () => {
    const { result, text } = await editWith(engine, {
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
    const { text } = await editWith(engine, { intent: 'document', language: 'java', marked });
    assert.match(
      text,
      /\n {4}\/\*\*\n( {5}\*.*\n)+ {5}\*\/\n {4}@Override\n {4}public boolean withdraw\(int amount\) \{\n/,
    );
    assert.equal(text.replace(/ {4}\/\*\*[^]*?\*\/\n/, ''), marked.replace('▮', ''));
  });

  it('documents a Python function inside its body', async () => {
    const marked = 'def clamp(value, low, high):\n    ▮return min(max(value, low), high)\n';
    const { text } = await editWith(engine, { intent: 'document', language: 'python', marked });
    assert.match(text, /^def clamp\(value, low, high\):\n {4}"""\S[^]*"""\n {4}return min/);
    assert.equal(text.replace(/ {4}"""[^]*?"""\n/, ''), marked.replace('▮', ''));
  });
});
