// What lines `youtu commit` writes for commits whose subjects are known.
//   node scripts/bench.mjs commit [--model ID|PATH|none] [--repository FOLDER] [--revision REV] [--part tune|held-out]
//                                 [--count N] [--seed N] [--diffs FOLDER] [--json]
// --model none: what code writes alone. A commit is in one part by the first digit of its hash (0 to 7: tune), whatever
// the seed. --diffs: a folder of *.diff in place of a repository's commits. Each line is printed beside the subject that people gave. Whether it is right, only
// reading tells; counted is: `model`: the model wrote it; `names`: it names a changed symbol or file, or one of their
// words; `shares`: half of the longer words of the true subject are in it; `repeats`: it is an earlier subject; `form`:
// capital, tense, period, prefix and length are those of the earlier subjects.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CommitMessageResult } from '../src/protocol/commit.js';
import { CommitService } from '../src/engine/edit/commit/commitService.js';
import { figuresOf, type CommitFigures } from './commit/figures.js';
import { SeededRandom } from './corpus/random.js';
import { openEditModel, scriptedModel } from './document/editModels.js';
import { describeMachine } from './machine/cpuTime.js';
import { textTable } from './stats/textTable.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    repository: { type: 'string', default: process.env['YOUTU_ROOT'] ?? '.' },
    revision: { type: 'string', default: 'HEAD' },
    part: { type: 'string', default: 'tune' },
    count: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    diffs: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

interface CommitCase {
  readonly id: string;
  readonly diff: string;
  /** The earlier ones, the newest first. */
  readonly subjects: readonly string[];
  /** The subject that people gave. */
  readonly subject: string;
}

interface WrittenLine extends CommitFigures {
  readonly id: string;
  readonly subject: string;
  readonly message: string;
  readonly origin: CommitMessageResult['origin'];
  readonly seconds: number;
}

/** Of earlier commits, as the command reads them. */
const LOG_COUNT = 60;
const MAX_BUFFER = 64 * 1024 * 1024;

const opened = values.model === 'none' ? scriptedModel(() => '') : await openEditModel(values.model);
const service = new CommitService({ contextQueue: () => Promise.resolve(opened.queue) }, opened.decoder, {
  during: (_, work) => work(),
});
const lines: WrittenLine[] = [];
for (const each of values.diffs === undefined ? commitCases(values.repository) : diffCases(values.diffs)) {
  const { id, diff, subjects, subject } = each;
  const begin = performance.now();
  const { message, origin } = await service.message({ diff, subjects }, new AbortController().signal);
  const seconds = (performance.now() - begin) / 1000;
  lines.push({ id, subject, message, origin, seconds, ...figuresOf(each, message) });
  if (!values.json) console.log(`${id}  ${subject}\n${' '.repeat(id.length)}  ${message}  (${origin})`);
}
if (values.json) console.log(JSON.stringify(lines, null, 2));
else console.log(`\n${values.model}, ${lines.length} commits; ${describeMachine()}\n\n${table()}`);
await opened.close();
process.exit(0);

function commitCases(repository: string): readonly CommitCase[] {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', repository, '--no-pager', ...args], {
      encoding: 'utf8',
      maxBuffer: MAX_BUFFER,
    });
  const isInPart = (hash: string): boolean => /^[0-7]/.test(hash) === (values.part === 'tune');
  const hashes = git('log', '--no-merges', '--format=%H', values.revision)
    .trim()
    .split('\n')
    .slice(0, -1)
    .filter(isInPart);
  const random = new SeededRandom(Number(values.seed));
  const chosen: string[] = [];
  while (chosen.length < Number(values.count) && hashes.length > 0)
    chosen.push(...hashes.splice(random.below(hashes.length), 1));
  return chosen.map((hash) => ({
    id: hash.slice(0, 7),
    diff: git('diff', '--no-color', '--no-ext-diff', '--find-renames', `${hash}^`, hash),
    subjects: git('log', `--max-count=${LOG_COUNT}`, '--no-merges', '--format=%s', `${hash}^`)
      .trim()
      .split('\n'),
    subject: git('log', '-1', '--format=%s', hash).trim(),
  }));
}

function diffCases(folder: string): readonly CommitCase[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.diff'));
  return names.sort().map((name) => ({
    id: basename(name, '.diff'),
    diff: readFileSync(join(folder, name), 'utf8'),
    subjects: [],
    subject: '',
  }));
}

function table(): string {
  const count = (test: (line: WrittenLine) => boolean): string => `${lines.filter(test).length}`;
  const times = lines.map(({ seconds }) => seconds).sort((one, other) => one - other);
  return textTable(
    ['commits', 'model', 'names', 'shares', 'repeats', 'form', 'median s'],
    [
      [
        `${lines.length}`,
        count(({ origin }) => origin === 'model'),
        count(({ names }) => names),
        count(({ shares }) => shares),
        count(({ repeats }) => repeats),
        count(({ form }) => form),
        (times[Math.floor(times.length / 2)] ?? 0).toFixed(1),
      ],
    ],
  );
}
