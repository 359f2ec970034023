/** What can be counted about a line for a commit, apart from the product's own checks. */
import { basename } from 'node:path/posix';
import { factsOf } from '../../src/engine/edit/commit/changeFacts.js';
import { readDiff } from '../../src/engine/edit/commit/diffReader.js';
import { styledSubject } from '../../src/engine/edit/commit/subjectForm.js';
import { columnsOf, styleOf } from '../../src/engine/edit/commit/subjectStyle.js';

export interface CommitFigures {
  readonly names: boolean;
  readonly shares: boolean;
  readonly repeats: boolean;
  readonly form: boolean;
}

interface KnownCommit {
  readonly diff: string;
  readonly subjects: readonly string[];
  readonly subject: string;
}

const MIN_WORD = 4;
/** Letters by which two forms of a word are the same. */
const STEM = 5;

export function figuresOf({ diff, subjects, subject }: KnownCommit, message: string): CommitFigures {
  const facts = factsOf(readDiff(diff));
  const style = styleOf(subjects);
  const { added, removed, changed } = facts.symbols;
  const paths = facts.files.flatMap(({ path, oldPath = path }) => [path, oldPath]);
  const names = [...added, ...removed, ...changed, ...paths.map((path) => basename(path))];
  const own = stems(message);
  const wanted = [...stems(subject)];
  return {
    names: [...stems(names.join(' '))].some((stem) => own.has(stem)),
    shares: wanted.length > 0 && wanted.filter((stem) => own.has(stem)).length * 2 >= wanted.length,
    repeats: style.subjects.some((each) => each.toLowerCase() === message.toLowerCase()),
    form: styledSubject(message, facts, style) === message && columnsOf(message) <= style.maxColumns,
  };
}

/** Of the parts of `camelCase` and `snake_case` names, too. */
function stems(text: string): ReadonlySet<string> {
  const words = text.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').match(/\p{L}+/gu) ?? [];
  return new Set(
    words.filter((word) => word.length >= MIN_WORD).map((word) => word.toLowerCase().slice(0, STEM)),
  );
}
