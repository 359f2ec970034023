// Memory of the engine's process after each step. Linux only.
//   node scripts/bench.mjs memory [--model ID|PATH] [--chat-model ID|PATH] [--chat-tokens N] [--threads N]
//       [--json]
// Runs on the CPU, with one model for everything unless --chat-model names another. `own`: caches, buffers and repacked
// weights; `mapped`: mapped files, mainly the model, which the system can drop and read again; `peak`: up to this step.
import { parseArgs } from 'node:util';
import { EditRequest } from '../src/protocol/edit.js';
import { SettingsNotification } from '../src/protocol/settings.js';
import { askEngine } from '../test/engine/support/chatClient.js';
import { EngineProcess } from '../test/engine/support/engineProcess.js';
import { textTable } from './stats/textTable.js';
import { buildEngine } from './machine/buildEngine.js';
import { modelPath } from './machine/modelPath.js';
import { describeMachine } from './machine/cpuTime.js';
import { processMemory, type ProcessMemory } from './memory/processMemory.js';
import { longText } from './overhead/longText.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    'chat-model': { type: 'string' },
    'chat-tokens': { type: 'string', default: '6000' },
    threads: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const FILES = 3;
const questionTokens = Number(values['chat-tokens']);

const machine = describeMachine();
const settings = {
  completionModel: modelPath(values.model),
  chatModel: modelPath(values['chat-model'] ?? values.model),
  threads: Number(values.threads),
  gpu: 'off',
} as const;
const engine = await EngineProcess.start(settings, { module: buildEngine() });
const rows: (ProcessMemory & { readonly step: string })[] = [];
const measure = (step: string): void => {
  // Garbage that is not collected yet is included.
  rows.push({ step, ...processMemory(engine.child.pid ?? 0) });
};

measure('started, no model yet');
await engine.complete('def mean(values):\n    return ▮\n', 'python');
measure('one completion');
for (let file = 0; file < FILES; file++) {
  const lines = Array.from({ length: 300 }, (_, line) => `value_${line} = compute_${file}(${line})\n`);
  await engine.complete(`${lines.join('')}total = ▮\n${lines.join('')}`, 'python');
}
measure(`completions in ${FILES} long files`);
await askEngine(engine, [{ role: 'user', content: 'What is a hash table?' }], { maxTokens: 32 });
measure('a short chat');
await askEngine(engine, [{ role: 'user', content: longText('memory', questionTokens) }], { maxTokens: 32 });
measure(`a chat of ${questionTokens} tokens`);
await fix();
measure('a fix');
await engine.connection.sendNotification(SettingsNotification.method, { ...settings, contextSize: 512 });
await new Promise((resolve) => setTimeout(resolve, 3000));
measure('unloaded');
await engine.stop();

if (values.json) console.log(JSON.stringify({ ...settings, machine, rows }, null, 2));
else {
  const names = [values.model, values['chat-model']].filter((name) => name !== undefined).join(' and ');
  console.log(`${names}, the engine's process, megabytes; ${machine}\n`);
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  console.log(
    textTable(
      ['after', 'resident', 'own', 'mapped', 'peak'],
      rows.map(({ step, resident, own, mapped, peak }) => [
        step,
        ...[resident, own, mapped, peak].map(megabytes),
      ]),
    ),
  );
}
process.exit(0);

async function fix(): Promise<void> {
  const { uri } = await engine.open('def add(a, b)\n    return a + b▮\n', 'python');
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 16 } };
  await engine.connection.sendRequest(EditRequest.method, {
    textDocument: { uri, version: 1 },
    intent: 'fix',
    range,
    isSelection: true,
    diagnostics: [{ range, message: "expected ':'" }],
    indent: { useTabs: false, size: 4 },
    progressToken: 'fix',
  });
}
