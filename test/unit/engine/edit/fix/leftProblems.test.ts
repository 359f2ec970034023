import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Checkers } from '../../../../../src/engine/checkers/checkers.js';
import { BUNDLED_SERVICES } from '../../../../../src/engine/checkers/services/bundledServices.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { ScriptedEdit } from '../support/scriptedEdit.js';

describe('a fix of one of several problems of a line', () => {
  it('tells which of several problems are still there', async () => {
    const broken = '{\n  "name": "demo"\n  "files": ["a",]\n}\n';
    const document = TextDocument.create('file:///x', 'json', 1, broken);
    const range = { start: { line: 2, character: 2 }, end: { line: 2, character: 3 } };
    const diagnostics = ['Expected comma', 'Trailing comma'].map(
      (message) => ({ range, message, severity: 1 }) as const,
    );
    const edit = new ScriptedEdit(() => broken, undefined, new SyntaxTrees(), new Checkers(BUNDLED_SERVICES));
    const result = await edit.run(document, { range, diagnostics });
    const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
    assert.equal(text, broken.replace('"demo"', '"demo",'));
    assert.deepEqual(result.verdict, { kind: 'verified', by: ['json'], left: ['Trailing comma'] });
  });
});
