import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GateState } from '../../src/extension/completion/completionGate.js';
import { WhyCommand } from '../../src/extension/completion/whyCommand.js';
import { whyOutcome } from '../../src/extension/completion/whyText.js';
import { CompletionWhyRequest, type CompletionOutcome } from '../../src/protocol/completion.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { ghostTextShows, shownGhostText } from './support/shownGhostText.js';
import { until } from './support/until.js';
import { click, hasPage, press, readText, readTexts, settled, type } from './support/workbench.js';

const MESSAGE = '.notification-list-item:has-text("confident")';

/** An outcome of each kind, and its message. */
const OUTCOMES: {
  readonly [Kind in CompletionOutcome['kind']]: [CompletionOutcome & { kind: Kind }, RegExp];
} = {
  shown: [{ kind: 'shown', source: 'decoded', isPartial: false }, /Ghost text is available/],
  notTriggered: [{ kind: 'notTriggered', gate: 'midWord' }, /only when you trigger it/],
  dropped: [{ kind: 'dropped', rule: 'dropTooShort' }, /dropped by the rule dropTooShort/],
  emptyAnswer: [{ kind: 'emptyAnswer' }, /nothing to add/],
  lowConfidence: [{ kind: 'lowConfidence' }, /wasn’t confident enough/],
  cancelled: [{ kind: 'cancelled', reason: 'textChanged' }, /You typed/],
  tooLate: [{ kind: 'tooLate', reason: 'client', waitedMs: 812.4 }, /after 812 ms/],
  noModel: [{ kind: 'noModel', role: 'completion' }, /no model for completion/],
  failed: [{ kind: 'failed' }, /See the log for the cause/],
};

describe('why nothing was shown', function () {
  this.timeout(60_000);
  let state: GateState;
  let isSuggestionSelected: boolean;
  let outcome: CompletionOutcome | null;
  let engine: ScriptedEngine;
  let command: WhyCommand;

  beforeEach(() => {
    state = 'open';
    isSuggestionSelected = false;
    outcome = { kind: 'lowConfidence' };
    engine = new ScriptedEngine(() => null);
    engine.respond(CompletionWhyRequest, () =>
      outcome === null ? null : { outcome, times: { totalMs: 1 }, isRecorded: true },
    );
    command = new WhyCommand(
      engine,
      { stateOf: () => state },
      {
        get isSuggestionSelected() {
          return isSuggestionSelected;
        },
      },
    );
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const [kind, [each, sentence]] of Object.entries(OUTCOMES))
    it(`is explained for the outcome ${kind}`, () => assert.match(whyOutcome(each).message, sentence));

  it('is the outcome of the engine’s request at the cursor, with what to do', async () => {
    const editor = await openText('python', 'x = 1\ny = <cursor>');
    const { message, actions } = await command.reason();
    assert.match(message, /wasn’t confident enough/);
    assert.ok(actions.some((action) => action.command === 'youtu.model.select'));
    assert.deepEqual(
      engine.requests.map(({ params }) => [params.textDocument.uri, params.position]),
      [[editor.document.uri.toString(), { line: 1, character: 4 }]],
    );
  });

  it('is the extension’s own gate, without a request to the engine', async () => {
    await openText('python', 'x = 1\n');
    const cases: [GateState, RegExp, string | undefined][] = [
      ['off', /is off|is on/, 'youtu.completion.toggle'],
      ['excluded', /matches youtu\.completion\.exclude/, 'workbench.action.openSettings'],
      ['secretFile', /usually hold secrets/, 'workbench.action.openSettings'],
      ['untrusted', /trust/, 'workbench.trust.manage'],
      ['tooLarge', /too large/, undefined],
      ['notCode', /isn’t a file/, undefined],
    ];
    for (const [each, sentence, action] of cases) {
      state = each;
      const { message, actions } = await command.reason();
      assert.match(message, sentence);
      assert.equal(actions[0]?.command, action, each);
    }
    assert.equal(engine.requests.length, 0);
  });

  it('is the suggestion list where an item is selected', async () => {
    await openText('python', 'x = 1\n');
    isSuggestionSelected = true;
    assert.match((await command.reason()).message, /suggestion list/);
  });

  it('is the number of cursors when there are several', async () => {
    const editor = await openText('python', 'x = 1\ny = 2\n');
    editor.selections = [new vscode.Selection(0, 0, 0, 0), new vscode.Selection(1, 0, 1, 0)];
    await until('there are two cursors', () => editor.selections.length === 2);
    assert.match((await command.reason()).message, /several cursors/);
  });

  it('is VS Code’s setting when inline suggestions are off', async () => {
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('inlineSuggest.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      await openText('python', 'x = 1\n');
      assert.match((await command.reason()).message, /editor\.inlineSuggest\.enabled/);
    } finally {
      await settings.update('inlineSuggest.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is that no editor is open when there is none', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.match((await command.reason()).message, /Open a file/);
  });

  if (hasPage)
    it('is shown in a message with buttons', async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      await openText('python', 'def square(x):\n    return <cursor>\n');
      void command.run();
      await vscode.commands.executeCommand('notifications.showList');
      assert.match(await readText(MESSAGE), /wasn’t confident enough/);
      const buttons = await readTexts(`${MESSAGE} .monaco-text-button`);
      assert.deepEqual(
        buttons.map((button) => button.trim()),
        ['Trigger Ghost Text', 'Choose Model'],
      );
      await takeScreenshots('why');
      await vscode.commands.executeCommand('notifications.clearAll');
    });
});

if (hasPage)
  describe('“Why Was Nothing Shown Here?”, answered by the engine’s process', function () {
    this.timeout(120_000);
    afterEach(async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('says that the model had nothing to add, after a request that showed nothing', async () => {
      const { document } = await openText('python', 'x = 1\n<cursor>');
      await type('y');
      await until('the key arrives', () => document.lineAt(1).text === 'y');
      await settled();
      assert.equal(await shownGhostText(), '');
      assert.match(await askWhy(), /The model had nothing to add here/);
    });

    it('offers ghost text that was hidden, and its button shows it again', async () => {
      await openText('python', 'import json\n\nwith open(path) as f:\n    data = <cursor>\n');
      await type('json.lo', 60);
      await ghostTextShows('ad(f)');
      await press('Escape');
      await until('the ghost text is hidden', async () => (await shownGhostText()) === '');
      assert.match(await askWhy(), /Ghost text is available here/);
      await click('.notification-list-item .monaco-text-button:has-text("Trigger")');
      await ghostTextShows('ad(f)');
    });

    it('says which gate kept ghost text away', async () => {
      const { document } = await openText('python', 'def square(x):\n    return s<cursor>are(3)\n');
      await type('qu', 60);
      await until('the keys arrive', () => document.lineAt(1).text === '    return square(3)');
      assert.equal(await shownGhostText(), '');
      assert.match(await askWhy(), /Inside a word, ghost text appears only when you trigger it/);
    });
  });

/** Runs the command as the palette does. @returns the message that says why, not the progress before it */
async function askWhy(): Promise<string> {
  await vscode.commands.executeCommand('notifications.clearAll');
  // The command ends when one of the message's buttons is clicked or the message is closed.
  void vscode.commands.executeCommand('youtu.completion.why');
  await vscode.commands.executeCommand('notifications.showList');
  return readText('.notification-list-item-message:not(:has-text("Looking for the reason"))');
}
