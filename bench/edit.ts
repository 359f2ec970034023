// How often an edit by instruction does what was asked.
//   node scripts/bench.mjs edit --model ID|PATH [--only N] [--minutes N] [--show] [--json]
// 60 tasks on small functions, each with an outcome that is checked by running the result or by its syntax tree. What the
// model wrote is run: in a folder of its own, without the environment. `offered`: the product's checks let it pass;
// `right`: the outcome is what was asked; `kept`: right, of those offered; `first`: right in the first answer.
// --only N: every Nth task. --show: each edit as it came.
import { parseArgs } from 'node:util';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EditService } from '../src/engine/edit/editService.js';
import { SyntaxTrees } from '../src/engine/syntax/syntaxTrees.js';
import { EngineError } from '../src/protocol/errors.js';
import { openEditModel } from './document/editModels.js';
import type { Instruction } from './edit/instruction.js';
import { faultOf } from './edit/outcome.js';
import { PYTHON_INSTRUCTIONS } from './edit/pythonInstructions.js';
import { SCRIPT_INSTRUCTIONS } from './edit/scriptInstructions.js';
import { describeMachine } from './machine/cpuTime.js';
import { textTable } from './stats/textTable.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    only: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    show: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

interface Score {
  readonly language: string;
  readonly instruction: string;
  readonly text: string;
  /** Nothing was offered without it. */
  readonly newText?: string;
  /** Why nothing was offered, or what is wrong. */
  readonly fault?: string;
  readonly rounds: number;
  readonly seconds: number;
}

const started = describeMachine();
const opened = await openEditModel(values.model);
const service = new EditService(
  { contextQueue: () => Promise.resolve(opened.queue) },
  opened.decoder,
  { during: (_, work) => work() },
  { syntax: new SyntaxTrees() },
);
const end = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
const scores: Score[] = [];
const all = inTurn(PYTHON_INSTRUCTIONS, SCRIPT_INSTRUCTIONS);
for (const each of all.filter((_, index) => index % Number(values.only) === 0)) {
  if (performance.now() > end) break;
  const score = await made(each);
  scores.push(score);
  if (values.show) console.log(described(score));
}
if (values.json) console.log(JSON.stringify(scores, null, 2));
else {
  console.log(`${values.model}, ${scores.length} of ${all.length} tasks; ${started}\n`);
  console.log(textTable(['language', 'tasks', 'offered', 'right', 'kept', 'first', 'median s'], rows()));
}
await opened.close();
process.exit(0);

async function made(task: Instruction): Promise<Score> {
  const { languageId, instruction, text } = task;
  const document = TextDocument.create(`file:///bench/a.${languageId}`, languageId, 1, text);
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
  const begin = performance.now();
  let rounds = 0;
  const common = { language: languageId, instruction, text };
  const seconds = (): number => (performance.now() - begin) / 1000;
  try {
    const result = await service.edit(
      {
        textDocument: { uri: document.uri, version: 1 },
        intent: 'edit',
        range,
        isSelection: true,
        diagnostics: [],
        instruction,
        indent: { useTabs: false, size: languageId === 'python' ? 4 : 2 },
        progressToken: '',
      },
      document,
      new AbortController().signal,
      (progress) => {
        if (progress.kind === 'candidate') rounds = progress.round;
      },
    );
    const taken = seconds();
    const newText = TextDocument.applyEdits(document, [result]);
    const fault = await faultOf(task, newText);
    return { ...common, newText, rounds, seconds: taken, ...(fault === undefined ? {} : { fault }) };
  } catch (error) {
    if (!(error instanceof EngineError) || error.data.kind !== 'editImpossible') throw error;
    const { reason, objection } = error.data;
    const fault = `nothing offered: ${objection?.message ?? objection?.reason ?? reason}`;
    return { ...common, rounds, seconds: seconds(), fault };
  }
}

function described({ language, instruction, text, newText = '', fault, rounds }: Score): string {
  const outcome = fault === undefined ? 'right' : `wrong (${fault})`;
  return `--- ${language}: ${instruction}: ${outcome}, round ${rounds}\n${text}${newText === '' ? '' : `→\n${newText}`}`;
}

function rows(): string[][] {
  const languages = [...new Set(scores.map(({ language }) => language))];
  return [...languages, 'all'].map((language) => {
    const own = scores.filter((each) => language === 'all' || each.language === language);
    const offered = own.filter(({ newText }) => newText !== undefined);
    const right = own.filter(({ fault }) => fault === undefined);
    const times = own.map(({ seconds }) => seconds).sort((a, b) => a - b);
    return [
      language,
      `${own.length}`,
      `${offered.length}`,
      `${right.length}`,
      (right.length / (offered.length || 1)).toFixed(2),
      `${right.filter(({ rounds }) => rounds === 1).length}`,
      (times[Math.floor(times.length / 2)] ?? 0).toFixed(1),
    ];
  });
}

/** One of each list after another, so that a run that is cut short has some of both. */
function inTurn<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, i) => [one[i], other[i]])
    .flat()
    .filter((each) => each !== undefined);
}
