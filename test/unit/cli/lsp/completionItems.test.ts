import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completionItem } from '../../../../src/cli/lsp/completionItems.js';

/** @param replaces number of characters before the cursor that the ghost text replaces */
function itemFor(marked: string, insertText: string, replaces = 0): { item: CompletionItem; text: string } {
  const offset = marked.indexOf('▮');
  const document = TextDocument.create('file:///a', 'python', 1, marked.replace('▮', ''));
  const position = document.positionAt(offset);
  const range = { start: document.positionAt(offset - replaces), end: position };
  const item = completionItem(document, position, { insertText, range });
  const { textEdit } = item;
  assert.ok(textEdit !== undefined && 'range' in textEdit);
  assert.equal(textEdit.range.start.line, textEdit.range.end.line);
  return { item, text: TextDocument.applyEdits(document, [textEdit]) };
}

describe('ghost text as a completion item', () => {
  it('begins with the word before the cursor, and results in the same text as ghost text', () => {
    const { item, text } = itemFor('x = compute_su▮\n', 'm(values)');
    assert.equal(text, 'x = compute_sum(values)\n');
    assert.equal(item.label, 'compute_sum(values)');
    assert.equal(item.filterText, 'compute_su');
  });

  it('has the first line as its label, and the rest as documentation', () => {
    const { item, text } = itemFor('for x in xs:▮\n', '\n    print(x)\n    count += 1');
    assert.equal(text, 'for x in xs:\n    print(x)\n    count += 1\n');
    assert.equal(item.label, 'print(x)…');
    assert.equal(item.documentation, '\n    print(x)\n    count += 1');
    assert.equal(item.filterText, '');
  });

  it('shortens a long line', () => {
    assert.ok(itemFor('▮', 'value + '.repeat(20)).item.label.length <= 60);
  });

  it('replaces the indentation that ghost text replaces', () => {
    const { text } = itemFor('if a:\n        ▮\n', '    return b', 8);
    assert.equal(text, 'if a:\n    return b\n');
  });
});
