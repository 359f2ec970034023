// Types real code into the real engine in real time, as a user does in VS Code, and measures the ghost text.
//   node scripts/bench.mjs typing [--keys N] [--language ID] [--seed N] [--arm product|naive|both] [--model ID|PATH]
//       [--key-ms N] [--slips SHARE] [--accepts SHARE] [--no-auto-close] [--engine PATH] [--ahead] [--trace] [--json]
//   node scripts/bench.mjs typing --class [typescript|python|go|java|rust|PATH] …
// Without --class: two files of each language, alternating, with typos and accepted ghost text; about --keys keys per
// file. With it: one class in an empty file, without typos and accepts, with the product alone unless --arm is set.
// --slips: share of mistyped letters. --accepts: probability that correct ghost text is accepted. --ahead: raises the
// priority above other processes (needs root), for measurements on a busy machine.
// A minute is some 250 keys. `right`: the first 12 characters (or all of a shorter text) are typed next.
import { parseArgs } from 'node:util';
import { raisePriority } from './machine/raisePriority.js';
import { describeMachine } from './machine/cpuTime.js';
import { classToType } from './typing/classToType.js';
import { filesToType } from './typing/filesToType.js';
import { Arm, type ArmName } from './typing/arm.js';
import { summarize } from './typing/typingStats.js';
import { typingStatsTable } from './typing/typingStatsTable.js';
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

if (values.ahead) raisePriority();
const seed = Number(values.seed);
const keys = values.keys === undefined ? undefined : Number(values.keys);
const sessions = values.class
  ? [classToType(positionals[0] ?? 'typescript', keys)]
  : filesToType({
      keys: keys ?? 300,
      seed,
      ...(values.language === undefined ? {} : { language: values.language }),
    });
const chosenArm = values.arm ?? (values.class ? 'product' : 'both');
const names = (['product', 'naive'] as const).filter((name) => chosenArm === name || chosenArm === 'both');
const rhythm = {
  seed,
  keyMs: Number(values['key-ms']),
  typoRate: Number(values.slips ?? (values.class ? 0 : 0.02)),
  acceptRate: Number(values.accepts ?? (values.class ? 0 : 0.15)),
};

// With --json, only the JSON goes to stdout.
const trace = values.json ? console.error : console.log;
const arms: (readonly [ArmName, Arm])[] = [];
for (const name of names) arms.push([name, await Arm.start(name, values.model, values.engine)]);
const before = describeMachine();
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
const results = arms.map(([name, arm]) => [name, summarize(arm.observations())] as const);
for (const [, arm] of arms) await arm.stop();
if (values.json) {
  console.log(
    JSON.stringify({ machine: before, model: values.model, arms: Object.fromEntries(results) }, null, 2),
  );
} else {
  const fileNames = sessions
    .map((session) => [...new Set(session.map(({ file }) => file.name))].join(' and '))
    .join('; ');
  console.log(
    `\n${values.model}, seed ${seed}, ${before} before\n${fileNames}\n\n${typingStatsTable(results)}`,
  );
}
process.exit(0);
