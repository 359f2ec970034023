import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import { completionParams } from '../../src/extension/completion/completionParams.js';
import { requestEdit } from '../../src/extension/edit/editRequest.js';
import type { CompletionParams } from '../../src/protocol/completion.js';
import type { EditParams } from '../../src/protocol/edit.js';
import { engineSettings } from '../../src/extension/settings.js';
import { openText } from './support/openText.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { until } from './support/until.js';

const { Global } = vscode.ConfigurationTarget;
const START = new vscode.Position(0, 0);

describe('the engine’s settings', () => {
  it('name VS Code’s own TypeScript library, which programs can use', () => {
    const { typescriptLibrary } = engineSettings('');
    const library: unknown = createRequire(typescriptLibrary)(typescriptLibrary);
    assert.ok(typeof library === 'object' && library !== null && 'createLanguageService' in library);
  });
});

describe('request parameters', function () {
  this.timeout(60_000);
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  for (const [what, indentOf] of [
    ['an edit', editIndent],
    ['a completion', (document) => Promise.resolve(completion(document).indent)],
  ] as [string, (document: vscode.TextDocument) => Promise<unknown>][])
    describe(`the indentation of ${what}`, () => {
      it('is that of the visible editor, by its indentSize', async () => {
        const editor = await openText('plaintext', 'a\n');
        editor.options = { tabSize: 8, indentSize: 2, insertSpaces: true };
        await until('the editor has the indentation', () => editor.options.indentSize === 2);
        assert.deepEqual(await indentOf(editor.document), { useTabs: false, size: 2 });
      });

      it('is a tab where the editor inserts tabs', async () => {
        const editor = await openText('plaintext', 'a\n');
        editor.options = { tabSize: 8, indentSize: 8, insertSpaces: false };
        await until('the editor has the indentation', () => editor.options.insertSpaces === false);
        assert.deepEqual(await indentOf(editor.document), { useTabs: true, size: 8 });
      });

      it('follows the settings of the language where no editor shows the document', async () => {
        await withSettings('editor', 'plaintext', { indentSize: 3, insertSpaces: true }, async () => {
          const document = await vscode.workspace.openTextDocument({ language: 'plaintext' });
          assert.deepEqual(await indentOf(document), { useTabs: false, size: 3 });
        });
      });

      it('is the tab size where indentSize is “tabSize”', async () => {
        await withSettings('editor', 'plaintext', { indentSize: 'tabSize', tabSize: 5 }, async () => {
          const document = await vscode.workspace.openTextDocument({ language: 'plaintext' });
          assert.deepEqual(await indentOf(document), { useTabs: false, size: 5 });
        });
      });
    });

  it('contain the language’s maximum number of lines', async () => {
    await withSettings('youtu', 'plaintext', { 'completion.maxLines': 3 }, async () => {
      const plain = await vscode.workspace.openTextDocument({ language: 'plaintext' });
      const other = await vscode.workspace.openTextDocument({ language: 'python' });
      assert.deepEqual([completion(plain).maxLines, completion(other).maxLines], [3, 12]);
    });
  });

  it('say whether the user allows completions in a file of secrets', async () => {
    const named = (path: string): Thenable<vscode.TextDocument> =>
      vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path }));
    assert.equal(completion(await named('/project/.env')).allowSecretFile, true);
    assert.equal(completion(await named('/project/main.py')).allowSecretFile, undefined);
  });
});

function completion(document: vscode.TextDocument): CompletionParams {
  return completionParams(document, START, false, undefined);
}

async function editIndent(document: vscode.TextDocument): Promise<EditParams['indent'] | undefined> {
  const engine = new ScriptedEngine(() => null);
  const target = { document, range: new vscode.Range(START, START), isSelection: false, diagnostics: [] };
  const { token } = new vscode.CancellationTokenSource();
  await requestEdit(
    engine,
    { intent: 'fix', target, symbol: undefined, quickFixes: [] },
    token,
    () => undefined,
  );
  return (engine.requests[0]?.params as unknown as EditParams | undefined)?.indent;
}

async function withSettings(
  section: string,
  languageId: string,
  values: Readonly<Record<string, unknown>>,
  work: () => Promise<void>,
): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section, { languageId });
  for (const [name, value] of Object.entries(values)) await settings.update(name, value, Global, true);
  try {
    await work();
  } finally {
    for (const name of Object.keys(values)) await settings.update(name, undefined, Global, true);
  }
}
