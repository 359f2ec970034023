import assert from 'node:assert/strict';
import { missingFramework, passedCount, saysNoTests } from '../../../../src/extension/tests/testOutput.js';

/** What the frameworks wrote here, shortened, with the number of tests that passed; `undefined`: it isn't said. */
const OUTPUTS: readonly (readonly [framework: string, output: string, count: number | undefined])[] = [
  ['node:test', '# Subtest: adds\nok 1 - adds\n  ---\n  ...\n1..1\n# tests 1\n# pass 1\n# fail 0', 1],
  ['node:test', '# Subtest: /app/a.test.mjs\nok 1 - /app/a.test.mjs\n1..1\n# tests 1\n# pass 1\n# fail 0', 0],
  ['node:test', '✔ a.test.mjs (34.2ms)\nℹ tests 1\nℹ pass 1\nℹ fail 0', 0],
  ['node:test', 'ok 1 - adds # SKIP\n1..1\n# tests 1\n# pass 0\n# skipped 1', 0],
  ['node:test', '▶ add\n  ✔ adds (0.4ms)\n▶ add (1.2ms)\nℹ tests 1\nℹ pass 1', 1],
  // Older versions count each file as a test around its own.
  ['node:test', '# Subtest: /app/a.test.mjs\n    ok 1 - adds\n    1..1\nok 1 - /app/a.test.mjs\n# pass 1', 1],
  [
    'Jest',
    'PASS ./m.test.js\n\nTest Suites: 1 passed, 1 total\nTests:       1 skipped, 1 passed, 2 total',
    1,
  ],
  ['Jest', 'Test Suites: 1 skipped, 0 of 1 total\nTests:       2 skipped, 2 total', 0],
  ['Jest', 'No tests found, exiting with code 0', 0],
  ['Vitest', ' Test Files  1 passed (1)\n      Tests  1 passed | 1 skipped (2)\n   Start at  22:09:09', 1],
  ['Vitest', ' Test Files  1 skipped (1)\n      Tests  2 skipped (2)', 0],
  ['Vitest', 'No test files found, exiting with code 0', 0],
  ['Mocha', '  - a\n  ✔ b\n\n  1 passing (2ms)\n  1 pending', 1],
  ['Mocha', '\n  0 passing (1ms)', 0],
  ['AVA', '  ✔ b\n  ─\n\n  1 test passed', 1],
  ['AVA', '  - [skip] c\n  ─\n\n  1 test skipped', 0],
  ['pytest', 'test_b.py .s  [100%]\n\n==== 1 passed, 1 skipped in 0.01s ====', 1],
  ['pytest', '1 passed in 61.20s (0:01:01)', 1],
  ['pytest', '==== 1 skipped in 0.01s ====', 0],
  ['pytest', 'collected 0 items\n\n==== no tests ran in 0.00s ====', 0],
  ['pytest', '==== 2 deselected in 0.00s ====', 0],
  ['unittest', '..\n------\nRan 2 tests in 0.000s\n\nOK (skipped=1)', 1],
  ['unittest', 'Ran 0 tests in 0.000s\n\nOK', 0],
  ['unittest', 'Ran 0 tests in 0.000s\n\nNO TESTS RAN', 0],
  ['go test', '=== RUN   TestA\n--- PASS: TestA (0.00s)\nPASS\nok  \ta\t0.005s', 1],
  ['go test', '=== RUN   TestA\n    a_test.go:3: \n--- SKIP: TestA (0.00s)\nPASS\nok  \ta\t0.006s', 0],
  ['go test', 'testing: warning: no tests to run\nPASS\nok  \ta\t0.213s [no tests to run]', 0],
  ['go test', '?   \ta\t[no test files]', 0],
  [
    'cargo test',
    'running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored\n\nrunning 1 test\ntest tests::x ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored',
    1,
  ],
  ['cargo test', 'running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 2 filtered out', 0],
  ['JUnit 5', '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.1 s', 1],
  ['JUnit 4', '[INFO] No tests to run.\n[INFO] BUILD SUCCESS', 0],
  ['JUnit 4', '[INFO] Tests are skipped.\n[INFO] BUILD SUCCESS', 0],
  ['JUnit 5', '> Task :test NO-SOURCE\n\nBUILD SUCCESSFUL in 1s', 0],
  ['JUnit 5', '> Task :test\n\nCalcTest > adds() PASSED\n\nBUILD SUCCESSFUL in 1s', 1],
  ['JUnit 5', '> Task :compileTestJava\n> Task :test\n\nBUILD SUCCESSFUL in 1s', undefined],
  ['RSpec', '.*\n\n2 examples, 0 failures, 1 pending', 1],
  ['RSpec', 'No examples found.\n\n0 examples, 0 failures', 0],
  ['minitest', 'S.\n\n2 runs, 1 assertions, 0 failures, 0 errors, 1 skips', 1],
  ['minitest', '0 runs, 0 assertions, 0 failures, 0 errors, 0 skips', 0],
  ['PHPUnit', '.  1 / 1 (100%)\n\nOK (1 test, 1 assertion)', 1],
  [
    'PHPUnit',
    'OK, but incomplete, skipped, or risky tests!\nTests: 3, Assertions: 1, Skipped: 1, Risky: 1.',
    2,
  ],
  ['PHPUnit', 'No tests found in class "ATest".\n\nWARNINGS!\nTests: 1, Assertions: 0, Warnings: 1.', 0],
  ['PHPUnit', 'No tests executed!', 0],
  ['xUnit', 'Passed!  - Failed:     0, Passed:     1, Skipped:     0, Total:     1, Duration: 3 ms', 1],
  ['NUnit', 'No test matches the given testcase filter `FullyQualifiedName~CalcTests` in /app/a.dll', 0],
  ['NUnit', 'Test summary: total: 1, failed: 0, succeeded: 0, skipped: 1, duration: 1.0s', 0],
  ['a framework of the future', '1 passed', undefined],
];

