import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { seconds } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';

/** Lines of an error message that the list of failures shows. */
const MAX_MESSAGE_LINES = 12;
const SLOWEST_COUNT = 10;
/** One line of JSON per run: date, commit, whether there were local changes, and the counts and time of each kind. */
const HISTORY = inRoot('out/test-times.jsonl');

/**
 * Prints the failures, the slowest tests, and the counts and times of each kind with the change since its last run.
 * Appends the times to out/test-times.jsonl. The last line contains only the totals.
 * @param results of the kinds that ran
 * @param {{ ms: number, isPart: boolean }} run its total time, and whether only some tests of the kinds ran: such times
 *   are not stored
 * @returns the exit code
 */
export function report(results, { ms, isPart }) {
  printFailures(results);
  printRepeated(results);
  printSlowest(results);
  const last = readHistory();
  const total = { passed: 0, failed: 0 };
  console.log(`\n${row('', 'passed', 'failed', 'time', 'change')}`);
  for (const { name, passed, failed, ms: time } of results) {
    console.log(row(name, passed, failed, seconds(time), isPart ? '' : change(time, last(name))));
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`${row('all', total.passed, total.failed, seconds(ms))}\n`);
  if (!isPart) store(results, ms);
  const count = total.passed + total.failed;
  if (count === 0) console.log('No test matches.');
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && count > 0 ? 0 : 1;
}

/** Repeats the failures at the end of the log, where they are easy to find. */
function printFailures(results) {
  for (const { name, failedTests = [] } of results)
    for (const { title, message = '' } of failedTests) {
      const lines = message.split('\n').slice(0, MAX_MESSAGE_LINES);
      console.log(`\n✗ ${name}: ${title}${lines.map((line) => `\n    ${line}`).join('')}`);
    }
}

/** These may be faults of the product that show seldom. */
function printRepeated(results) {
  const all = results.flatMap(({ name, repeatedTests = [] }) =>
    repeatedTests.map((each) => ({ name, ...each })),
  );
  if (all.length === 0) return;
  console.log('\nFailed at first, and passed when repeated:');
  for (const { name, title, message } of all) console.log(`${name}: ${title}\n    ${message.split('\n')[0]}`);
}

function printSlowest(results) {
  const all = results.flatMap(({ name, times = [] }) => times.map((time) => ({ name, ...time })));
  const slowest = all.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST_COUNT);
  if (slowest.length === 0) return;
  console.log('\nSlowest tests:');
  for (const { name, file, title, ms } of slowest)
    console.log(`${seconds(ms).padStart(8)}  ${name} ${file}: ${title}`);
}

/** @returns a function that returns the time of a kind in the last stored run that included it */
function readHistory() {
  let runs = [];
  try {
    const lines = readFileSync(HISTORY, 'utf8').split('\n').filter(Boolean);
    runs = lines.map((line) => JSON.parse(line)).reverse();
  } catch {
    // No run has been stored yet.
  }
  return (name) => runs.find(({ kinds }) => kinds[name] !== undefined)?.kinds[name].ms;
}

function store(results, ms) {
  const kinds = Object.fromEntries(
    results.map(({ name, passed, failed, ms: time }) => [name, { passed, failed, ms: Math.round(time) }]),
  );
  mkdirSync(inRoot('out'), { recursive: true });
  const run = { date: new Date().toISOString(), ...commit(), ms: Math.round(ms), kinds };
  appendFileSync(HISTORY, `${JSON.stringify(run)}\n`);
}

function commit() {
  const git = (...args) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { commit: git('rev-parse', '--short', 'HEAD'), hasChanges: git('status', '--porcelain') !== '' };
  } catch {
    return {}; // Not a clone, or git is not installed.
  }
}

function change(ms, before) {
  if (before === undefined) return 'new';
  const difference = ms - before;
  return `${difference < 0 ? '−' : '+'}${seconds(Math.abs(difference))}`;
}

const row = (name, ...cells) => name.padEnd(10) + cells.map((cell) => `${cell}`.padStart(10)).join('');
