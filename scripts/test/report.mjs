import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { seconds } from '../tools/command.mjs';
import { inRoot, root } from '../tools/paths.mjs';

/** Lines of a failure's message that the list at the end repeats. */
const MAX_MESSAGE_LINES = 12;
const SLOWEST_COUNT = 10;
/** One JSON object a line for each run: date, commit, whether it had changes, and each kind's counts and time. */
const HISTORY = inRoot('out/test-times.jsonl');

/**
 * Prints what failed, the slowest tests, and the counts and times of each kind with the change against its last run;
 * keeps the times in out/test-times.jsonl. The totals are alone on the last line.
 * @param results of the kinds that ran
 * @param {{ ms: number, isPart: boolean }} run its whole time, and whether only some tests of the kinds ran: such
 *   times are not kept
 * @returns the exit code
 */
export function report(results, { ms, isPart }) {
  printFailures(results);
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
  if (!isPart) keep(results, ms);
  const count = total.passed + total.failed;
  if (count === 0) console.log('No test matches.');
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && count > 0 ? 0 : 1;
}

/** The failures are far above by now, and the end of a long log is what is read. */
function printFailures(results) {
  for (const { name, failedTests = [] } of results)
    for (const { title, message = '' } of failedTests) {
      const lines = message.split('\n').slice(0, MAX_MESSAGE_LINES);
      console.log(`\n✗ ${name}: ${title}${lines.map((line) => `\n    ${line}`).join('')}`);
    }
}

function printSlowest(results) {
  const all = results.flatMap(({ name, times = [] }) => times.map((time) => ({ name, ...time })));
  const slowest = all.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST_COUNT);
  if (slowest.length === 0) return;
  console.log('\nSlowest tests:');
  for (const { name, file, title, ms } of slowest)
    console.log(`${seconds(ms).padStart(8)}  ${name} ${file}: ${title}`);
}

/** @returns a function that gives the time of a kind in the last kept run that had it */
function readHistory() {
  let runs = [];
  try {
    const lines = readFileSync(HISTORY, 'utf8').split('\n').filter(Boolean);
    runs = lines.map((line) => JSON.parse(line)).reverse();
  } catch {
    // Nothing was kept yet.
  }
  return (name) => runs.find(({ kinds }) => kinds[name] !== undefined)?.kinds[name].ms;
}

function keep(results, ms) {
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
    return {}; // This is no clone, or there is no git.
  }
}

function change(ms, before) {
  if (before === undefined) return 'new';
  const difference = ms - before;
  return `${difference < 0 ? '−' : '+'}${seconds(Math.abs(difference))}`;
}

const row = (name, ...cells) => name.padEnd(10) + cells.map((cell) => `${cell}`.padStart(10)).join('');
