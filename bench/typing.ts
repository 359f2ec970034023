// Types real code by the clock into the real engine, as somebody does in VS Code, and counts what that ends with.
//   node scripts/bench.mjs typing [--keys N] [--language ID] [--seed N] [--arm product|naive|both] [--model ID|PATH]
//       [--key-ms N] [--slips SHARE] [--accepts SHARE] [--no-auto-close] [--engine PATH] [--ahead] [--trace] [--json]
//   node scripts/bench.mjs typing --class [typescript|python|go|java|rust|PATH] …
// Without --class: two files of each language, typed in turns, with slips and accepted ghost text; about --keys keys
// a file. With it: one class from nothing, without slips and accepts, by the product alone unless --arm says else.
// --ahead: goes before other processes (needs root), for a look while the machine is busy.
// A minute holds some 250 keys. `right`: the first 12 characters (or all of them) are what is typed next.
import { parseArgs } from 'node:util';
import { goAhead } from './machine/goAhead.js';
import { machineLine } from './machine/processorTime.js';
import { classToType } from './typing/classToType.js';
import { filesToType } from './typing/filesToType.js';
import { Arm, type ArmName } from './typing/arm.js';
import { tally } from './typing/tally.js';
import { tallyTable } from './typing/tallyTable.js';
import { traceLine } from './typing/traceLine.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    class: { type: 'boolean', default: false },
    keys: { type: 'string' },
    language: { type: 'string' },
    seed: { type: 'string', default: '1' },
    arm: { type: 'string' },
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    'key-ms': { type: 'string', default: '200' },
    debounce: { type: 'string', default: '50' },
    slips: { type: 'string' },
    accepts: { type: 'string' },
    'auto-close': { type: 'boolean', default: true },
    engine: { type: 'string' },
    ahead: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

if (values.ahead) goAhead();
const seed = Number(values.seed);
const keys = values.keys === undefined ? undefined : Number(values.keys);
const sessions = values.class
  ? [classToType(positionals[0] ?? 'typescript', keys)]
  : filesToType({
      keys: keys ?? 300,
      seed,
      ...(values.language === undefined ? {} : { language: values.language }),
    });
const wanted = values.arm ?? (values.class ? 'product' : 'both');
const names = (['product', 'naive'] as const).filter((name) => wanted === name || wanted === 'both');
const rhythm = {
  seed,
  keyMs: Number(values['key-ms']),
  slips: Number(values.slips ?? (values.class ? 0 : 0.02)),
  accepts: Number(values.accepts ?? (values.class ? 0 : 0.15)),
};

// JSON goes to stdout alone.
const trace = values.json ? console.error : console.log;
const arms: (readonly [ArmName, Arm])[] = [];
for (const name of names) arms.push([name, await Arm.start(name, values.model, values.engine)]);
const before = machineLine();
for (const session of sessions) {
  for (const [name, arm] of arms) {
    if (values.trace) trace(`\n${name}: ${session.map(({ file }) => file.name).join(' → ')}`);
    await arm.type(session, {
      rhythm,
      debounceMs: Number(values.debounce),
      closesBrackets: values['auto-close'],
      onRecord: (record) => {
        if (values.trace) trace(traceLine(record));
      },
    });
  }
}
const tallies = arms.map(([name, arm]) => [name, tally(arm.observed())] as const);
for (const [, arm] of arms) await arm.stop();
if (values.json) {
  console.log(
    JSON.stringify({ machine: before, model: values.model, arms: Object.fromEntries(tallies) }, null, 2),
  );
} else {
  const what = sessions
    .map((session) => [...new Set(session.map(({ file }) => file.name))].join(' and '))
    .join('; ');
  console.log(`\n${values.model}, seed ${seed}, ${before} before\n${what}\n\n${tallyTable(tallies)}`);
}
process.exit(0);
