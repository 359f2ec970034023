import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { changedLines } from '../../../../src/cli/lsp/editCommand.js';

describe('the changed lines of an edit', () => {
  const cases: readonly [name: string, before: string, after: string, lines: readonly [number, number]][] = [
    ['one line in the middle', 'a\nb\nc', 'a\nB\nc', [1, 1]],
    ['an added line', 'a\nb\nc', 'a\nb\nx\nc', [2, 2]],
    ['a removed line', 'a\nb\nc', 'a\nc', [1, 2]],
    ['a comment before the first line', 'def f():', '# doc\ndef f():', [0, 0]],
    ['all lines', 'a\nb', 'x\ny\nz', [0, 1]],
    ['equal lines above and below', 'a\na\na', 'a\na\na\na', [2, 2]],
    ['Windows’ line ends', 'a\r\nb\r\nc', 'a\r\nx\r\ny\r\nc', [1, 1]],
  ];
  for (const [name, oldText, newText, [first, last]] of cases) {
    it(`are found for ${name}`, () => {
      const lineEnd = oldText.includes('\r') ? '\r\n' : '\n';
      const text = `above${lineEnd}${oldText}${lineEnd}below`;
      const document = TextDocument.create('file:///a', 'plaintext', 1, text);
      const lines = oldText.split(lineEnd);
      const range = {
        start: { line: 1, character: 0 },
        end: { line: lines.length, character: lines.at(-1)?.length ?? 0 },
      };
      const edit = changedLines({ range, oldText, newText });
      assert.equal(TextDocument.applyEdits(document, [edit]), `above${lineEnd}${newText}${lineEnd}below`);
      assert.deepEqual([edit.range.start.line - 1, edit.range.end.line - 1], [first, last]);
    });
  }
});
