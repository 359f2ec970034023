/** What code can tell of a change without a model. */
import { languageOf, languageOfFile } from '../../language/languageOf.js';
import type { ChangedFile } from './diffReader.js';
import { fileKindOf, type FileKind } from './fileKinds.js';

/** The whole change in a word; `mixed` when the files differ in kind. */
export type ChangeKind =
  | 'rename'
  | 'format'
  | 'comments'
  | 'mode'
  | 'binary'
  | 'submodule'
  | 'secret'
  | 'dependencies'
  | 'tests'
  | 'docs'
  | 'ci'
  | 'generated'
  | 'added'
  | 'removed'
  | 'code'
  | 'mixed';

/** A dependency in a manifest. */
interface DependencyChange {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ChangeFacts {
  readonly files: readonly ChangedFile[];
  readonly kind: ChangeKind;
  /** Names of functions, types and constants, the ones with the most changed lines first. */
  readonly symbols: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
  readonly dependencies: readonly DependencyChange[];
  readonly languages: readonly string[];
}

const DECLARATION =
  /^\s*(?:(?:export|default|public|private|protected|internal|static|abstract|async|final|pub(?:\([^)]*\))?|override|readonly|declare|inline|const(?=\s+fn)|unsafe|virtual)\s+)*(?:function\*?|def|class|fn|func(?:\s*\([^)]*\))?|interface|struct|enum|trait|type|module|namespace|record|object|protocol|macro_rules!|const|let|var)\s+([A-Za-z_$][\w$]*)/;
/** Constants and variables count only at the margin: others are details of a function. */
const VARIABLE = /^\s+(?:export\s+)?(?:const|let|var)\s/;
/** A method, or a function of C after its type; not a sentence of a comment. */
const CALL_HEAD = /^[\w\s*&:<>,~[\]$.@]*?([A-Za-z_$][\w$]*)\s*\(/;
const NOT_NAMES = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'catch',
  'describe',
  'it',
  'test',
  'function',
  'import',
  'await',
  'else',
  'elif',
  'throw',
  'typeof',
  'super',
  'assert',
  'foreach',
]);
const MAX_SYMBOLS = 8;
const DEPENDENCY =
  /^\s*(?:"([@\w./-]+)"\s*:\s*"[~^>=<v ]*(\d[\w.+-]*)"|([A-Za-z][\w.-]*)\s*=\s*(?:\{\s*version\s*=\s*)?"[~^>=<v ]*(\d[\w.+-]*)"|([A-Za-z][\w.[\]-]*)\s*[=~>]=\s*(\d[\w.+*-]*)|(?:require\s+)?([\w.-]+(?:\/[\w.-]+)+)\s+v(\d[\w.+-]*)|gem\s+["']([\w-]+)["']\s*,\s*["'][~^>=< ]*(\d[\w.]*)["'])/;

export function factsOf(files: readonly ChangedFile[]): ChangeFacts {
  const dependencies = dependencyChanges(files);
  return {
    files,
    kind: kindOf(files, dependencies),
    symbols: symbolsOf(files),
    dependencies,
    languages: languagesOf(files),
  };
}

function kindOf(files: readonly ChangedFile[], dependencies: readonly DependencyChange[]): ChangeKind {
  const all = (test: (file: ChangedFile) => boolean): boolean => files.every(test);
  const hasNoLines = ({ added, removed }: ChangedFile): boolean => added + removed === 0;
  if (all(({ content }) => content === 'secret')) return 'secret';
  if (all(({ content }) => content === 'submodule')) return 'submodule';
  if (all((file) => file.change === 'renamed' && hasNoLines(file))) return 'rename';
  if (all((file) => file.hasNewMode && hasNoLines(file) && file.change === 'changed')) return 'mode';
  if (all(isFormatted)) return 'format';
  if (all(isCommented)) return 'comments';
  const kinds = new Set(files.map(({ path }) => fileKindOf(path)));
  const only = (...allowed: readonly FileKind[]): boolean =>
    [...kinds].every((kind) => allowed.includes(kind));
  if (only('lock') || (only('lock', 'manifest') && hasOnlyDependencies(files, dependencies)))
    return 'dependencies';
  if (all(({ content }) => content === 'binary')) return 'binary';
  if (only('test')) return 'tests';
  if (only('docs')) return 'docs';
  if (only('ci')) return 'ci';
  if (only('generated', 'lock')) return 'generated';
  if (all(({ change }) => change === 'added')) return 'added';
  if (all(({ change }) => change === 'removed')) return 'removed';
  return kinds.size === 1 ? 'code' : 'mixed';
}

/** Only blanks, indentation and line breaks differ, and they have no meaning in the language. */
function isFormatted(file: ChangedFile): boolean {
  const { change, content, added, removed, isWhole, hunks, path } = file;
  if (change !== 'changed' || content !== 'text' || !isWhole || added + removed === 0) return false;
  const isFree = languageOf(languageOfFile(path, '')).indentation === 'free';
  const side = (sign: string): string => {
    const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith(sign));
    const texts = lines.map((line) => line.slice(1).trimEnd());
    return isFree ? withoutBlanks(texts.join('\n')) : texts.filter((line) => line !== '').join('\n');
  };
  return side('+') === side('-');
}

/** A blank between two words is kept: without it they are another word. Formatters add and remove last commas. */
function withoutBlanks(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ (?=\W|$)|(?<=\W|^) /g, '')
    .replace(/,(?=[)\]}])/g, '');
}

