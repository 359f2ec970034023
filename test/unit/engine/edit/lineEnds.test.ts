import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { changedLines } from '../../../../src/cli/lsp/editCommand.js';
import { joinedLike, lineEndsOf } from '../../../../src/engine/edit/lineEnds.js';
import { ScriptedEdit } from './support/scriptedEdit.js';

const lines = (text: string): string[] => text.split(/\r\n|\n|\r/);

describe('line ends of an edit', () => {
  const cases: readonly (readonly [name: string, old: string, lines: string, now: string])[] = [
    ['are kept in lines that stay', 'a\r\nb\nc\r\nd', 'a|x|c|d', 'a\r\nx\nc\r\nd'],
    ['are those of the lines that are replaced', 'a\nb\r\nc\nd', 'a|x|y|d', 'a\nx\r\ny\nd'],
    ['are those of the line above in added lines', 'a\nb\r\nc\nd', 'a|b|x|c|d', 'a\nb\r\nx\r\nc\nd'],
    ['go with lines that are deleted', 'a\r\nb\nc\r\nd', 'a|c|d', 'a\r\nc\r\nd'],
    ['may be those of old Macs', 'a\rb\nc', 'a|x|c', 'a\rx\nc'],
    ['are all alike where they were', 'a\r\nb', 'a|x|b', 'a\r\nx\r\nb'],
  ];
  for (const [name, old, now, result] of cases)
    it(name, () =>
      assert.equal(
        joinedLike(now.split('|'), lines(old), { start: 0, end: lines(old).length }, lineEndsOf(old)),
        result,
      ),
    );

  const header = '# Prices.|RATE = 0.19|||';
  const code = 'def show(price):|    print("a", round(price, 2)|    print(price)|';
  for (const [first, rest] of [
    ['\r\n', '\n'],
    ['\n', '\r\n'],
  ] as const)
    it(`stay the same around a fix, after a header with ${JSON.stringify(first)}`, async () => {
      const text = header.replaceAll('|', first) + code.replaceAll('|', rest);
      const document = TextDocument.create('file:///x', 'python', 1, text);
      const fixed = 'def show(price):\n    print("a", round(price, 2))\n    print(price)';
      const edit = new ScriptedEdit(() => `# Prices.\nRATE = 0.19\n\n\n${fixed}\n\`\`\``);
      const range = { start: { line: 0, character: 0 }, end: { line: 6, character: 4 } };
      const result = await edit.run(document, { range, isSelection: true });
      const wanted = text.replace('2)', '2))');
      assert.equal(
        TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]),
        wanted,
      );
      assert.equal(TextDocument.applyEdits(document, [changedLines(result)]), wanted);
    });

  it('of a doc comment are those of the lines around it', async () => {
    const document = TextDocument.create('file:///x', 'javascript', 1, 'a();\n\r\nfunction f() {\r\n}\n');
    const edit = new ScriptedEdit(() => ' Does it.\n */');
    const start = { line: 2, character: 0 };
    const { range, newText } = await edit.run(document, { intent: 'document', range: { start, end: start } });
    assert.equal(
      TextDocument.applyEdits(document, [{ range, newText }]),
      'a();\n\r\n/**\r\n * Does it.\r\n */\r\nfunction f() {\r\n}\n',
    );
  });
});
