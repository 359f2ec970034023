import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPreview } from './support/edits.js';
import { AREA, closeEdits, cursorLine, edit, preview, ROUNDED } from './support/instruct.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { click, hasPage, hover, press, readTexts, settled, type } from './support/workbench.js';

// On the desktop no page has keys and lists.
if (hasPage)
  describe('an edit by instruction from the keyboard', function () {
    this.timeout(180_000);
    afterEach(closeEdits);

    it('is asked for by a key, with the earlier sentences, which can be removed', async () => {
      await openText('typescript', AREA.replace('full =', 'fu<cursor>ll ='));
      await press('Control+K');
      await press('Control+Y');
      await until('the sentence is asked for', async () => (await titleOfInput()).includes('Edit the code'));
      await type('make it rounded');
      await until('the sentence is listed', async () =>
        (await entries()).some((text) => text.includes('make it rounded')),
      );
      await press('Enter');
      const shown = await preview((text) => text === ROUNDED);
      await until('the cursor is at the first change', () => cursorLine(shown) === 1);
      await until('its keys work', async () => (await readTexts('a[aria-label^="Apply the Change"]')).length);
      await settled();
      await press('Alt+X');
      const cursor = await preview((text) => text !== ROUNDED);
      assert.equal(cursor.getText(), AREA.replace('return full;', 'return Math.round(full);'));
      await press('Control+K');
      await press('Control+Y');
      await until('a refinement is asked for', async () => (await titleOfInput()).includes('Refine'));
      await until('the earlier sentence is listed', async () =>
        (await entries()).some((text) => text.includes('make it rounded')),
      );
      await takeScreenshots('edit-instruction');
      await hover('.quick-input-list .monaco-list-row');
      await click('.quick-input-list .monaco-list-row .action-label');
      await until('it is removed', async () =>
        (await entries()).every((text) => !text.includes('make it rounded')),
      );
      await press('Escape');
      await press('Shift+Alt+X');
      await until('the preview is closed', () => openPreview() === undefined);
    });

    it('is not asked for by the key in a read-only editor', async () => {
      await vscode.commands.executeCommand('youtu.engine.showLog');
      await vscode.commands.executeCommand('workbench.panel.output.focus');
      await settled();
      await press('Control+K');
      await press('Control+Y');
      await settled();
      assert.deepEqual(await readTexts('.quick-input-widget .quick-input-title'), []);
      await vscode.commands.executeCommand('workbench.action.closePanel');
    });

    it('says at each change how to take it or leave it', async () => {
      await openText('typescript', AREA);
      await edit('make it rounded', 2);
      const shown = await preview((text) => text === ROUNDED);
      await until('the cursor is at the first change', () => cursorLine(shown) === 1);
      await vscode.commands.executeCommand('editor.action.showHover');
      await until('the hover has the actions', async () =>
        (await readTexts('.monaco-hover')).some(
          (text) => text.includes('Apply Only This Change') && text.includes('Leave This Change Out'),
        ),
      );
      await takeScreenshots('edit-hunks');
    });
  });

async function titleOfInput(): Promise<string> {
  return (await readTexts('.quick-input-widget .quick-input-title')).join();
}

function entries(): Promise<readonly string[]> {
  return readTexts('.quick-input-list .monaco-list-row');
}
