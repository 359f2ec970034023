import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EditReview } from '../../src/extension/edit/editReview.js';
import { InstructEdit } from '../../src/extension/edit/instruct/instructEdit.js';
import { InstructionInput } from '../../src/extension/edit/instruct/instructionInput.js';
import { EditProgressType, EditRequest, type EditResult } from '../../src/protocol/edit.js';
import { AREA, closeEdits, edit, preview, ROUNDED } from './support/instruct.js';
import { notificationShows, pressInNotification } from './support/notifications.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { until } from './support/until.js';
import { hasPage } from './support/workbench.js';

describe('the outcome of an edit by instruction', function () {
  this.timeout(180_000);
  const diagnostics = vscode.languages.createDiagnosticCollection('youtu-test');
  afterEach(async () => {
    diagnostics.clear();
    await closeEdits();
  });
  after(() => diagnostics.dispose());

  it('is a new problem in the document: it is told, and undone when the user wants it', async () => {
    const { document } = await openText('typescript', AREA);
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && document.getText() === ROUNDED)
        diagnostics.set(document.uri, [
          new vscode.Diagnostic(new vscode.Range(1, 8, 1, 12), 'side is never used'),
        ]);
    });
    try {
      await edit('make it rounded', 2);
      await preview((text) => text === ROUNDED);
      await vscode.commands.executeCommand('youtu.edit.accept');
      assert.equal(document.getText(), ROUNDED);
      await notificationShows('New problem after the edit: side is never used');
      await takeScreenshots('edit-new-problem');
      if (!hasPage) return;
      await pressInNotification('Undo');
      await until('it is undone', () => document.getText() === AREA);
    } finally {
      listener.dispose();
    }
  });

  it('has a warning for what is missing and for new problems, which are in the hover, too', async () => {
    const log = vscode.window.createOutputChannel('Youtu Code edits', { log: true });
    const review = new EditReview(log);
    const { document } = await openText('typescript', AREA);
    const newText = 'export const side = widht;';
    const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 1 } };
    const engine = new ScriptedEngine(() => null);
    engine.respond(EditRequest, ({ progressToken }): EditResult => {
      engine.report(EditProgressType, progressToken, { kind: 'region', range });
      return {
        version: document.version,
        range,
        oldText: AREA.trimEnd(),
        newText,
        verdict: { kind: 'unverified', reason: 'notReproduced', by: ['tree-sitter', 'typescript'] },
        origin: 'model',
        completionTokens: 1,
        tokensPerSecond: 1,
        gone: ['area'],
        newProblems: [
          { line: 0, column: 20, message: "Cannot find name 'widht'.", severity: 'error', by: 'typescript' },
        ],
      };
    });
    try {
      const editor = new InstructEdit(engine, review, log, new InstructionInput(memory()));
      await editor.edit({ instruction: 'make it shorter' });
      const shown = await preview((text) => text.startsWith(newText));
      await notificationShows(
        'Missing in the new version, although you didn’t ask for that: area. New problems (1): line 1: Cannot find name',
      );
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        shown.uri,
        new vscode.Position(0, 22),
      );
      const texts = hovers.flatMap(({ contents }) =>
        contents.flatMap((each) => (each instanceof vscode.MarkdownString ? [each.value] : [])),
      );
      const plain = texts.map((text) => text.replaceAll('&nbsp;', ' ').replaceAll('\\', ''));
      assert.ok(plain.includes("New problem (typescript): Cannot find name 'widht'."), plain.join('\n'));
      await takeScreenshots('edit-warning');
      assert.equal(document.getText(), AREA);
    } finally {
      await review.reject();
      review.dispose();
      log.dispose();
    }
  });
});

/** A store that is empty. */
function memory(): vscode.Memento {
  return { keys: () => [], get: () => undefined, update: () => Promise.resolve() };
}
