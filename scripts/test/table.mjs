import { seconds } from '../tools/command.mjs';

/** As much of a failure's message as the list at the end repeats, in lines. */
const MESSAGE_LINES = 12;

/**
 * Prints what failed, the counts and times of each kind, and the totals alone on the last line. What failed stands far
 * above by then, and who sees only the end of a long log needs it too.
 * @returns the exit code
 */
export function printTable(results) {
  printFailures(results);
  const total = { passed: 0, failed: 0, ms: 0 };
  console.log(`\n${row('', 'passed', 'failed', 'time')}`);
  for (const { name, passed, failed, ms } of results) {
    console.log(row(name, passed, failed, seconds(ms)));
    total.passed += passed;
    total.failed += failed;
    total.ms += ms;
  }
  console.log(`${row('all', total.passed, total.failed, seconds(total.ms))}\n`);
  const count = total.passed + total.failed;
  if (count === 0) console.log('Nothing was run: no test matches.');
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && count > 0 ? 0 : 1;
}

function printFailures(results) {
  for (const { name, failedTests = [] } of results)
    for (const { title, message = '' } of failedTests) {
      const lines = message.split('\n').slice(0, MESSAGE_LINES);
      console.log(`\n✗ ${name}: ${title}${lines.map((line) => `\n    ${line}`).join('')}`);
    }
}

const row = (name, ...cells) => name.padEnd(10) + cells.map((cell) => `${cell}`.padStart(9)).join('');
