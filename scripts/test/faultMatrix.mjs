// The table of docs/reliability.md: each row has a fault, how it is made, what must happen, and the test of that.
import { readFileSync } from 'node:fs';
import { Failure } from '../tools/command.mjs';
import { inRoot } from '../tools/paths.mjs';

const DOCUMENT = 'docs/reliability.md';
const COLUMNS = 5;
/** The last cell: a kind of tests, the file's name, and a part of the test's full title. */
const TEST = /^(?<kind>[a-z]+): (?<file>\S+\.test\.ts) "(?<title>.+)"$/;

/** @returns the rows of the document's table */
export function readFaultMatrix() {
  return parseFaultMatrix(readFileSync(inRoot(DOCUMENT), 'utf8'));
}

/**
 * @param {string} markdown
 * @throws {Failure} when a row of five cells has no test in its last one
 */
export function parseFaultMatrix(markdown) {
  const rows = [];
  for (const [index, line] of markdown.split('\n').entries()) {
    if (!line.startsWith('|')) continue;
    const cells = line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'));
    const isHeading = cells.every((cell) => /^:?-+:?$/.test(cell)) || cells.at(-1) === 'test';
    if (cells.length !== COLUMNS || isHeading) continue;
    const test = TEST.exec(cells[COLUMNS - 1])?.groups;
    if (test === undefined)
      throw new Failure(
        `${DOCUMENT}:${index + 1}: the last cell must be: KIND: FILE.test.ts "part of the test's full title"`,
      );
    rows.push({ area: cells[0], fault: cells[1], line: index + 1, ...test });
  }
  return rows;
}

/** @returns a regular expression, as text, that finds the tests of a kind that the rows name */
export function grepForKind(rows, kind) {
  return rows
    .filter((row) => row.kind === kind)
    .map(({ title }) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
}

/**
 * Compares the rows with the tests that ran.
 * @param rows of the table
 * @param results of the kinds that ran, with the title and file of each test
 * @returns one result: each row whose test ran is passed, each other is failed
 */
export function checkFaultMatrix(rows, results) {
  const failedTests = rows
    .filter(({ kind, file, title }) => {
      const { times = [] } = results.find(({ name }) => name === kind) ?? {};
      return !times.some((test) => !test.isHook && test.file === file && test.title.includes(title));
    })
    .map(({ line, kind, file, title }) => ({
      title: `${DOCUMENT}:${line}`,
      message: `No test ran in ${kind}, ${file}, whose title has "${title}".`,
    }));
  const failed = failedTests.length;
  return { name: 'matrix', passed: rows.length - failed, failed, failedTests, ms: 0 };
}
