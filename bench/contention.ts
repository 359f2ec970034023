// How long a completion's first token takes while others want the processor too.
//   node scripts/bench.mjs contention [--model ID|PATH] [--rounds N] [--engine PATH] [--ahead] [--json]
// Three cases in turns, in one engine: nothing else to do; a chat reads 4,000 tokens; processes of others keep every
// core busy. In each: warm (a line is typed in a file whose text above is in the cache) and cold (a file that was never
// seen). From the client's request to the first token, waiting included; the ratio is that of the medians to the idle
// case. The busy processes have the engine's own priority.
import { parseArgs } from 'node:util';
import { EngineProcess } from '../test/engine/support/engineProcess.js';
import { besideChat } from './contention/besideChat.js';
import { BusyCores } from './contention/busyCores.js';
import { firstTokens, type FirstTokens } from './contention/firstTokens.js';
import { median, percentile } from './figures/percentile.js';
import { textTable } from './figures/textTable.js';
import { buildEngine } from './machine/builtEngine.js';
import { goAhead } from './machine/goAhead.js';
import { modelPath } from './machine/modelPath.js';
import { machineLine } from './machine/processorTime.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    rounds: { type: 'string', default: '5' },
    engine: { type: 'string' },
    ahead: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

if (values.ahead) goAhead();
const path = modelPath(values.model);
const engine = await EngineProcess.start(
  { completionModel: path, chatModel: path, gpu: 'off' },
  { module: values.engine ?? buildEngine() },
);
await firstTokens(engine, 'first');

const CASES = ['idle', 'beside a chat’s prefill', 'all cores busy'] as const;
type Case = (typeof CASES)[number];
const measures: Readonly<Record<Case, (name: string) => Promise<FirstTokens>>> = {
  idle: (name) => firstTokens(engine, name),
  'beside a chat’s prefill': (name) => besideChat(engine, name, () => firstTokens(engine, name)),
  'all cores busy': (name) => BusyCores.during(() => firstTokens(engine, name)),
};

const machine = machineLine();
const found = new Map<Case, { warm: number[]; cold: number[] }>(
  CASES.map((each) => [each, { warm: [], cold: [] }]),
);
for (let round = 0; round < Number(values.rounds); round++) {
  for (const each of CASES) {
    const { warm, cold } = await measures[each](`${each} ${round}`);
    found.get(each)?.warm.push(...warm);
    found.get(each)?.cold.push(...cold);
  }
}
await engine.stop();

const idle = found.get('idle') ?? { warm: [], cold: [] };
const rows = [...found].map(([name, times]) => ({
  case: name,
  warm: figuresOf(times.warm, idle.warm),
  cold: figuresOf(times.cold, idle.cold),
}));
if (values.json) {
  console.log(
    JSON.stringify({ machine, model: values.model, rows, found: Object.fromEntries(found) }, null, 2),
  );
} else {
  console.log(`${values.model}, ${values.rounds} rounds\n${machine} before; ${machineLine()} after\n`);
  const cells = ({ p50, p95, ratio, count }: ReturnType<typeof figuresOf>): string[] => [
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

function figuresOf(
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
