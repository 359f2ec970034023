// What the way through editor, JSON-RPC and engine costs, against node-llama-cpp alone in the same run.
//   node scripts/bench.mjs overhead [--model ID|PATH] [--rounds N] [--batch N] [--threads N] [--ahead] [--json]
// A chat of some 1,500 tokens that was never seen, for one token: tokens read per second. The same chat again, whose
// prompt is in the cache, for 128 tokens: tokens written per second. By the client's clock, from the request sent to
// the result there, tokenizing, scheduling and streaming included. The other side evaluates as many tokens with the
// same weights, sampling, threads and batch, flash attention on. Rounds alternate; the ratio is that of the medians.
// While others keep cores busy the engine takes fewer threads and node-llama-cpp does not: `others` says how busy they
// were, and --threads 1 compares the two all the same.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { chatSampling } from '../src/engine/chat/chatSampling.js';
import type { EngineReport } from '../src/protocol/status.js';
import { ReportRequest } from '../src/protocol/status.js';
import { EngineProcess } from '../test/engine/support/engineProcess.js';
import { median } from './figures/percentile.js';
import { textTable } from './figures/textTable.js';
import { buildEngine } from './machine/builtEngine.js';
import { goAhead } from './machine/goAhead.js';
import { modelPath } from './machine/modelPath.js';
import { machineLine, processorTime } from './machine/processorTime.js';
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
/** To the engine, the other side's work is a busy core; it needs a moment to see that it is over. */
const REST_MS = 3000;

if (values.ahead) goAhead();
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

const machine = machineLine();
const before = othersTime();
const product: Round[] = [];
const alone: Round[] = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const turns = [
    async () => product.push(await engineRound(engine, `product ${round}`)),
    async () => alone.push(await rawRound(raw, `alone ${round}`, sampling)),
  ];
  for (const turn of round % 2 === 0 ? turns : turns.reverse()) {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    await turn();
  }
}
const after = othersTime();
const others = (after.busy - before.busy) / (after.wall - before.wall) / availableParallelism();
await engine.stop();

const of = (rounds: readonly Round[], kind: 'prefill' | 'decode'): number =>
  median(rounds.map((round) => round[kind].tokens / round[kind].seconds)) ?? 0;
const figures = (['prefill', 'decode'] as const).map((kind) => ({
  kind,
  tokens: product[0]?.[kind].tokens ?? 0,
  product: of(product, kind),
  alone: of(alone, kind),
  ratio: of(product, kind) / of(alone, kind),
}));
if (values.json) {
  console.log(
    JSON.stringify({ machine, others, model: values.model, threads, figures, product, alone }, null, 2),
  );
} else {
  console.log(`${values.model}, ${values.rounds} rounds, threads ${threads.prefill} and ${threads.decode}`);
  console.log(
    `${machine} before; ${machineLine()} after; others kept ${others.toFixed(2)} of the cores busy\n`,
  );
  console.log(
    textTable(
      ['tokens/s', 'tokens', 'through the engine', 'node-llama-cpp alone', 'ratio'],
      figures.map((row) => [
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

/** Processor seconds of all processes but the two that are compared. */
function othersTime(): { busy: number; wall: number } {
  const { own, all, wall } = processorTime(engine.child.pid ?? 0);
  return { busy: all - own - processorTime(process.pid).own, wall };
}
