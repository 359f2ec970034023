// Whether documenting all symbols of a file leaves its code unchanged, and for how many of them a comment is written.
//   node scripts/bench.mjs document [--files N] [--seed N] [--language ID]… [--model ID|PATH] [--minutes N] [--show] [--json]
// The files are sound code of this machine, read where it is. Without --model the comments are made of difficult texts
// (ends of comments, quotes, backslashes, code) instead of a model's answers: that tests the code around them on many
// more files. Unchanged is judged apart from the product: each line of the original is still there, in its order, and
// Python's own `ast` without docstrings, TypeScript's scanner (JavaScript, TypeScript), or the tree of the grammar says
// that the code is the same.
import { parseArgs } from 'node:util';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EngineError } from '../src/protocol/errors.js';
import { EditService } from '../src/engine/edit/editService.js';
import { indentAt } from '../src/engine/edit/codeShape.js';
import { SyntaxTrees } from '../src/engine/syntax/syntaxTrees.js';
import { SeededRandom } from './corpus/random.js';
import { difficultModel, openEditModel } from './document/editModels.js';
import { isSameCode } from './document/sameCode.js';
import { codeFiles, LANGUAGES, type CodeFile } from './fix/codeFiles.js';
import { describeMachine } from './machine/cpuTime.js';
import { textTable } from './stats/textTable.js';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    language: { type: 'string', multiple: true },
    model: { type: 'string' },
    minutes: { type: 'string' },
    show: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

interface Score {
  readonly language: string;
  readonly file: string;
  readonly symbols: number;
  readonly documented: number;
  readonly isUnchanged: boolean;
  readonly seconds: number;
}

const root = process.env['YOUTU_ROOT'] ?? process.cwd();
const started = describeMachine();
const trees = new SyntaxTrees();
const opened = values.model === undefined ? difficultModel() : await openEditModel(values.model);
const service = new EditService(
  { contextQueue: () => Promise.resolve(opened.queue) },
  opened.decoder,
  { during: (_, work) => work() },
  { syntax: trees },
);
const wanted = LANGUAGES.filter((each) => !['json', 'css'].includes(each));
const languages = wanted.filter((each) => values.language?.includes(each) ?? true);
const random = new SeededRandom(Number(values.seed));
const lists = languages.map((languageId) => shuffled(codeFiles(root, languageId)));
const scores: Score[] = [];
const end = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
// One file of each language after another, so that a run that is cut short has some of all.
for (let i = 0; i < Number(values.files); i++)
  for (const files of lists) {
    const file = files[i];
    if (file === undefined || performance.now() > end) continue;
    const score = await documented(file);
    if (score !== undefined) scores.push(score);
  }
if (values.json) console.log(JSON.stringify(scores, null, 2));
else {
  console.log(`${values.model ?? 'difficult texts'}, seed ${values.seed}; ${started}\n`);
  console.log(textTable(['language', 'files', 'symbols', 'documented', 'unchanged', 's/symbol'], rows()));
}
await opened.close();
process.exit(scores.every(({ isUnchanged }) => isUnchanged) ? 0 : 1);

/** @returns `undefined` for a file in which everything has a comment */
async function documented(file: CodeFile): Promise<Score | undefined> {
  const { uri, languageId, text } = file;
  const document = TextDocument.create(uri, languageId, 1, text);
  const start = { line: 0, character: 0 };
  const begin = performance.now();
  try {
    const result = await service.edit(
      {
        textDocument: { uri, version: 1 },
        intent: 'documentAll',
        range: { start, end: start },
        isSelection: false,
        diagnostics: [],
        indent: indentAt(document, start),
        progressToken: '',
      },
      document,
      new AbortController().signal,
      () => undefined,
    );
    const after = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
    const { count, left } = result.documented ?? { count: 0, left: [] };
    const isUnchanged = await isSameCode({ languageId, before: text, after }, trees);
    if (values.show || !isUnchanged) console.log(`${uri}\n${after}\n`);
    if (left.length > 0) console.log(`${uri}: no comment for ${left.join(', ')}`);
    const seconds = (performance.now() - begin) / 1000;
    return {
      language: languageId,
      file: uri,
      symbols: count + left.length,
      documented: count,
      isUnchanged,
      seconds,
    };
  } catch (error) {
    if (error instanceof EngineError && error.data.kind === 'editImpossible') return undefined;
    throw error;
  }
}

function rows(): string[][] {
  return [...languages, 'all'].map((language) => {
    const own = scores.filter((each) => language === 'all' || each.language === language);
    const sum = (of: (score: Score) => number): number => own.reduce((all, each) => all + of(each), 0);
    const symbols = sum((each) => each.symbols);
    return [
      language,
      `${own.length}`,
      `${symbols}`,
      `${sum((each) => each.documented)}`,
      `${own.filter(({ isUnchanged }) => isUnchanged).length}`,
      symbols === 0 ? '' : (sum(({ seconds }) => seconds) / symbols).toFixed(1),
    ];
  });
}

function shuffled(files: readonly CodeFile[]): CodeFile[] {
  return files
    .map((file) => ({ file, key: random.next() }))
    .sort((one, other) => one.key - other.key)
    .map(({ file }) => file);
}