/** Only comments that have lines of their own differ. */
function isCommented({ change, content, added, removed, isWhole, hunks, path }: ChangedFile): boolean {
  if (change !== 'changed' || content !== 'text' || !isWhole || added + removed === 0) return false;
  const { lineComment, blockComment, isProse } = languageOf(languageOfFile(path, ''));
  const starts = [lineComment, ...(blockComment ?? [])].filter((start) => start !== '');
  if (isProse || starts.length === 0) return false;
  if (blockComment?.[0] === '/*') starts.push('* ', '*\n');
  return hunks
    .flatMap(({ lines }) => lines)
    .filter((line) => /^[+-]\s*\S/.test(line))
    .every((line) => starts.some((start) => `${line.slice(1).trim()}\n`.startsWith(start)));
}

function hasOnlyDependencies(
  files: readonly ChangedFile[],
  dependencies: readonly DependencyChange[],
): boolean {
  const lines = files
    .filter(({ path }) => fileKindOf(path) === 'manifest')
    .flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines))
    .filter((line) => /^[+-]\s*\S/.test(line));
  return dependencies.length > 0 && lines.every((line) => DEPENDENCY.test(line.slice(1)));
}

function dependencyChanges(files: readonly ChangedFile[]): DependencyChange[] {
  const found = new Map<string, { name: string; from?: string; to?: string }>();
  for (const { path, hunks } of files) {
    if (fileKindOf(path) !== 'manifest') continue;
    for (const line of hunks.flatMap((hunk) => hunk.lines)) {
      if (line.startsWith(' ')) continue;
      const all: readonly (string | undefined)[] = DEPENDENCY.exec(line.slice(1))?.slice(1) ?? [];
      const groups = all.filter((group) => group !== undefined);
      const [name, version] = groups;
      // The project's own version.
      if (name === undefined || version === undefined || name === 'version') continue;
      const change = found.get(name) ?? { name };
      if (line.startsWith('+')) change.to = version;
      else change.from = version;
      found.set(name, change);
    }
  }
  return [...found.values()].filter(({ from, to }) => from !== to);
}

function symbolsOf(files: readonly ChangedFile[]): ChangeFacts['symbols'] {
  const signs = new Map<string, Set<string>>();
  const weights = new Map<string, number>();
  const note = (name: string | undefined, sign: string, weight: number): void => {
    if (name === undefined || NOT_NAMES.has(name)) return;
    signs.set(name, (signs.get(name) ?? new Set()).add(sign));
    weights.set(name, (weights.get(name) ?? 0) + weight);
  };
  for (const { hunks, path } of files) {
    if (languageOf(languageOfFile(path, '')).isProse) continue;
    for (const { heading, lines } of hunks) {
      let around = nameIn(heading);
      for (const line of lines) {
        const text = line.slice(1);
        const declared = declaredName(text);
        if (line.startsWith(' ')) around = declared ?? around;
        else note(declared ?? around, declared === undefined ? ' ' : (line[0] ?? ' '), 1);
      }
    }
  }
  const names = [...signs.keys()].sort((one, other) => (weights.get(other) ?? 0) - (weights.get(one) ?? 0));
  const only = (sign: string): string[] =>
    names.filter((name) => signs.get(name)?.size === 1 && signs.get(name)?.has(sign)).slice(0, MAX_SYMBOLS);
  const [added, removed] = [only('+'), only('-')];
  const changed = names.filter((name) => !added.includes(name) && !removed.includes(name));
  return { added, removed, changed: changed.slice(0, MAX_SYMBOLS) };
}

/** The function, type or constant that a line defines; variables only at the margin. */
export function declaredName(line: string): string | undefined {
  return VARIABLE.test(line) ? undefined : DECLARATION.exec(line)?.[1];
}

function nameIn(heading: string): string | undefined {
  const name = DECLARATION.exec(heading)?.[1] ?? CALL_HEAD.exec(heading)?.[1];
  return name !== undefined && NOT_NAMES.has(name) ? undefined : name;
}

function languagesOf(files: readonly ChangedFile[]): string[] {
  const lines = new Map<string, number>();
  for (const { path, content, added, removed } of files) {
    if (content !== 'text') continue;
    const { name } = languageOf(languageOfFile(path, ''));
    lines.set(name, (lines.get(name) ?? 0) + added + removed + 1);
  }
  return [...lines].sort(([, one], [, other]) => other - one).map(([name]) => name);
}
