// Hours of work in minutes: does the engine's process grow? Linux only; exit code 1 if it does, or if anything fails.
//   node scripts/bench.mjs soak [--minutes N] [--model ID|PATH] [--json]
// A round is an hour of a busy user: 1,500 keys with a request each, 12 chats, 8 fixes, an HTTP server that is started,
// asked 40 times and stopped, 2 suspends, 2 clock jumps, an editor that is killed; some requests are cancelled, and some
// HTTP clients go away. 12 rounds are 12 hours. Measured after each round, following a garbage collection. Flat: the
// median of the last third of the rounds is at most 5 % above that of the first third; the first rounds warm up.
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedCoder } from '../test/fixtures/gguf/scriptedCoder.js';
import { buildEngine } from './machine/buildEngine.js';
import { describeMachine } from './machine/cpuTime.js';
import { modelPath } from './machine/modelPath.js';
import { trends } from './soak/flatness.js';
import { ProbedEngine, type Holdings } from './soak/probedEngine.js';
import { HOUR, work } from './soak/work.js';
import { textTable } from './stats/textTable.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    model: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
/** For sockets and timers that close by themselves. */
const SETTLE_MS = 2000;
const WARM_UP_SHARE = 0.2;
const MIN_ROUNDS = 4;

const machine = describeMachine();
const model = values.model === undefined ? await scriptedCoder() : modelPath(values.model);
const module = buildEngine();
const probed = await ProbedEngine.start(
  { completionModel: model, chatModel: model, gpu: 'off', threads: 1 },
  module,
);
const measured: Holdings[] = [];
const startedMs = performance.now();
const minutesSince = (): number => (performance.now() - startedMs) / 60_000;
while (minutesSince() < Number(values.minutes) || measured.length < MIN_ROUNDS) {
  await work(probed, HOUR, measured.length, module);
  await sleep(SETTLE_MS);
  measured.push(await probed.holdings());
  if (!values.json) console.log(`hour ${measured.length}: ${JSON.stringify(measured.at(-1))}`);
}
const minutes = minutesSince();
const exitCode = await probed.stop();

const warmUp = Math.max(1, Math.round(measured.length * WARM_UP_SHARE));
const result = trends(measured.slice(warmUp));
const isFlat = result.every((trend) => trend.isFlat) && exitCode === 0;
if (values.json) console.log(JSON.stringify({ machine, minutes, warmUp, measured, result, isFlat }, null, 2));
else {
  console.log(
    `\n${measured.length} hours’ work in ${minutes.toFixed(1)} minutes, ${warmUp} to warm up; ${machine}\n`,
  );
  console.log(
    textTable(
      ['', 'first third', 'last third', 'growth, %', 'flat'],
      result.map(({ name, first, last, growth, isFlat: flat }) => [
        name,
        first.toFixed(1),
        last.toFixed(1),
        (growth * 100).toFixed(1),
        flat ? 'yes' : 'NO',
      ]),
    ),
  );
}
process.exit(isFlat ? 0 : 1);
