// Whether an engine that is used for long takes ever more: memory, open files, threads, handles and listeners after each
// round of typing, chats, HTTP, a suspension and a jump of the clock. Linux only.
//   node scripts/bench.mjs soak [--minutes N] [--model ID|PATH] [--json]
import { parseArgs } from 'node:util';
import { buildEngine } from './machine/buildEngine.js';
import { describeMachine } from './machine/cpuTime.js';
import { modelPath } from './machine/modelPath.js';
import { growth, soak, type SoakSample } from './soak/soakRun.js';
import { textTable } from './stats/textTable.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    json: { type: 'boolean', default: false },
  },
});
const FIGURES = ['memory', 'heap', 'files', 'threads', 'handles', 'listeners'] as const;
const MAX_GROWTH = 0.05;

const machine = describeMachine();
const samples = await soak({
  model: modelPath(values.model),
  module: buildEngine(),
  milliseconds: Number(values.minutes) * 60_000,
});
const show = (sample: SoakSample | undefined, figure: (typeof FIGURES)[number]): string => {
  const value = sample?.[figure] ?? 0;
  return figure === 'memory' || figure === 'heap' ? `${(value / 1e6).toFixed(1)} MB` : `${value}`;
};
if (values.json) console.log(JSON.stringify({ ...values, machine, samples }, null, 2));
else {
  console.log(`${values.model}, ${samples.length} rounds in ${values.minutes} minutes; ${machine}\n`);
  const [first, warm, last] = [samples[0], samples[Math.ceil(samples.length / 4)], samples.at(-1)];
  console.log(
    textTable(
      ['', 'first round', 'after the warm-up', 'last round', 'growth'],
      FIGURES.map((figure) => [
        figure,
        ...[first, warm, last].map((sample) => show(sample, figure)),
        `${(100 * growth(samples, figure)).toFixed(1)} %`,
      ]),
    ),
  );
}
process.exit(FIGURES.some((figure) => growth(samples, figure) > MAX_GROWTH) ? 1 : 0);
