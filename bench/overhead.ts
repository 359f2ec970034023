// Overhead of JSON-RPC and engine, compared with node-llama-cpp alone in the same run.
//   node scripts/bench.mjs overhead [--model ID|PATH] [--rounds N] [--batch N] [--threads N] [--ahead] [--json]
// Prefill: a new chat of some 1,500 tokens is answered with one token. Decode: the same chat, whose prompt is now in the
// cache, is answered with 128 tokens. Times are measured by the client, from the request to the result, including
// tokenizing, scheduling and streaming. node-llama-cpp evaluates as many tokens with the same weights, sampling, threads
// and batch, with flash attention. Rounds alternate; the ratio is that of the medians. While other processes keep cores
// busy, the engine uses fewer threads and node-llama-cpp does not: `others` shows how busy they were; --threads 1 makes
// the two comparable again. --ahead: raises the priority above other processes (needs root).
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { chatSampling } from '../src/engine/chat/chatSampling.js';
import type { EngineReport } from '../src/protocol/status.js';
import { ReportRequest } from '../src/protocol/status.js';
import { EngineProcess } from '../test/engine/support/engineProcess.js';
import { median } from './stats/percentile.js';
import { textTable } from './stats/textTable.js';
import { buildEngine } from './machine/buildEngine.js';
import { raisePriority } from './machine/raisePriority.js';
import { modelPath } from './machine/modelPath.js';
import { describeMachine, cpuTime } from './machine/cpuTime.js';
import { openRawModel } from './machine/rawModel.js';
import { engineRound, type Round } from './overhead/engineRound.js';
import { rawRound } from './overhead/rawRound.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: '0' },
    batch: { type: 'string', default: '128' },
    ahead: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const CONTEXT_TOKENS = 8192;
/** Idle time between two rounds: the engine needs a moment to notice that node-llama-cpp no longer keeps cores busy. */
const IDLE_MS = 3000;

if (values.ahead) raisePriority();
const path = modelPath(values.model);
const engine = await EngineProcess.start(
  { chatModel: path, gpu: 'off', threads: Number(values.threads) },
  { module: buildEngine() },
);
await engineRound(engine, 'warm-up');
const { threads } = await engine.connection.sendRequest<EngineReport>(ReportRequest.method);
const raw = await openRawModel(path, {
  contextTokens: CONTEXT_TOKENS,
  batchTokens: Number(values.batch),
  threads,
});
const sampling = chatSampling({ architecture: raw.native.architecture, id: values.model }, false, {
  temperature: 0,
  seed: 1,
});
await rawRound(raw, 'warm-up', sampling);

const machine = describeMachine();
const before = otherCpuTime();
const product: Round[] = [];
const alone: Round[] = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const turns = [
    async () => product.push(await engineRound(engine, `product ${round}`)),
    async () => alone.push(await rawRound(raw, `alone ${round}`, sampling)),
  ];
  for (const turn of round % 2 === 0 ? turns : turns.reverse()) {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    await turn();
  }
}
const after = otherCpuTime();
const others = (after.busy - before.busy) / (after.wall - before.wall) / availableParallelism();
await engine.stop();

const medianSpeed = (rounds: readonly Round[], kind: 'prefill' | 'decode'): number =>
  median(rounds.map((round) => round[kind].tokens / round[kind].seconds)) ?? 0;
const rows = (['prefill', 'decode'] as const).map((kind) => ({
  kind,
  tokens: product[0]?.[kind].tokens ?? 0,
  product: medianSpeed(product, kind),
  alone: medianSpeed(alone, kind),
  ratio: medianSpeed(product, kind) / medianSpeed(alone, kind),
}));
if (values.json) {
  console.log(
    JSON.stringify({ machine, others, model: values.model, threads, figures: rows, product, alone }, null, 2),
  );
} else {
  console.log(`${values.model}, ${values.rounds} rounds, threads ${threads.prefill} and ${threads.decode}`);
  console.log(
    `${machine} before; ${describeMachine()} after; other processes used ${others.toFixed(2)} of all cores\n`,
  );
  console.log(
    textTable(
      ['tokens/s', 'tokens', 'through the engine', 'node-llama-cpp alone', 'ratio'],
      rows.map((row) => [
        row.kind,
        `${row.tokens}`,
        row.product.toFixed(1),
        row.alone.toFixed(1),
        row.ratio.toFixed(3),
      ]),
    ),
  );
}
process.exit(0);

/** CPU seconds of all processes except the two that are compared. */
function otherCpuTime(): { busy: number; wall: number } {
  const engineTime = cpuTime(engine.child.pid ?? 0);
  const { machine, wall } = engineTime;
  return { busy: machine - engineTime.process - cpuTime(process.pid).process, wall };
}
