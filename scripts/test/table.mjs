import { seconds } from '../tools/step.mjs';

/** Prints the counts and times of each kind, and the totals alone on the last line. @returns the exit code */
export function printTable(results) {
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

const row = (name, ...cells) => name.padEnd(10) + cells.map((cell) => `${cell}`.padStart(9)).join('');
