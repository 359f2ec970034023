import { SeededRandom } from '../corpus/random.js';
import { sourceFiles, type SourceFile } from '../corpus/sourceFiles.js';
import type { FileToType } from './openFile.js';
import type { Visit } from './replay.js';

export interface FilesOptions {
  /** About so many a file. */
  readonly keys: number;
  readonly seed: number;
  readonly language?: string;
}

const LANGUAGES: readonly SourceFile['language'][] = ['typescript', 'javascript', 'python'];
/** So much of the typing is done at each stay in a file. */
const STAYS = [0.4, 0.3, 0.3];
const MAX_SIZE = 25_000;

/** For each language a session over two real files of one project, a piece of each being typed anew, in turns. */
export function filesToType({ keys, seed, language }: FilesOptions): Visit[][] {
  const all = sourceFiles(process.env['YOUTU_ROOT'] ?? process.cwd()).filter(
    ({ text }) => text.length <= MAX_SIZE && text.length > 4 * keys && /^[\t\n\x20-\x7e]*$/.test(text),
  );
  const wanted = LANGUAGES.filter((each) => language === undefined || each === language);
  return wanted.map((each) => {
    const random = new SeededRandom(seed);
    const files = all.filter((file) => file.language === each);
    const first = random.pick(files);
    const others = files.filter((file) => file !== first);
    const near = others.filter(({ project }) => project === first.project);
    const second = random.pick(near.length > 0 ? near : others);
    return inTurns([cut(first, keys, random), cut(second, keys, random)]);
  });
}

/** Takes a run of whole lines out of a file, to be typed. */
function cut({ language, project, path, text }: SourceFile, keys: number, random: SeededRandom): FileToType {
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
  let left = keys;
  for (const match of text.slice(start).matchAll(/\n[ \t]*|[^\n]/g)) {
    if (left-- <= 0 && match[0].startsWith('\n')) return start + match.index;
  }
  return text.length;
}

function inTurns(files: readonly FileToType[]): Visit[] {
  let done = 0;
  return STAYS.flatMap((stay) => {
    done += stay;
    return files.map((file) => ({ file, until: Math.min(file.goal.end, stopAt(file, done)) }));
  });
}

/** A line's end at about this share of what is to be typed. */
function stopAt({ start, goal }: FileToType, share: number): number {
  if (share > 0.99) return goal.end;
  const end = goal.text.indexOf('\n', start + Math.round((goal.end - start) * share));
  return end < 0 ? goal.end : end;
}
