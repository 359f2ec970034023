/** The tests of an answer that are worth keeping: a small model repeats itself until it is cut off. */
import { isBlank } from '../../language/lines.js';
import type { FrameworkId } from './framework.js';

/** It is asked for four at most. */
const MAX_TESTS = 6;

/** The line that begins a test; its groups: what tells it from others. */
const SCRIPT = /^\s*(?:it|test)(?:\.\w+)*\(\s*(['"`].*)/;
const PYTHON = /^\s*(?:async )?def (test\w*)/;
const STARTS: Readonly<Record<FrameworkId, RegExp>> = {
  vitest: SCRIPT,
  jest: SCRIPT,
  mocha: SCRIPT,
  ava: SCRIPT,
  'node:test': SCRIPT,
  pytest: PYTHON,
  unittest: PYTHON,
  go: /^func (Test\w+)/,
  rust: /^ {4}fn (\w+)/,
  junit4: /^ {4}(?:public )?void (\w+)/,
  junit5: /^ {4}(?:public )?void (\w+)/,
  rspec: /^\s*it (.*)/,
  minitest: /^\s*def (test_\w+)/,
  phpunit: /^ {4}public function (test\w+)/,
  xunit: /^ {4}public (?:async \w+|void) (\w+)/,
  nunit: /^ {4}public (?:async \w+|void) (\w+)/,
};
/** What stands above a test and belongs to it: attributes and comments. */
const ABOVE = /^\s*(?:@|#|\[|\/\/|\/?\*)/;

/** Up to the first test that has the name of an earlier one, or that is one too many. */
export function firstTests(
  framework: FrameworkId,
  lines: readonly string[],
): { readonly tests: readonly string[]; readonly isCut: boolean } {
  const names = new Set<string>();
  const end = lines.findIndex((line) => {
    const name = STARTS[framework].exec(line)?.[1];
    if (name === undefined) return false;
    const isMore = names.has(name) || names.size === MAX_TESTS;
    names.add(name);
    return isMore;
  });
  if (end < 0) return { tests: lines, isCut: false };
  const tests = lines.slice(0, end);
  while (tests.length > 0 && (isBlank(tests.at(-1) ?? '') || ABOVE.test(tests.at(-1) ?? ''))) tests.pop();
  return { tests, isCut: true };
}
