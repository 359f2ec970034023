import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { firstRun } from '../../src/extension/models/firstRun.js';
import { ModelPresence } from '../../src/extension/models/modelPresence.js';
import { offerFirstUse, openSample } from '../../src/extension/models/tryModel.js';
import { ModelListRequest, type ModelEntry } from '../../src/protocol/model.js';
import { SpeedProbeRequest } from '../../src/protocol/modelFit.js';
import { notificationShows, pressInNotification } from './support/notifications.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { hasPage, readTexts } from './support/workbench.js';
import { useNoModel, useScriptedCoder } from './support/youtu.js';

const STARTER: ModelEntry = {
  id: 'qwen2.5-coder-0.5b',
  name: 'Qwen2.5-Coder 0.5B Instruct (4-bit)',
  roles: ['completion', 'chat'],
  sizeBytes: 491_400_064,
  memoryBytes: 1_100_000_000,
  hasKnownHash: true,
  licence: { name: 'Apache-2.0', url: 'https://example.com/licence', mustAccept: false },
  isInstalled: false,
  partialBytes: 0,
  isStarter: true,
};
const LARGE: ModelEntry = {
  ...STARTER,
  id: 'qwen2.5-coder-1.5b',
  name: 'Qwen2.5-Coder 1.5B Instruct (4-bit)',
  sizeBytes: 1_117_320_768,
  isStarter: false,
  recommendedFor: ['completion'],
  fit: { place: 'gpu', memoryBytes: 2.7e9, speed: { prefill: 4000, decode: 81.4, isMeasured: false } },
};

/** A memento of its own for each test. */
function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key) as never,
    update: (key, value) => Promise.resolve(void values.set(key, value)),
  };
}

describe('the first minute', function () {
  this.timeout(120_000);
  let engine: ScriptedEngine;
  let presence: ModelPresence;

  before(() => useNoModel());
  after(() => useScriptedCoder());
  beforeEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    engine = new ScriptedEngine(() => null);
    engine.respondTo(SpeedProbeRequest, () => null);
    engine.respondTo(ModelListRequest, () => [STARTER, LARGE]);
    presence = new ModelPresence(engine, { debug: () => undefined });
  });
  afterEach(async () => {
    presence.dispose();
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('offers the model that suits the machine, once, with its size, licence and speed', async () => {
    const memory = memento();
    const running = firstRun(engine, presence, memory);
    if (hasPage) {
      await notificationShows(
        /For this machine Qwen2\.5-Coder 1\.5B.* suits best \(1\.1 GB, Apache-2\.0, about 81 tokens\/s\)/,
      );
      await until('the walkthrough is open', async () =>
        (await readTexts('.gettingStartedContainer h2, .gettingStartedContainer .category-title')).some(
          (text) => text.includes('Youtu Code'),
        ),
      );
      await takeScreenshots('first-run');
    }
    await until('the machine was measured', () => engine.queries.includes(SpeedProbeRequest.method));
    await vscode.commands.executeCommand('notifications.clearAll');
    await running;
    const asked = engine.queries.length;
    await firstRun(engine, presence, memory);
    assert.ok(engine.queries.length <= asked + 1, 'a refusal is an answer');
  });

  it('offers the starter where the machine can’t be measured', async () => {
    engine.respondTo(SpeedProbeRequest, () => Promise.reject(new Error('no llama.cpp')));
    engine.respondTo(ModelListRequest, () => [STARTER]);
    const running = firstRun(engine, presence, memento());
    await notificationShows(/Qwen2\.5-Coder 0\.5B.* \(491 MB, Apache-2\.0\)/);
    await until('the list was asked for', () => engine.queries.includes(ModelListRequest.method));
    await vscode.commands.executeCommand('notifications.clearAll');
    await running;
  });

  it('says nothing where a model is there', async () => {
    engine.respondTo(ModelListRequest, () => [{ ...STARTER, isInstalled: true, path: '/m.gguf' }]);
    const memory = memento();
    await firstRun(engine, presence, memory);
    assert.equal(presence.hasModel, true);
    assert.deepEqual(engine.queries, [ModelListRequest.method]);
    assert.deepEqual(memory.keys(), []);
  });

  it('opens a sample with the cursor at the end of an unfinished line', async () => {
    await openSample();
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.languageId, 'python');
    const { text } = editor.document.lineAt(editor.selection.active.line);
    assert.equal(text, '    for word in text');
    assert.equal(editor.selection.active.character, text.length);
  });

  it('says with a new model what keeps ghost text from being seen, and changes it on request', async () => {
    const editor = vscode.workspace.getConfiguration('editor');
    await editor.update('inlineSuggest.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      const offer = offerFirstUse('A model');
      if (hasPage) {
        await notificationShows(/A model is ready\. VS Code doesn’t show ghost text because/);
        await takeScreenshots('ghost-text-off');
        await pressInNotification('Turn On');
        await offer;
        assert.equal(vscode.workspace.getConfiguration('editor').get('inlineSuggest.enabled'), true);
      }
    } finally {
      await editor.update('inlineSuggest.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
