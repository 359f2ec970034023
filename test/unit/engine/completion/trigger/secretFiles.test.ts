import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ScriptedEditor } from '../support/scriptedEditor.js';
import { writes } from '../support/writes.js';

describe('a completion in a file that usually holds secrets', () => {
  const inSecretFile = (): ScriptedEditor => {
    const editor = new ScriptedEditor('const a = ▮', { answer: writes('const a = foo(bar);') });
    editor.document = TextDocument.create('file:///project/.env', 'typescript', 1, 'const a = ');
    return editor;
  };

  it('is not made', async () => {
    const { completions, outcome } = await inSecretFile().answer();
    assert.deepEqual(completions, []);
    assert.deepEqual(outcome, { kind: 'notTriggered', gate: 'secretFile' });
  });

  it('is made where the request allows it', async () => {
    assert.equal(await inSecretFile().ask({ allowSecretFile: true }), 'foo(bar);');
  });
});
