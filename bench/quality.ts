// How often the completion matches text that was removed from real files, for the product, for raw infill with the same
// model, and for plain continuation.
//   node scripts/bench.mjs quality [--cases N] [--cross-file N] [--seed N] [--language ID] [--kind KIND] [--model ID|PATH]
//       [--prefill-speed N] [--threads N] [--minutes N] [--only ARM]… [--at-once] [--raw-window llama.cpp] [--trace]
//       [--name TEXT] [--json]
// The files are the sources of the installed npm packages and Python's standard library. The seed chooses the cuts: a
// quarter of the cases each at line starts, at words, inside words (the rest of the line is expected), and at blocks.
// --kind: only cases of this kind: lineStart, word, inWord, block or crossFile. --name: only cases whose name contains
// TEXT. --cross-file: number of cases that need another file of the project. Columns are shares of all cases.
// `first 12`: the first 12 characters are the next ones in the file; `line`, `block`: edit similarity; `brackets`,
// `repeats`: cases with an unmatched closing bracket or a repeated line. --prefill-speed: assumed prefill speed in
// tokens/s (0.5B on two cores: 200, 1.5B: 87); it determines the size of the prompt, also for the raw arms.
// --threads 1 is faster while other processes keep the cores busy. --minutes: starts no new case after this time.
// --at-once: the cursor has just moved there; by default, the user has typed there and paused, and the idle prefill has
// evaluated more text. --only: only these arms, for testing a change. --raw-window: the raw arms get as much text as
// llama.cpp's server uses, up to 1,535 tokens before the cursor and 510 after it.
import { parseArgs } from 'node:util';
import type { TextBudget } from '../src/engine/completion/prompt/contextBudget.js';
import { ContextQueue } from '../src/engine/decoding/contextQueue.js';
import { LlamaLoader } from '../src/engine/model/llamaLoader.js';
import { DEFAULT_SETTINGS } from '../src/protocol/settings.js';
import { corpusCases } from './corpus/corpusCases.js';
import { modelPath } from './machine/modelPath.js';
import { describeMachine } from './machine/cpuTime.js';
import type { Arm } from './quality/arm.js';
import { ProductArm } from './quality/productArm.js';
import { plainContinuation, rawInfill } from './quality/rawArms.js';
import { scoreOf, type Score } from './quality/score.js';
import { scoresAsJson } from './quality/scoresAsJson.js';
import { scoreTable, type ScoredCase } from './quality/scoreTable.js';
import { FixedSpeedDecoder } from './quality/fixedSpeedDecoder.js';
import { formatTrace } from './quality/formatTrace.js';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '160' },
    'cross-file': { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    language: { type: 'string' },
    kind: { type: 'string' },
    name: { type: 'string', default: '' },
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    'prefill-speed': { type: 'string', default: '200' },
    minutes: { type: 'string' },
    threads: { type: 'string', default: '0' },
    only: { type: 'string', multiple: true },
    'at-once': { type: 'boolean', default: false },
    'raw-window': { type: 'string', default: 'product' },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** The same context as in the product. */
const CONTEXT = { contextTokens: 2560, batchTokens: 128, sequences: 3 };
const RAW_CONTEXT = { contextTokens: 4096, batchTokens: 128, sequences: 1 };

/** Three quarters of its batch of 2,048 tokens, and one quarter; a token of code is about three characters. */
const LLAMA_CPP_WINDOW = { prefixCharacters: 1535 * 3, suffixCharacters: 510 * 3, snippetCharacters: 0 };

const started = describeMachine();
const cases = corpusCases({
  root: process.env['YOUTU_ROOT'] ?? process.cwd(),
  singleFile: Number(values.cases),
  crossFile: Number(values['cross-file']),
  seed: Number(values.seed),
  ...(values.language === undefined ? {} : { language: values.language }),
})
  .filter(({ kind }) => values.kind === undefined || kind === values.kind)
  .filter(({ name }) => name.includes(values.name));
const loader = new LlamaLoader(
  () => ({ ...DEFAULT_SETTINGS, threads: Number(values.threads) }),
  () => undefined,
);
const path = modelPath(values.model);
const model = await loader.load({ id: values.model, path }, { onProgress: () => undefined });
const queues = {
  product: new ContextQueue(model, 'completion', CONTEXT),
  raw: new ContextQueue(model, 'completion', RAW_CONTEXT),
};
const decoder = new FixedSpeedDecoder(Number(values['prefill-speed']));
const product = await ProductArm.start(queues.product, decoder, !values['at-once']);
const window = (): TextBudget => (values['raw-window'] === 'llama.cpp' ? LLAMA_CPP_WINDOW : product.window);
const deps = { queue: queues.raw, decoder, window };
const arms: readonly Arm[] = [
  product,
  rawInfill(deps, false),
  plainContinuation(deps),
  rawInfill(deps, true),
].filter(({ name }) => values.only === undefined || values.only.includes(name));
if (arms.length === 0) throw new Error(`There is no arm "${values.only?.join()}".`);

const end = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
const scored: ScoredCase[] = [];
for (const testCase of cases) {
  if (performance.now() > end) break;
  const scores = new Map<string, Score>();
  for (const arm of arms) {
    if (arm.isForBlocksOnly && testCase.kind !== 'block') continue;
    scores.set(
      arm.name,
      scoreOf(await arm.complete(testCase), testCase, (text) => model.tokenize(text, false)),
    );
  }
  scored.push({ testCase, scores });
  if (values.trace) console.log(formatTrace(testCase, scores));
}
if (values.json) console.log(scoresAsJson(scored));
else {
  const projects = new Set(scored.map(({ testCase }) => testCase.file.project)).size;
  console.log(
    `${values.model}, seed ${values.seed}, ${scored.length} of ${cases.length} cases, ${projects} projects; ${started}\n`,
  );
  console.log(scoreTable(scored));
}
await queues.product.dispose();
await queues.raw.dispose();
await model.dispose();
process.exit(0);
