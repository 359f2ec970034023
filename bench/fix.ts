// How often a fix is offered, right, and rightly called verified.
//   node scripts/bench.mjs fix [--part tune|held-out] [--cases N] [--seed N] [--language ID]… [--kind TEXT]
//       [--model ID|PATH] [--only ARM]… [--unsolved] [--every N] [--minutes N] [--jobs N] [--threads N]
//       [--show all|different|none] [--json] [--out FILE]
// The cases are sound files of this machine with one seeded mistake, and the message of the language's own tool about
// it. A third of the files is for tuning, the others are only measured. Without --model: only the candidates that need
// none; these are tried on all cases first. Columns are numbers of cases: `parses`, `cleared` (the message is gone),
// `clean` (nothing is wrong that wasn't in the original), `original` (the very same text); `precision`: share of the
// verified fixes that parse and clear the message; `same`: share of them that are the original text.
// --show different: each verified fix that isn't the original, with the mistake. --unsolved: the arms with a model get
// only cases that the candidates without one don't solve. --every: all arms get each Nth case only; the product gets
// the others, too, as far as its model is needed. --jobs: cases at a time, where times don't matter. --out: each
// result as a line of JSON as soon as it is there.
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ContextQueue } from '../src/engine/decoding/contextQueue.js';
import { Decoder } from '../src/engine/decoding/decoder.js';
import { Scheduler } from '../src/engine/decoding/scheduler.js';
import { LlamaLoader } from '../src/engine/model/llamaLoader.js';
import { SyntaxTrees } from '../src/engine/syntax/syntaxTrees.js';
import { DEFAULT_SETTINGS } from '../src/protocol/settings.js';
import { cheapArm, PRODUCT, productArm, type FixArm, type ModelDeps } from './fix/arms.js';
import { codeFiles, LANGUAGES } from './fix/codeFiles.js';
import { fixCases, type FixCase, type Part } from './fix/fixCases.js';
import { describeScore, fixTable, type FixScore } from './fix/fixTable.js';
import { Judge } from './fix/judge.js';
import { modelArms, regionLines } from './fix/modelArms.js';
import { describeMachine } from './machine/cpuTime.js';
import { modelPath } from './machine/modelPath.js';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'tune' },
    cases: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    language: { type: 'string', multiple: true },
    kind: { type: 'string' },
    model: { type: 'string' },
    only: { type: 'string', multiple: true },
    unsolved: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
    out: { type: 'string' },
    minutes: { type: 'string' },
    show: { type: 'string', default: 'different' },
    jobs: { type: 'string', default: '1' },
    threads: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
if (values.part !== 'tune' && values.part !== 'held-out') throw new RangeError('--part is tune or held-out');
const part: Part = values.part;
const languages = LANGUAGES.filter((each) => values.language?.includes(each) ?? true);
const root = process.env['YOUTU_ROOT'] ?? process.cwd();
const started = describeMachine();
const trees = new SyntaxTrees();
const judge = new Judge(trees);
const opened = values.model === undefined ? undefined : await openModel(values.model);
const cheap = cheapArm(trees);
const arms = [
  cheap,
  ...(opened === undefined ? [] : [...modelArms(opened.deps), productArm(trees, opened.deps())]),
].filter(({ name }) => values.only?.includes(name) ?? true);

const end = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
const scores: FixScore[] = [];
const missing: string[] = [];
const sources = languages.map((languageId) => {
  const files = codeFiles(root, languageId);
  if (files.length === 0) missing.push(languageId);
  const count = Math.ceil(Number(values.cases) / languages.length);
  return fixCases(files, { count, seed: Number(values.seed), part, kind: values.kind }, judge);
});
const cases = inTurn(sources);
const made: FixCase[] = [];
const solved = new Map<FixCase, FixScore>();
await Promise.all(Array.from({ length: Number(values.jobs) }, withoutModel));
for (const [index, fixCase] of made.entries()) await withModel(fixCase, index % Number(values.every) === 0);
if (values.json) console.log(JSON.stringify(scores.map(plain), null, 2));
else {
  const model = values.model === undefined ? 'no model' : values.model;
  console.log(`${part}, seed ${values.seed}, ${made.length} cases, ${model}; ${started}`);
  if (missing.length > 0) console.log(`No code on this machine in: ${missing.join(', ')}`);
  console.log(`\n${fixTable(scores)}`);
}
await opened?.close();
process.exit(0);

