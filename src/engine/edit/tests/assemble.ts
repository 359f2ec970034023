/** Puts tests into the text of a test file: a new one, or one that is there. */
import type { TestFrame, TestImport } from './testFrame.js';

/** @param text of the test file; `undefined` for a new one; @param tests lines that `open` and `close` are around */
export function withTests(
  frame: TestFrame,
  text: string | undefined,
  tests: readonly string[],
  languageId: string,
): string {
  const body = tests.join('\n');
  const needed = frame.imports.filter(
    ({ names, isOptional }) => isOptional !== true || names.some((name) => hasWord(body, name)),
  );
  if (text === undefined || text.trim() === '') return newFile(frame, needed, tests);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const added = frame.isMember ? tests : [...frame.open, ...tests, ...frame.close];
  const unique = withUniqueNames(added.join('\n'), text, frame).split('\n');
  const place = frame.isMember ? memberPlace(lines) : endPlace(lines, languageId);
  const gap = Array.from(
    { length: frame.isMember || frame.testName === undefined ? 1 : frame.gap },
    () => '',
  );
  const before = lines.slice(0, place);
  while (before.at(-1)?.trim() === '') before.pop();
  const rest = lines.slice(place);
  const after =
    rest.length === 0 || rest.every((line) => line === '') ? [''] : frame.isMember ? rest : [...gap, ...rest];
  const all = [...before, ...gap, ...unique, ...after];
  return insertImports(all, missingImports(needed, text), languageId).join(lineEnd);
}

function newFile(frame: TestFrame, needed: readonly TestImport[], tests: readonly string[]): string {
  const blank = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : [...lines, '']);
  const imports = grouped(needed.map(({ line }) => line));
  const gap = frame.gap === 2 && imports.length > 0 ? [''] : [];
  return [...blank(frame.head), ...blank(imports), ...gap, ...frame.open, ...tests, ...frame.close, ''].join(
    '\n',
  );
}

const IMPORT =
  /^(?:import\b|from\s+\S+\s+import\b|(?:const|let|var)\s.*=\s*require\(|\}\s*(?:from\b|=\s*require\()|using\s[\w.]+;|use\s[\w\\ ]+;|require(?:_relative)?\s)/;

/** What the file doesn't know yet. A name that it knows otherwise stays as it is. */
function missingImports(needed: readonly TestImport[], text: string): readonly TestImport[] {
  const lines = text.split(/\r?\n/);
  const imports = lines.slice(0, importsEnd(lines)).join('\n');
  return needed.flatMap((each) => {
    // In JavaScript the path of a module often has the name that it exports.
    const isScript = /\bfrom\s+['"]|\brequire\(/.test(each.line);
    const known = isScript ? imports.replaceAll(/(['"])[^'"]*\1/g, '') : imports;
    const missing = each.names.filter((name) => !hasWord(known, name));
    if (missing.length === 0) return [];
    if (missing.length === each.names.length) return [each];
    // Of several names, those that are there would be declared twice.
    return [{ ...each, line: each.line.replace(/\{[^}]*\}/, `{ ${missing.join(', ')} }`) }];
  });
}

function insertImports(lines: readonly string[], added: readonly TestImport[], languageId: string): string[] {
  if (added.length === 0) return [...lines];
  const hasImports = importsEnd(lines) > 0;
  const head = lines.findIndex((line) => /^(?:package\s|<\?php|#!|['"]use strict)/.test(line));
  const at = hasImports ? importsEnd(lines) : head + 1;
  const extra = added.map(({ line }) => line);
  if (languageId === 'go' && lines[at - 1] === ')') return insertIntoGroup(lines, at - 1, extra);
  const isAtTop = !hasImports && at === 0;
  const gap = isAtTop && languageId === 'python' ? [''] : isAtTop ? [''] : [];
  const lead = !hasImports && at > 0 ? [''] : [];
  return [...lines.slice(0, at), ...lead, ...extra, ...gap, ...lines.slice(at)];
}

/** Below the last import, whose names may go on over the next lines, up to a bracket; 0 without one. */
function importsEnd(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => IMPORT.test(line));
  let end = last + 1;
  if (/\(\s*$/.test(lines[last] ?? '')) while (end < lines.length && !/^\)/.test(lines[end - 1] ?? '')) end++;
  return end;
}

const GO_IMPORT = /^import ("[^"]+")$/;

/** Several packages of Go in one statement, as its formatter orders them. */
function grouped(lines: readonly string[]): readonly string[] {
  if (lines.length < 2 || !lines.every((line) => GO_IMPORT.test(line))) return lines;
  return ['import (', ...lines.map((line) => line.replace(GO_IMPORT, '\t$1')).sort(), ')'];
}

/** After the packages of Go's own library, which stand first. */
function insertIntoGroup(lines: readonly string[], close: number, added: readonly string[]): string[] {
  const own = lines.slice(0, close).findLastIndex((line) => /^\s*"[\w/]+"$/.test(line));
  const at = own < 0 ? close : own + 1;
  return [...lines.slice(0, at), ...added.map((line) => line.replace(GO_IMPORT, '\t$1')), ...lines.slice(at)];
}

/** Before the line that closes the class or the module of the tests. */
function memberPlace(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => /^\}/.test(line));
  const inner = lines.findLastIndex((line, index) => index < last && /^ {4}\}/.test(line));
  // The class may be in a namespace with braces.
  const isNested = lines.some((line) => /^namespace\s[\w.]+\s*\{?\s*$/.test(line));
  return isNested && inner >= 0 ? inner : last < 0 ? lines.length : last;
}

function endPlace(lines: readonly string[], languageId: string): number {
  const main = languageId === 'python' ? lines.findIndex((line) => /^if __name__ ==/.test(line)) : -1;
  return main < 0 ? lines.length : main;
}

/** In some languages two tests of one name are an error, or the first one is never run. */
function withUniqueNames(added: string, text: string, { testName }: TestFrame): string {
  if (testName === undefined) return added;
  let result = added;
  for (const name of new Set([...added.matchAll(testName)].map(([, found]) => found ?? ''))) {
    if (!hasWord(text, name)) continue;
    let count = 2;
    while (hasWord(text, `${name}_${count}`) || hasWord(added, `${name}_${count}`)) count++;
    result = result.replaceAll(wordPattern(name), `${name}_${count}`);
  }
  return result;
}

function wordPattern(name: string): RegExp {
  const escaped = name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'gu');
}

export function hasWord(text: string, name: string): boolean {
  return wordPattern(name).test(text);
}
