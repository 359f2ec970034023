import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GateState } from '../../src/extension/completion/completionGate.js';
import { WhyCommand } from '../../src/extension/completion/whyCommand.js';
import { whyOutcome } from '../../src/extension/completion/whyText.js';
import { CompletionWhyRequest, type CompletionOutcome } from '../../src/protocol/completion.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { until } from './support/until.js';
import { hasPage, readText, readTexts } from './support/workbench.js';

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
