// Hours of work in minutes: does the engine's process grow? Linux only; exit code 1 if it does, or if anything fails.
//   node scripts/bench.mjs soak [--minutes N] [--model ID|PATH] [--rounds-per-hour N] [--leak MB] [--json]
// An hour of a busy user is 1,500 keys with a request each, 12 chats, 8 fixes, an HTTP server that is started, asked 40
// times and stopped, 2 suspends, 2 clock jumps, an editor that is killed; some requests are cancelled, and some HTTP
// clients go away. It is one round, or several with a model that is slower than the scripted one. Measured after each
// round, following a garbage collection. Flat: after the rounds that warm up, the median of the last third of the rounds
// is at most 5 % above that of the first third, and memory grows by at most 0.5 MB a minute.
// --leak lets the engine lose so much in a minute: the soak must then fail.
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedCoder } from '../test/fixtures/gguf/scriptedCoder.js';
import { buildEngine } from './machine/buildEngine.js';
import { describeMachine } from './machine/cpuTime.js';
import { modelPath } from './machine/modelPath.js';
import { trends, type Round } from './soak/flatness.js';
import { ProbedEngine } from './soak/probedEngine.js';
import { HOUR, partOf, work } from './soak/work.js';
import { textTable } from './stats/textTable.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    model: { type: 'string' },
    'rounds-per-hour': { type: 'string', default: '1' },
    leak: { type: 'string', default: '0' },
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
const roundsPerHour = Number(values['rounds-per-hour']);
const load = partOf(HOUR, 1 / roundsPerHour);
const measured: Round[] = [];
const startedMs = performance.now();
const minutesSince = (): number => (performance.now() - startedMs) / 60_000;
while (minutesSince() < Number(values.minutes) || measured.length < MIN_ROUNDS) {
  await work(probed, load, measured.length, module);
  await probed.leak(Number(values.leak) * (minutesSince() - (measured.at(-1)?.minute ?? 0)));
  await sleep(SETTLE_MS);
  measured.push({ minute: minutesSince(), held: await probed.holdings() });
  if (!values.json) console.log(`round ${measured.length}: ${JSON.stringify(measured.at(-1))}`);
}
const minutes = minutesSince();
const hours = measured.length / roundsPerHour;
const exitCode = await probed.stop();

const warmUp = Math.max(1, Math.round(measured.length * WARM_UP_SHARE));
const result = trends(measured.slice(warmUp));
const isFlat = result.every((trend) => trend.isFlat) && exitCode === 0;
if (values.json)
  console.log(JSON.stringify({ machine, minutes, hours, warmUp, measured, result, isFlat }, null, 2));
else {
  console.log(
    `\n${hours} hours’ work in ${minutes.toFixed(1)} minutes, the first ${warmUp} rounds to warm up; ${machine}\n`,
  );
  console.log(
    textTable(
      ['', 'first third', 'last third', 'growth, %', 'per minute', 'flat'],
      result.map(({ name, first, last, growth, perMinute, isFlat: flat }) => [
        name,
        first.toFixed(1),
        last.toFixed(1),
        (growth * 100).toFixed(1),
        perMinute.toFixed(2),
        flat ? 'yes' : 'NO',
      ]),
    ),
  );
}
process.exit(isFlat ? 0 : 1);
