import { posix } from 'node:path';
import { groupByProject } from './groupByProject.js';
import { caseAt, type QualityCase } from './cutCases.js';
import { codeLines } from './codeLines.js';
import type { SeededRandom } from './random.js';
import type { SourceFile } from './sourceFiles.js';

const MIN_NAME_LENGTH = 5;
/** A name used in more projects (`toString`, `basename`) belongs to the language or its library. */
const MAX_PROJECTS_PER_NAME = 2;
const ATTEMPTS_PER_CASE = 300;
const MAX_PER_FILE = 2;

/**
 * Cases that need another file: the cursor is at a member or an argument that is declared in a file of the same
 * project, imported by a relative path, and whose name occurs nowhere else in the file.
 */
export function crossFileCases(
  files: readonly SourceFile[],
  count: number,
  random: SeededRandom,
): QualityCase[] {
  const byPath = new Map(files.map((file) => [posix.join(file.root, file.path), file]));
  const importers = files
    .map((file) => ({ file, imported: importedFiles(file, byPath) }))
    .filter(({ imported }) => imported.length > 0);
  const groups = groupByProject(importers, ({ file }) => file.project);
  const projects = [...groups.keys()];
  const projectsOf = projectsByIdentifier(files);
  const isProjectName = (name: string): boolean => (projectsOf.get(name)?.size ?? 0) <= MAX_PROJECTS_PER_NAME;
  const cases = new Map<string, QualityCase>();
  const perFile = new Map<SourceFile, number>();
  for (let attempt = 0; cases.size < count && attempt < count * ATTEMPTS_PER_CASE; attempt++) {
    const { file, imported } = random.pick(groups.get(projects[attempt % projects.length] ?? '') ?? []);
    if ((perFile.get(file) ?? 0) >= MAX_PER_FILE) continue;
    const found = caseIn(file, imported, isProjectName, random);
    if (found?.needs === undefined) continue;
    const key = `${found.file.root}/${found.file.path} ${found.needs.name}`;
    if (cases.has(key)) continue;
    cases.set(key, found);
    perFile.set(file, (perFile.get(file) ?? 0) + 1);
  }
  return [...cases.values()];
}

function caseIn(
  file: SourceFile,
  imported: readonly SourceFile[],
  isProjectName: (name: string) => boolean,
  random: SeededRandom,
): QualityCase | undefined {
  const candidates = codeLines(file);
  if (candidates.length === 0) return undefined;
  const line = random.pick(candidates);
  const text = file.text.split('\n')[line] ?? '';
  for (const match of text.matchAll(/(?<=[.(,] ?)[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
    const [name] = match;
    if (name.length < MIN_NAME_LENGTH || !isProjectName(name) || wordCount(file.text, name) !== 1) continue;
    const declaring = imported.find((other) => declares(other.text, name));
    if (declaring === undefined) continue;
    // A third of the cuts come after the name's first letter, as if the user had started to type it.
    const column = match.index + (random.below(3) === 0 ? 1 : 0);
    const found = caseAt(file, 'crossFile', line, column, 1);
    return found === undefined ? undefined : { ...found, needs: { name, file: declaring } };
  }
  return undefined;
}

function importedFiles(file: SourceFile, byPath: ReadonlyMap<string, SourceFile>): SourceFile[] {
  const folder = posix.dirname(posix.join(file.root, file.path));
  const targets = file.language === 'python' ? pythonTargets(file) : scriptTargets(file);
  return targets
    .map((target) => candidatePaths(posix.join(folder, target)).map((path) => byPath.get(path)))
    .flatMap((found) => found.find((other) => other !== undefined) ?? [])
    .filter((other) => other !== file);
}

function scriptTargets({ text }: SourceFile): string[] {
  return [...text.matchAll(/(?:\bfrom|\brequire\()\s*['"](\.{1,2}\/[^'"]+)['"]/g)].map(
    ([, target]) => target ?? '',
  );
}

/** `from .b import name`, `from . import b`; in the standard library's packages also `from asyncio import b`. */
function pythonTargets({ text, project }: SourceFile): string[] {
  return [...text.matchAll(/^\s*from (\.*)([\w.]*) import \(?([\w, ]+)/gm)].flatMap(
    ([, dots = '', module = '', names = '']) => {
      if (dots === '' && module.split('.')[0] !== project) return [];
      const up = '../'.repeat(Math.max(0, dots.length - 1));
      const inside = dots === '' ? module.split('.').slice(1) : module.split('.');
      const base = up + inside.filter((part) => part !== '').join('/');
      return [base, ...names.split(',').map((name) => posix.join(base, name.trim()))];
    },
  );
}

function candidatePaths(path: string): string[] {
  const stem = path.replace(/\.(?:js|mjs|cjs|ts)$/, '');
  return [
    path,
    ...['.ts', '.js', '.mjs', '.py', '/index.ts', '/index.js', '/__init__.py'].map((end) => stem + end),
  ];
}

function projectsByIdentifier(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const projects = new Map<string, Set<string>>();
  for (const { text, project } of files)
    for (const name of new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))) {
      const projectsOfName = projects.get(name) ?? new Set();
      projects.set(name, projectsOfName.add(project));
    }
  return projects;
}

function wordCount(text: string, word: string): number {
  return (
    text.split(new RegExp(`(?<![\\p{L}\\p{N}_$])${escapeRegExp(word)}(?![\\p{L}\\p{N}_$])`, 'u')).length - 1
  );
}

/** Whether a line looks like a declaration of the name: a member, field, function or constant. */
function declares(text: string, name: string): boolean {
  return new RegExp(
    `^[ \\t]*(?:(?:export|default|public|private|protected|static|readonly|abstract|async|get|set|declare|const|let|var|function|class|interface|type|enum|def)\\s+)*(?:(?:this|self|exports|module\\.exports)\\.)?${escapeRegExp(name)}\\s*[?!]?\\s*[(:=<{]`,
    'm',
  ).test(text);
}

/** `$` is the only character of an identifier that is special in a regular expression. */
function escapeRegExp(identifier: string): string {
  return identifier.replaceAll('$', '\\$');
}
