import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPreview, undoOnce } from './support/edits.js';
import { closeEdits } from './support/instruct.js';
import { notificationShows } from './support/notifications.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';

const CODE =
  'def one():\n    return 1\n\n\ndef two():\n    """Has one."""\n    return 2\n\n\ndef three():\n    return 3\n';
const DOC = '    """Does what its name says."""\n';

describe('Document All in File', function () {
  this.timeout(180_000);
  afterEach(closeEdits);

  it('documents what has no comment as one change, with one undo', async () => {
    const { document } = await openText('python', CODE);
    await vscode.commands.executeCommand('youtu.documentAll');
    const preview = await until('the preview is open', openPreview);
    const expected = CODE.replace('def one():\n', `def one():\n${DOC}`).replace(
      'def three():\n',
      `def three():\n${DOC}`,
    );
    const shown = await vscode.workspace.openTextDocument(preview);
    await until('all comments are shown', () => shown.getText() === expected);
    assert.equal(document.getText(), CODE);
    await notificationShows('Documented: 2. The code is unchanged.');
    await takeScreenshots('document-all');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), expected);
    await undoOnce(document);
    assert.equal(document.getText(), CODE);
  });

  it('says when there is nothing to document', async () => {
    await openText('python', 'value = 1\n');
    await vscode.commands.executeCommand('youtu.documentAll');
    await notificationShows('Nothing to document');
  });

  it('is a source action, only when the user asks for those', async () => {
    const { document } = await openText('python', CODE);
    const titles = async (kind?: string): Promise<string[]> => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(0, 0, 0, 0),
        kind,
      );
      return actions.map(({ title }) => title);
    };
    assert.ok((await titles('source')).includes('Document all symbols with Youtu Code'));
    assert.ok(!(await titles()).includes('Document all symbols with Youtu Code'));
  });
});
