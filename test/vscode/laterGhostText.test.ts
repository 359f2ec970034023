import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ExtendedNotification, type CompletionParams } from '../../src/protocol/completion.js';
import type { CompletionGate } from '../../src/extension/completion/completionGate.js';
import { GhostText } from '../../src/extension/completion/ghostText.js';
import { openText } from './support/openText.js';
import { ghost, ScriptedEngine } from './support/scriptedEngine.js';
import { ghostTextShows, shownGhostText } from './support/shownGhostText.js';
import { until } from './support/until.js';
import { hasPage, press, settled, type } from './support/workbench.js';

const LANGUAGE = 'plaintext';
const OPEN = { stateOf: () => 'open' } as unknown as CompletionGate;
/** The extension that owns what these tests register; none where the extension under test is installed. */
const OWNER = process.env['YOUTU_PACKED'] ? 'nullExtensionDescription' : 'youtu-code.youtu-code';
const INVOKED = 1;
const AUTOMATIC = 2;

// What VS Code shows can only be read from the page.
if (hasPage)
  describe('ghost text that arrives later', function () {
    this.timeout(60_000);
    const log = vscode.window.createOutputChannel('Scripted', { log: true });
    let feature: GhostText | undefined;

    // The extension's own ghost text is off, also on explicit requests: only the script's is shown.
    before(() => setExcluded(['**']));
    after(async () => {
      await setExcluded(undefined);
      log.dispose();
    });
    afterEach(async () => {
      feature?.dispose();
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('replaces its first part repeatedly, without disappearing', async () => {
      const lengths = ['one', 'one two', 'one two three'];
      const engine = use((params, count) => [ghost(params, lengths[count - 1] ?? '')]);
      await openText(LANGUAGE, '');
      await type('a');
      await ghostTextShows('one');
      for (const text of lengths.slice(1)) {
        grow(engine);
        await until(text, async () => {
          const shown = await shownGhostText();
          assert.match(shown, /^one/);
          return shown === text;
        });
      }
      assert.deepEqual(kinds(engine), [AUTOMATIC, AUTOMATIC, AUTOMATIC]);
    });

    it('is shown where nothing was shown before', async () => {
      const engine = use((params, count) => (count === 1 ? null : [ghost(params, 'at last')]));
      await openText(LANGUAGE, '');
      await type('a');
      await until('it was requested', () => engine.requests.length === 1);
      await settled();
      grow(engine);
      await ghostTextShows('at last');
      assert.deepEqual(kinds(engine), [AUTOMATIC, AUTOMATIC]);
    });

    it('is not shown after Esc', async () => {
      const engine = use((params) => [ghost(params, 'part')]);
      await openText(LANGUAGE, '');
      await type('a');
      await ghostTextShows('part');
      await press('Escape');
      await until('it is gone', async () => (await shownGhostText()) === '');
      grow(engine);
      await settled();
      assert.equal(await shownGhostText(), '');
      assert.equal(engine.requests.length, 1);
    });

    it('is not shown after more typing', async () => {
      const engine = use((params, count) => (count === 1 ? [ghost(params, 'part')] : null));
      await openText(LANGUAGE, '');
      await type('a');
      await ghostTextShows('part');
      const [{ params } = { params: undefined }] = engine.requests;
      await type('b');
      await until('it was requested for the next key', () => engine.requests.length === 2);
      assert.ok(params);
      engine.send(ExtendedNotification, params);
      await settled();
      assert.equal(engine.requests.length, 2);
    });

    it('is shown after VS Code has stopped waiting, and requested only once', async () => {
      const engine = use(async (params) => {
        await new Promise((resolve) => setTimeout(resolve, 2000));
        return [ghost(params, 'late')];
      });
      await openText(LANGUAGE, '');
      await type('a');
      await ghostTextShows('late');
      assert.equal(engine.requests.length, 1);
      assert.equal(engine.requests[0]?.isCancelled, false);
    });

    it('is requested with each key, and cancelled with the next one', async () => {
      const engine = use(() => new Promise(() => undefined));
      await openText(LANGUAGE, '');
      await type('abc', 150);
      await until('all keys were requested', () => engine.requests.length === 3);
      assert.deepEqual(
        engine.requests.map(({ isCancelled }) => isCancelled),
        [true, true, false],
      );
    });

    it('is not requested where inline suggestions are disabled', async () => {
      const engine = use((params) => [ghost(params, 'unwanted')]);
      const settings = vscode.workspace.getConfiguration('editor');
      await settings.update('inlineSuggest.enabled', false, vscode.ConfigurationTarget.Global);
      try {
        await openText(LANGUAGE, '');
        await type('abc', 100);
        await settled();
        assert.equal(engine.requests.length, 0);
      } finally {
        await settings.update('inlineSuggest.enabled', undefined, vscode.ConfigurationTarget.Global);
      }
    });

    it('has several variants for an explicit request', async () => {
      const engine = use((params) => ['first', 'second'].map((text) => ghost(params, text)));
      await openText(LANGUAGE, 'a');
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await ghostTextShows('first');
      await vscode.commands.executeCommand('editor.action.inlineSuggest.showNext');
      await ghostTextShows('second');
      assert.deepEqual([...new Set(kinds(engine))], [INVOKED]);
    });

    it('is requested with the editor’s indentation', async () => {
      const engine = use(() => null);
      const editor = await openText(LANGUAGE, '');
      editor.options = { tabSize: 3, indentSize: 3, insertSpaces: true };
      await until('the editor has the indentation', () => editor.options.indentSize === 3);
      await type('a');
      await until('it was requested', () => engine.requests.length === 1);
      assert.deepEqual(engine.requests[0]?.params.indent, { useTabs: false, size: 3 });
    });

    function use(answer: ConstructorParameters<typeof ScriptedEngine>[0]): ScriptedEngine {
      const engine = new ScriptedEngine(answer);
      feature = new GhostText(engine, OPEN, log, OWNER);
      return engine;
    }
  });

/** Extends the engine's last answer. */
function grow(engine: ScriptedEngine): void {
  const params = engine.requests.at(-1)?.params;
  assert.ok(params);
  engine.send(ExtendedNotification, { textDocument: params.textDocument, position: params.position });
}

function kinds(engine: ScriptedEngine): readonly CompletionParams['context']['triggerKind'][] {
  return engine.requests.map(({ params }) => params.context.triggerKind);
}

async function setExcluded(globs: readonly string[] | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('youtu')
    .update('completion.exclude', globs, vscode.ConfigurationTarget.Global);
}