/** Makes cases until there are none, or the time is over, and tries on each what needs no model. */
async function withoutModel(): Promise<void> {
  while (performance.now() < end) {
    const next = await cases.next();
    if (next.done === true) return;
    made.push(next.value);
    const score = await scoreOf(cheap, next.value);
    if (score.offer !== undefined) solved.set(next.value, score);
    if (arms.includes(cheap)) keep(score);
  }
}

/** @param isForAll all arms are asked; otherwise only the product is asked, and its model only where the cheap ones fail */
async function withModel(fixCase: FixCase, isForAll: boolean): Promise<void> {
  const cheapScore = solved.get(fixCase);
  if (values.unsolved && cheapScore !== undefined) return;
  for (const arm of arms) {
    if (arm === cheap || performance.now() >= end) continue;
    if (isForAll || (arm.name === PRODUCT && cheapScore === undefined)) keep(await scoreOf(arm, fixCase));
    else if (arm.name === PRODUCT && cheapScore !== undefined) keep({ ...cheapScore, arm: PRODUCT });
  }
}

function keep(score: FixScore): void {
  scores.push(score);
  if (values.out !== undefined) appendFileSync(values.out, `${JSON.stringify(plain(score))}\n`);
  const isOther = score.offer?.isVerified === true && !score.offer.isOriginal;
  if (!values.json && (values.show === 'all' || (values.show === 'different' && isOther)))
    console.log(`${describeScore(score)}\n`);
}

/** One case of each language after another, so that a run that is cut short has some of all. */
async function* inTurn(lists: readonly AsyncGenerator<FixCase, void>[]): AsyncGenerator<FixCase, void> {
  let open = [...lists];
  while (open.length > 0) {
    const ended = new Set<AsyncGenerator<FixCase, void>>();
    for (const list of open) {
      const next = await list.next();
      if (next.done === true) ended.add(list);
      else yield next.value;
    }
    open = open.filter((list) => !ended.has(list));
  }
}

async function scoreOf(arm: FixArm, fixCase: FixCase): Promise<FixScore> {
  const { original, broken } = fixCase;
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const offer = await arm.fix(fixCase);
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const score = {
    fixCase,
    arm: arm.name,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    regionLines: regionLines(fixCase),
  };
  if (offer === undefined) return score;
  const judgement = await judge.judge(original, broken, offer.text);
  const isOriginal = offer.text === original.text;
  return { ...score, offer: { ...offer, judgement, isOriginal } };
}

function plain({ fixCase, offer, ...score }: FixScore): unknown {
  const { name, kind, original, broken } = fixCase;
  const { by, diagnostic, isSyntax } = broken;
  const { text, ...rest } = offer ?? { text: undefined };
  const given = { name, language: original.languageId, kind, by, diagnostic, isSyntax };
  return { ...given, ...score, ...rest, newText: text };
}

interface OpenedModel {
  /** With a cache of its own for each arm, so that one doesn't evict another's prompts. */
  readonly deps: () => ModelDeps;
  readonly close: () => Promise<void>;
}

async function openModel(id: string): Promise<OpenedModel> {
  const loader = new LlamaLoader(
    () => ({ ...DEFAULT_SETTINGS, threads: Number(values.threads) }),
    () => undefined,
  );
  const model = await loader.load({ id, path: modelPath(id) }, { onProgress: () => undefined });
  const decoder = new Decoder(new Scheduler());
  const queues: ContextQueue[] = [];
  const deps = (): ModelDeps => {
    const queue = new ContextQueue(model, 'fix', { contextTokens: 4096, batchTokens: 128 });
    queues.push(queue);
    return { queue, decoder };
  };
  const close = async (): Promise<void> => {
    for (const queue of queues) await queue.dispose();
    await model.dispose();
  };
  return { deps, close };
}
