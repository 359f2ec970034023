import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EngineState } from '../../src/extension/engine/engineClient.js';
import { DeviceNotice } from '../../src/extension/status/deviceNotice.js';
import { deviceProblemText } from '../../src/extension/status/deviceProblemText.js';
import type { DeviceProblem } from '../../src/protocol/status.js';
import { notificationShows } from './support/notifications.js';
import { ScriptedEngine } from './support/scriptedEngine.js';

const CRASHED: DeviceProblem = {
  device: 'vulkan',
  name: 'Radeon 9',
  reason: 'crashed',
  detail: 'SIGSEGV',
  used: 'cpu',
};

describe('what is said of a GPU', function () {
  this.timeout(60_000);
  afterEach(() => vscode.commands.executeCommand('notifications.clearAll'));

  function ready(problems: readonly DeviceProblem[]): EngineState {
    const device = {
      kind: 'cpu',
      offloadedLayers: 0,
      totalLayers: 24,
      build: 'linux-x64',
      problems,
    } as const;
    const model = {
      id: 'm',
      path: '/m.gguf',
      architecture: 'qwen2',
      roles: ['chat'],
      sizeBytes: 1e9,
      contextTokens: 8192,
      hasInfill: true,
      device,
    } as const;
    return { kind: 'running', status: { kind: 'ready', models: [model] } };
  }

  it('is said once, also over later starts of VS Code', async () => {
    const values = new Map<string, unknown>();
    let updates = 0;
    const memory = {
      keys: () => [...values.keys()],
      get: (key: string) => values.get(key) as never,
      update: (key: string, value: unknown) => {
        updates++;
        return Promise.resolve(void values.set(key, value));
      },
    };
    const states = new vscode.EventEmitter<EngineState>();
    const engine = Object.assign(new ScriptedEngine(() => null), { onDidChangeState: states.event });
    const first = new DeviceNotice(engine, memory);
    states.fire(ready([CRASHED]));
    await notificationShows(/Radeon 9 \(Vulkan\) crashed when it was tried, so models run on the CPU/);
    first.dispose();
    await vscode.commands.executeCommand('notifications.clearAll');
    const later = new DeviceNotice(engine, memory);
    states.fire(ready([CRASHED]));
    states.fire(ready([{ ...CRASHED, reason: 'slower' }]));
    await notificationShows(/Radeon 9 \(Vulkan\) is slower than the CPU/);
    later.dispose();
    // Each message that is shown is remembered before.
    assert.equal(updates, 2);
  });

  for (const reason of ['crashed', 'hung', 'failed', 'slower', 'software', 'noMemory'] as const)
    for (const used of ['cpu', 'vulkan'] as const)
      it(`is a whole sentence: ${reason}, ${used} is used`, () => {
        const text = deviceProblemText({ ...CRASHED, reason, used });
        assert.match(text, /Radeon 9/);
        assert.match(text, /\.$/);
        assert.doesNotMatch(text, /\{\d\}|undefined/);
      });
});
