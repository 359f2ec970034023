// Time to the first token of a completion while the CPU is busy with other work.
//   node scripts/bench.mjs contention [--model ID|PATH] [--rounds N] [--engine PATH] [--ahead] [--json]
// Three alternating cases in one engine: idle; during the prefill of a chat with 4,000 tokens; all cores kept busy by
// other processes, which have the engine's priority. Each is measured warm (a line is typed in a file whose text above
// is in the cache) and cold (a new file), from the client's request to the first token, including waiting. The ratio is
// that of the medians to the idle case. --ahead: raises the priority above other processes (needs root).
import { parseArgs } from 'node:util';
import { EngineProcess } from '../test/engine/support/engineProcess.js';
import { duringChatPrefill } from './contention/duringChatPrefill.js';
import { BusyCores } from './contention/busyCores.js';
import { measureFirstTokens, type FirstTokenTimes } from './contention/firstTokenTimes.js';
import { median, percentile } from './stats/percentile.js';
import { textTable } from './stats/textTable.js';
import { buildEngine } from './machine/buildEngine.js';
import { raisePriority } from './machine/raisePriority.js';
import { modelPath } from './machine/modelPath.js';
import { describeMachine } from './machine/cpuTime.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    rounds: { type: 'string', default: '5' },
    engine: { type: 'string' },
    ahead: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

if (values.ahead) raisePriority();
const path = modelPath(values.model);
const engine = await EngineProcess.start(
  { completionModel: path, chatModel: path, gpu: 'off' },
  { module: values.engine ?? buildEngine() },
);
await measureFirstTokens(engine, 'first');

const CASES = ['idle', 'beside a chat’s prefill', 'all cores busy'] as const;
type Case = (typeof CASES)[number];
const measures: Readonly<Record<Case, (name: string) => Promise<FirstTokenTimes>>> = {
  idle: (name) => measureFirstTokens(engine, name),
  'beside a chat’s prefill': (name) =>
    duringChatPrefill(engine, name, () => measureFirstTokens(engine, name)),
  'all cores busy': (name) => BusyCores.during(() => measureFirstTokens(engine, name)),
};

const machine = describeMachine();
const timesByCase = new Map<Case, { warm: number[]; cold: number[] }>(
  CASES.map((each) => [each, { warm: [], cold: [] }]),
);
for (let round = 0; round < Number(values.rounds); round++) {
  for (const each of CASES) {
    const { warm, cold } = await measures[each](`${each} ${round}`);
    timesByCase.get(each)?.warm.push(...warm);
    timesByCase.get(each)?.cold.push(...cold);
  }
}
await engine.stop();

const idle = timesByCase.get('idle') ?? { warm: [], cold: [] };
const rows = [...timesByCase].map(([name, times]) => ({
  case: name,
  warm: latencyStats(times.warm, idle.warm),
  cold: latencyStats(times.cold, idle.cold),
}));
if (values.json) {
  console.log(
    JSON.stringify({ machine, model: values.model, rows, found: Object.fromEntries(timesByCase) }, null, 2),
  );
} else {
  console.log(`${values.model}, ${values.rounds} rounds\n${machine} before; ${describeMachine()} after\n`);
  const cells = ({ p50, p95, ratio, count }: ReturnType<typeof latencyStats>): string[] => [
    `${p50.toFixed(0)} / ${p95.toFixed(0)} (${count})`,
    ratio.toFixed(2),
  ];
  console.log(
    textTable(
      ['ms to the first token, p50 / p95', 'warm', 'ratio', 'cold', 'ratio'],
      rows.map((row) => [row.case, ...cells(row.warm), ...cells(row.cold)]),
    ),
  );
}
process.exit(0);

function latencyStats(
  times: readonly number[],
  idleTimes: readonly number[],
): { count: number; p50: number; p95: number; ratio: number } {
  const p50 = median(times) ?? NaN;
  return {
    count: times.length,
    p50,
    p95: percentile(times, 0.95) ?? NaN,
    ratio: p50 / (median(idleTimes) ?? NaN),
  };
}
