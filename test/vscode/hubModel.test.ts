import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EngineFailure } from '../../src/extension/engine/engineClient.js';
import { Downloads } from '../../src/extension/models/downloads.js';
import { downloadHubModel, isHubName, type HubDeps } from '../../src/extension/models/hubModel.js';
import {
  ModelDownloadRequest,
  ModelResolveRequest,
  type ModelDownloadParams,
  type ModelResolveParams,
  type ModelResolveResult,
} from '../../src/protocol/model.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { hasPage, press, readTexts } from './support/workbench.js';

const NAME = 'hf:maker/coder-GGUF';
const choice = (quant: string, sizeBytes: number): ModelResolveResult['choices'][number] => ({
  name: `${NAME}/coder-${quant}.gguf`,
  files: [{ path: `coder-${quant}.gguf`, sizeBytes }],
  quant,
  sizeBytes,
  isInstalled: false,
});
const FOUND: ModelResolveResult = {
  repository: 'maker/coder-GGUF',
  revision: 'a1b2c3',
  pageUrl: 'https://hub.example/maker/coder-GGUF',
  licence: { name: 'apache-2.0', url: 'https://hub.example/l', mustAccept: false, isGated: false },
  choices: [choice('Q8_0', 2e9), choice('Q4_K_M', 1e9)],
  chosen: 1,
};

describe('a model from a hub', function () {
  this.timeout(60_000);
  let engine: ScriptedEngine;
  let downloads: Downloads;
  let deps: HubDeps;
  let asked: ModelResolveParams[];
  let fetched: ModelDownloadParams[];
  const kept = new Map<string, string>();

  beforeEach(() => {
    asked = [];
    fetched = [];
    kept.clear();
    engine = new ScriptedEngine(() => null);
    engine.respond(ModelResolveRequest, (params) => {
      asked.push(params);
      return FOUND;
    });
    engine.respond(ModelDownloadRequest, (params) => {
      fetched.push(params);
      return { path: '/models/x.gguf', sizeBytes: 1e9, source: 'huggingface' };
    });
    downloads = new Downloads(engine);
    deps = {
      engine,
      downloads,
      secrets: {
        get: (key: string) => Promise.resolve(kept.get(key)),
        store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
        delete: (key: string) => Promise.resolve(void kept.delete(key)),
        onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
      },
    };
  });
  afterEach(async () => {
    downloads.dispose();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is told by its name', () => {
    for (const name of ['hf:a/b', 'HF:a/b:Q4_0', 'ms:a/b', 'modelscope:a/b', 'https://huggingface.co/a/b'])
      assert.ok(isHubName(name), name);
    for (const name of ['qwen2.5-coder-0.5b', '/models/a.gguf', 'C:\\models\\a.gguf', 'recommended'])
      assert.ok(!isHubName(name), name);
  });

  it('shows the files, the one that the name means first, and fetches what is chosen', async () => {
    if (!hasPage) return;
    const done = downloadHubModel(deps, NAME);
    const lines = await until('the files are shown', async () => {
      const texts = await readTexts('.quick-input-widget .quick-input-list-entry');
      return texts.length === 2 ? texts : undefined;
    });
    assert.match(lines[0] ?? '', /Q4_K_M.*1\.0 GB/);
    await takeScreenshots('hub-files');
    await press('Enter');
    assert.equal(await done, `${NAME}/coder-Q4_K_M.gguf`);
    assert.deepEqual(
      fetched.map(({ id }) => id),
      [`${NAME}/coder-Q4_K_M.gguf`],
    );
  });

  it('sends the kept token to the engine, with the question and with the download', async () => {
    kept.set('youtu.hubToken', 'secret');
    const [only] = FOUND.choices;
    assert.ok(only);
    engine.respond(ModelResolveRequest, (params) => {
      asked.push(params);
      return { ...FOUND, choices: [only], chosen: 0 };
    });
    await downloadHubModel(deps, NAME);
    assert.deepEqual(asked, [{ name: NAME, hubToken: 'secret' }]);
    assert.equal(fetched[0]?.hubToken, 'secret');
  });

  it('fetches nothing that is there already', async () => {
    engine.respond(ModelResolveRequest, () => ({
      ...FOUND,
      choices: [{ ...choice('Q4_0', 1e9), isInstalled: true }],
      chosen: 0,
    }));
    assert.equal(await downloadHubModel(deps, NAME), `${NAME}/coder-Q4_0.gguf`);
    assert.deepEqual(fetched, []);
  });

  it('fails with what the hub says', async () => {
    const data = { kind: 'hubNotFound', what: 'repository', name: NAME, near: [] } as const;
    engine.respond(ModelResolveRequest, () => Promise.reject(new EngineFailure(data)));
    await assert.rejects(
      downloadHubModel(deps, NAME),
      (error: unknown) => error instanceof EngineFailure && error.data.kind === 'hubNotFound',
    );
  });
});