describe('the output of a run of tests', () => {
  it('says how many have passed, in every framework: no test that ran is no success', () => {
    for (const [framework, output, count] of OUTPUTS)
      assert.equal(passedCount(framework, output), count, `${framework}: ${output}`);
  });

  it('says nothing when a reporter of the project’s own has written it', () => {
    for (const framework of new Set(OUTPUTS.map(([name]) => name)))
      assert.equal(passedCount(framework, '{"result": "fine"}'), undefined, framework);
  });

  it('says that no test was found, which is not the same as one that fails or can’t be loaded', () => {
    for (const [framework, output] of [
      ['Jest', 'No tests found, exiting with code 1'],
      ['Jest', 'FAIL ./e.test.js\n  Your test suite must contain at least one test.'],
      ['Vitest', 'Error: No test suite found in file /app/e.test.js'],
      ['Mocha', 'Error: No test files found: "x.test.js"'],
      ['AVA', '✘ No tests found in e.test.js, make sure to import "ava" at the top of your test file'],
      ['pytest', '==== no tests ran in 0.00s ===='],
      ['JUnit 4', 'No tests matching pattern "CalcTest" were executed!'],
      ['JUnit 5', 'No tests found for given includes: [*CalcTest](--tests filter)'],
    ] as const)
      assert.equal(saysNoTests(framework, output), true, output);
    for (const [framework, output] of [
      ['Jest', 'Test suite failed to run\n\nTests:       0 total'],
      ['pytest', 'E   ImportError: no module named shop\n==== 1 error in 0.05s ===='],
      ['unittest', 'ImportError: Failed to import test module\nRan 1 test in 0.000s\n\nFAILED (errors=1)'],
      ['go test', './a_test.go:4:2: undefined: add\nFAIL\ta [build failed]'],
    ] as const)
      assert.equal(saysNoTests(framework, output), false, output);
  });

  it('says that the framework isn’t installed', () => {
    for (const line of [
      '/usr/bin/python3: No module named pytest',
      'npm error npx canceled due to missing packages and no YES option: ["vitest@4.1.12"]',
      "Error: Cannot find module '/work/node_modules/jest/bin/jest.js'",
      'ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL  Command "vitest" not found',
      'bundler: command not found: rspec',
    ])
      assert.equal(missingFramework(`first\n${line}\nlast`), line);
    for (const line of [
      "ModuleNotFoundError: No module named 'shop'",
      'E   assert 1 == 2',
      'sh: 1: git-lfs: command not found',
    ])
      assert.equal(missingFramework(line), undefined);
  });
});
