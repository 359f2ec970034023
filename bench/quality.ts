// How often ghost text is what was cut out of real files: the product, raw infill by the same model, continuation.
//   node scripts/bench.mjs quality [--cases N] [--cross-file N] [--seed N] [--language ID] [--kind KIND] [--model ID|PATH]
//       [--prefill-speed N] [--threads N] [--minutes N] [--only ARM]… [--at-once] [--raw-window llama.cpp] [--trace]
//       [--name TEXT] [--json]
// The files are the installed packages' sources and Python's standard library, cut at places that the seed chooses:
// a quarter of the cases each at line starts, at words, inside words (the rest of the line is wanted), and at blocks.
// --kind: only these of them: lineStart, word, inWord, block, crossFile. --name: only those with this in their name.
// --cross-file: cases whose answer stands in another file of the project. Columns: shares of all cases; `first 12`:
// the text's first 12 characters stand next in the file; `line`, `block`: edit similarity; `brackets`, `repeats`:
// cases with a closing bracket or a line that is one too many. --prefill-speed: tokens a second that the machine is
// taken to evaluate (0.5B on two cores: 200, 1.5B: 87), which decides how much text is shown; the raw arms get as much.
// --threads 1 is quicker while other processes keep the cores busy. --minutes: no new case is begun after so many.
// --at-once: the cursor has come to the place only now; else somebody has written there and rested, and idle time has
// evaluated more text. --only: some arms, for trying a change on cases whose other answers are known. --raw-window: the
// raw arms get as much text as llama.cpp's server takes of what it is sent, up to 1,535 tokens before and 510 after the
// cursor.
import { parseArgs } from 'node:util';
import type { TextBudget } from '../src/engine/completion/prompt/contextBudget.js';
import { ContextQueue } from '../src/engine/decoding/contextQueue.js';
import { LlamaLoader } from '../src/engine/model/llamaLoader.js';
import { DEFAULT_SETTINGS } from '../src/protocol/settings.js';
import { corpusCases } from './corpus/corpusCases.js';
import { modelPath } from './machine/modelPath.js';
import { machineLine } from './machine/processorTime.js';
import type { Arm } from './quality/arm.js';
import { ProductArm } from './quality/productArm.js';
import { plainContinuation, rawInfill } from './quality/rawArms.js';
import { scoreOf, type Score } from './quality/score.js';
import { scoresAsJson } from './quality/scoresAsJson.js';
import { scoreTable, type Scored } from './quality/scoreTable.js';
import { SteadyDecoder } from './quality/steadyDecoder.js';
import { traceOf } from './quality/traceOf.js';

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

/** The product's own context. */
const CONTEXT = { contextTokens: 2560, batchTokens: 128, sequences: 3 };
const RAW_CONTEXT = { contextTokens: 4096, batchTokens: 128, sequences: 1 };

/** Three quarters of its batch of 2,048 tokens, and one quarter; a token of code is about three characters. */
const LLAMA_CPP_WINDOW = { prefixCharacters: 1535 * 3, suffixCharacters: 510 * 3, snippetCharacters: 0 };

const started = machineLine();
const cases = corpusCases({
  root: process.env['YOUTU_ROOT'] ?? process.cwd(),
  single: Number(values.cases),
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
const decoder = new SteadyDecoder(Number(values['prefill-speed']));
const product = await ProductArm.start(queues.product, decoder, !values['at-once']);
const window = (): TextBudget => (values['raw-window'] === 'llama.cpp' ? LLAMA_CPP_WINDOW : product.window);
const deps = { queue: queues.raw, decoder, window };
const arms: readonly Arm[] = [
  product,
  rawInfill(deps, false),
  plainContinuation(deps),
  rawInfill(deps, true),
].filter(({ name }) => values.only === undefined || values.only.includes(name));
if (arms.length === 0) throw new Error(`There is no arm ${values.only?.join()}.`);

const end = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
const scored: Scored[] = [];
for (const testCase of cases) {
  if (performance.now() > end) break;
  const scores = new Map<string, Score>();
  for (const arm of arms) {
    if (arm.isForBlocks && testCase.kind !== 'block') continue;
    scores.set(
      arm.name,
      scoreOf(await arm.answer(testCase), testCase, (text) => model.tokenize(text, false)),
    );
  }
  scored.push({ testCase, scores });
  if (values.trace) console.log(traceOf(testCase, scores));
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
