import { groupByProject } from './groupByProject.js';
import { codeLines } from './codeLines.js';
import type { SeededRandom } from './random.js';
import type { SourceFile } from './sourceFiles.js';

export type CutKind = 'lineStart' | 'word' | 'inWord' | 'block' | 'crossFile';

/** A file with a piece removed; the piece is the expected completion. */
export interface QualityCase {
  readonly name: string;
  readonly kind: CutKind;
  readonly file: SourceFile;
  readonly before: string;
  /** The removed text: the rest of a line or of a block. */
  readonly gap: string;
  /** Starts with a line break. */
  readonly after: string;
  /** In a cross-file case: the name that the completion needs, and the file that declares it. */
  readonly needs?: { readonly name: string; readonly file: SourceFile };
}

const KINDS = ['lineStart', 'word', 'inWord', 'block'] as const;
const MIN_GAP_LENGTH = 4;
const MAX_BLOCK_LINES = 8;
/** Each attempt picks a random line; most lines don't suit a given kind of cut. */
const ATTEMPTS_PER_CASE = 400;

/** Single-file cases, equally many of each kind; takes the projects in turn so that no large one dominates. */
export function cutCases(files: readonly SourceFile[], count: number, random: SeededRandom): QualityCase[] {
  const groups = groupByProject(files, ({ project }) => project);
  const projects = shuffle([...groups.keys()], random);
  const cases = new Map<string, QualityCase>();
  for (let attempt = 0; cases.size < count && attempt < count * ATTEMPTS_PER_CASE; attempt++) {
    const kind = KINDS[cases.size % KINDS.length] ?? 'lineStart';
    const file = random.pick(groups.get(projects[attempt % projects.length] ?? '') ?? []);
    const found = cutAt(file, kind, random);
    if (found !== undefined && !cases.has(found.name)) cases.set(found.name, found);
  }
  return [...cases.values()];
}

function cutAt(file: SourceFile, kind: CutKind, random: SeededRandom): QualityCase | undefined {
  const candidates = codeLines(file);
  if (candidates.length === 0) return undefined;
  const line = random.pick(candidates);
  const lines = file.text.split('\n');
  const text = lines[line] ?? '';
  const column = kind === 'word' || kind === 'inWord' ? columnAtWord(text, kind, random) : indentOf(text);
  if (column === undefined) return undefined;
  const count = kind === 'block' ? blockLength(lines, line) : 1;
  if (count === undefined) return undefined;
  return caseAt(file, kind, line, column, count);
}

/** @param count number of lines that the gap spans */
export function caseAt(
  file: SourceFile,
  kind: CutKind,
  line: number,
  column: number,
  count: number,
): QualityCase | undefined {
  const lines = file.text.split('\n');
  const text = lines[line] ?? '';
  const gap = [text.slice(column), ...lines.slice(line + 1, line + count)].join('\n');
  if (gap.trim().length < MIN_GAP_LENGTH) return undefined;
  const before = [...lines.slice(0, line), text.slice(0, column)].join('\n');
  return {
    name: `${file.project}/${file.path}:${line + 1}:${column + 1}`,
    kind,
    file,
    before,
    gap,
    after: file.text.slice(before.length + gap.length),
  };
}

/** A column before a word that isn't the first of the line, or inside any word. */
function columnAtWord(text: string, kind: 'word' | 'inWord', random: SeededRandom): number | undefined {
  const words = [...text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)];
  const candidates = kind === 'word' ? words.slice(1) : words.filter(([word]) => word.length >= 4);
  if (candidates.length === 0) return undefined;
  const word = random.pick(candidates);
  return word.index + (kind === 'word' ? 0 : 1 + random.below(word[0].length - 1));
}

/** Number of lines from `first` with at least its indentation, up to a blank line; `undefined` for one line or too many. */
function blockLength(lines: readonly string[], first: number): number | undefined {
  const indent = indentOf(lines[first] ?? '');
  let count = 1;
  for (const line of lines.slice(first + 1)) {
    if (line.trim() === '' || indentOf(line) < indent) break;
    count++;
  }
  const hasComment = lines
    .slice(first, first + count)
    .some((line) => /^\s*(?:\/\/|#|\/?\*|"""|''')/.test(line));
  return count >= 2 && count <= MAX_BLOCK_LINES && !hasComment ? count : undefined;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function shuffle<T>(list: readonly T[], random: SeededRandom): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const [a, b] = [result[i], result[j]];
    if (a !== undefined && b !== undefined) [result[i], result[j]] = [b, a];
  }
  return result;
}
