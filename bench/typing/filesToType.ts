import { SeededRandom } from '../corpus/random.js';
import { sourceFiles, type SourceFile } from '../corpus/sourceFiles.js';
import type { FileToType } from './openFile.js';
import type { Visit } from './replay.js';

export interface FilesOptions {
  /** Approximate number of keys per file. */
  readonly keys: number;
  readonly seed: number;
  readonly language?: string;
}

const LANGUAGES: readonly SourceFile['language'][] = ['typescript', 'javascript', 'python'];
/** Share of the typing done in each visit to a file. */
const VISIT_SHARES = [0.4, 0.3, 0.3];
const MAX_SIZE = 25_000;

/** One session per language: a part of each of two real files of a project is retyped, alternating between the files. */
export function filesToType({ keys, seed, language }: FilesOptions): Visit[][] {
  const all = sourceFiles(process.env['YOUTU_ROOT'] ?? process.cwd()).filter(
    ({ text }) => text.length <= MAX_SIZE && text.length > 4 * keys && /^[\t\n\x20-\x7e]*$/.test(text),
  );
  const languages = LANGUAGES.filter((each) => language === undefined || each === language);
  return languages.map((each) => {
    const random = new SeededRandom(seed);
    const files = all.filter((file) => file.language === each);
    const first = random.pick(files);
    const others = files.filter((file) => file !== first);
    const sameProject = others.filter(({ project }) => project === first.project);
    const second = random.pick(sameProject.length > 0 ? sameProject : others);
    return alternate([cutFile(first, keys, random), cutFile(second, keys, random)]);
  });
}

/** Removes a sequence of whole lines from a file, to be typed. */
function cutFile(
  { language, project, path, text }: SourceFile,
  keys: number,
  random: SeededRandom,
): FileToType {
  const lines = text.split('\n');
  const starts = lines.map((_, number) => lines.slice(0, number).join('\n').length + (number === 0 ? 0 : 1));
  const candidates = starts.filter((start, number) => {
    const line = lines[number] ?? '';
    return /^\s*[\w@{(]/.test(line) && start > text.length / 5 && start < text.length - 2.5 * keys;
  });
  const lineStart = random.pick(candidates);
  const start = lineStart + (/^\s*/.exec(text.slice(lineStart).split('\n', 1)[0] ?? '')?.[0].length ?? 0);
  const end = lineEndAfter(text, start, keys);
  const name = `${project}/${path}`;
  return {
    name,
    uri: `file:///typing/${name}`,
    language,
    text: text.slice(0, start) + text.slice(end),
    start,
    goal: { text, end },
  };
}

function lineEndAfter(text: string, start: number, keys: number): number {
  let remaining = keys;
  for (const match of text.slice(start).matchAll(/\n[ \t]*|[^\n]/g)) {
    if (remaining-- <= 0 && match[0].startsWith('\n')) return start + match.index;
  }
  return text.length;
}

function alternate(files: readonly FileToType[]): Visit[] {
  let done = 0;
  return VISIT_SHARES.flatMap((share) => {
    done += share;
    return files.map((file) => ({ file, until: Math.min(file.goal.end, stopAt(file, done)) }));
  });
}

/** The end of a line at about this share of the text to type. */
function stopAt({ start, goal }: FileToType, share: number): number {
  if (share > 0.99) return goal.end;
  const end = goal.text.indexOf('\n', start + Math.round((goal.end - start) * share));
  return end < 0 ? goal.end : end;
}
