/** The subject that code alone can write: less than a model says, but true. */
import { basename, dirname } from 'node:path/posix';
import type { ChangeFacts } from './changeFacts.js';
import type { ChangedFile } from './diffReader.js';
import { fileKindOf } from './fileKinds.js';
import type { Script } from './subjectStyle.js';

/** Words in the two languages that lines are written in without a model; all others get English. */
interface Wording {
  readonly verbs: Readonly<
    Record<'add' | 'remove' | 'update' | 'format' | 'rename' | 'move' | 'copy' | 'mode', string>
  >;
  readonly files: (count: number) => string;
  readonly to: string;
  readonly within: (what: string, where: string) => string;
  readonly and: string;
  readonly dependencies: string;
  readonly tests: (of: string) => string;
  readonly comments: (of: string) => string;
  readonly verbGap: string;
}

const ENGLISH: Wording = {
  verbs: {
    add: 'Add',
    remove: 'Remove',
    update: 'Update',
    format: 'Format',
    rename: 'Rename',
    move: 'Move',
    copy: 'Copy',
    mode: 'Change the mode of',
  },
  files: (count) => `${count} files`,
  to: ' to ',
  within: (what, where) => `${what} in ${where}`,
  and: ' and ',
  dependencies: 'dependencies',
  tests: (of) => `tests of ${of}`,
  comments: (of) => `comments in ${of}`,
  verbGap: ' ',
};

const CHINESE: Wording = {
  verbs: {
    add: '添加',
    remove: '删除',
    update: '更新',
    format: '格式化',
    rename: '重命名',
    move: '移动',
    copy: '复制',
    mode: '修改文件权限：',
  },
  files: (count) => `${count} 个文件`,
  to: ' → ',
  within: (what, where) => `${where} 中的 ${what}`,
  and: '、',
  dependencies: '依赖',
  tests: (of) => `${of} 的测试`,
  comments: (of) => `${of} 的注释`,
  verbGap: ' ',
};

export function factSubject(facts: ChangeFacts, script: Script): string {
  const words = script === 'chinese' ? CHINESE : ENGLISH;
  const { verbs, verbGap } = words;
  const { files, kind, dependencies } = facts;
  const [first] = files;
  const line = (verb: keyof Wording['verbs'], what: string): string => `${verbs[verb]}${verbGap}${what}`;
  switch (kind) {
    case 'rename':
      return renameSubject(files, words);
    case 'format':
      return line('format', filesText(files, words));
    case 'comments':
      return line('update', words.comments(filesText(files, words)));
    case 'mode':
      return line('mode', filesText(files, words));
    case 'dependencies': {
      const [only] = dependencies;
      if (only === undefined || dependencies.length > 1) return line('update', words.dependencies);
      if (only.to === undefined) return line('remove', only.name);
      return only.from === undefined
        ? line('add', only.name)
        : line('update', `${only.name}${words.to}${only.to}`);
    }
    case 'tests':
      if (files.length === 1 && first !== undefined)
        return line(
          verbOf(files),
          words.tests(first.path.replace(/^.*\//, '').replace(/(?:[._-](?:test|spec))?\.\w+$|^test_/g, '')),
        );
      return line(verbOf(files), filesText(files, words));
    default:
      return line(codeVerb(facts), codeText(facts, words));
  }
}

function verbOf(files: readonly ChangedFile[]): 'add' | 'remove' | 'copy' | 'update' {
  const all = (change: ChangedFile['change']): boolean => files.every((file) => file.change === change);
  return all('added') ? 'add' : all('removed') ? 'remove' : all('copied') ? 'copy' : 'update';
}

/** A file gains what is new in it, or loses what is gone. */
function codeVerb({ files, symbols }: ChangeFacts): 'add' | 'remove' | 'copy' | 'update' {
  const { added, removed, changed } = symbols;
  const verb = verbOf(files);
  if (verb !== 'update' || changed.length > 0) return verb;
  if (added.length > 0 && removed.length === 0) return 'add';
  return removed.length > 0 && added.length === 0 ? 'remove' : verb;
}

/** Names of code, where there are any, with the file, or the folder that has all of its files. */
function codeText({ files, symbols, kind }: ChangeFacts, words: Wording): string {
  if (verbOf(files) !== 'update') return filesText(files, words);
  const code = files.filter(({ path }) => fileKindOf(path) === 'code');
  const own = kind === 'mixed' && code.length > 0 ? code : files;
  const names = [...symbols.changed, ...symbols.added, ...symbols.removed].slice(0, 2);
  if (names.length > 0) return words.within(names.join(words.and), whereText(own, words));
  const heading = kind === 'docs' && files.length === 1 ? sectionOf(files) : undefined;
  return heading === undefined ? filesText(files, words) : words.within(heading, filesText(files, words));
}

function whereText(files: readonly ChangedFile[], words: Wording): string {
  const folder = commonFolder(files.map(({ path }) => path));
  return files.length <= 2 || folder === '' ? filesText(files, words) : folder;
}

/** The last heading above the first change of a text. */
function sectionOf(files: readonly ChangedFile[]): string | undefined {
  const lines = files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
  const changed = lines.findIndex((line) => /^[+-]\s*\S/.test(line));
  const heading = lines.slice(0, changed + 1).findLast((line) => /^[ +]#{1,6} \S/.test(line));
  return heading?.slice(1).replace(/^#+ /, '').replaceAll('`', '').trim();
}

function renameSubject(files: readonly ChangedFile[], words: Wording): string {
  const { verbs, to, verbGap } = words;
  const [first] = files;
  const folders = new Set(files.map(({ path }) => dirname(path)));
  const isMove = files.every(({ path, oldPath = path }) => basename(path) === basename(oldPath));
  const [target = '.'] = folders;
  const into = folders.size === 1 ? `${to}${target === '.' ? '/' : target}` : '';
  if (files.length > 1)
    return `${isMove ? verbs.move : verbs.rename}${verbGap}${words.files(files.length)}${isMove ? into : ''}`;
  const { path = '', oldPath = '' } = first ?? {};
  return isMove
    ? `${verbs.move}${verbGap}${basename(path)}${into}`
    : `${verbs.rename}${verbGap}${basename(oldPath)}${to}${basename(path)}`;
}

/** One or two names; of more files the number and their folder. */
function filesText(files: readonly ChangedFile[], words: Wording): string {
  const names = files.map(({ path }) => basename(path));
  if (names.length <= 2) return names.join(words.and);
  const folder = commonFolder(files.map(({ path }) => path));
  return folder === '' ? words.files(files.length) : words.within(words.files(files.length), folder);
}

function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split('/').slice(0, -1));
  const length = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (length < 0 ? first : first.slice(0, length)).join('/');
}
