/**
 * What the output of a run of tests says. Some frameworks end with status 0 when they have run none, so a run has passed
 * only where its output counts a test that did.
 */

/** What Python, npm, yarn, pnpm, Node, Bundler, cargo and .NET say when the program that runs tests isn't installed. */
const MISSING =
  /^.*(?:No module named ['"]?pytest['"]?\s*$|npx canceled|could not determine executable|missing packages|Cannot find module '.*(?:jest|mocha|vitest|ava|tsx)\b.*'|\b(?:jest|mocha|ts-mocha|vitest|ava|tsx|rspec|phpunit): (?:command )?not found|(?:Command|executable) "?(?:jest|mocha|ts-mocha|vitest|ava|tsx)"? not found|Couldn't find (?:a script|the binary) named|bundler: command not found|Could not find gem|no such command: `?test|No .NET SDKs were found).*$/im;

/** The line that says so; a test that fails for another reason is the model's to correct. */
export function missingFramework(output: string): string | undefined {
  return MISSING.exec(output)?.[0].trim();
}

/** What frameworks say, whatever their status, when no test was found. */
const NONE_FOUND: Readonly<Record<string, RegExp>> = {
  Jest: /^No tests found, exiting|must contain at least one test/m,
  Vitest: /^ *No test files found|No test suite found in file|^ *Tests +no tests/m,
  Mocha: /No test files found/,
  AVA: /Couldn[’']t find any files to test|No tests found in /,
  pytest: /^(?:=+ )?no tests ran in|^(?:=+ )?\d+ deselected in/m,
  unittest: /^NO TESTS RAN/m,
  'JUnit 4': /No tests (?:found for given includes|matching pattern|were executed)/,
  'JUnit 5': /No tests (?:found for given includes|matching pattern|were executed)/,
  PHPUnit: /^No tests executed!/m,
  xUnit: /No test (?:matches the given testcase filter|is available in)/,
  NUnit: /No test (?:matches the given testcase filter|is available in)/,
};

/** Whether a framework says that it has found no test. A file that can't be loaded has failed instead. */
export function saysNoTests(framework: string, output: string): boolean {
  return NONE_FOUND[framework]?.test(output) === true;
}

type CountPassed = (output: string) => number | undefined;

const jvm: CountPassed = (output) => {
  const runs = matches(output, /Tests run: (\d+), Failures: \d+, Errors: \d+, Skipped: (\d+)/g);
  if (runs.length > 0) return Math.max(...runs.map(([run = 0, skipped = 0]) => run - skipped));
  if (/No tests to run\.|Tests are skipped\.|^> Task \S*:test (?:NO-SOURCE|SKIPPED)/m.test(output)) return 0;
  // Gradle counts only what fails, unless the build says otherwise.
  return [...output.matchAll(/^.* PASSED$/gm)].filter(([line]) => line.includes(' > ')).length || undefined;
};
const dotnet: CountPassed = (output) => {
  const counts = matches(
    output,
    /^(?:.*- Failed: +\d+, Passed: +(\d+),|Test summary: total: \d+, failed: \d+, succeeded: (\d+),| +Passed: (\d+)$)/gm,
  );
  return counts.length === 0 ? undefined : sum(counts);
};

/** By the name of the framework: how many tests have passed, if the output says so. */
const PASSED: Readonly<Record<string, CountPassed>> = {
  Jest: (output) => inSummary(output, /^Tests: (.*) total$/gm),
  Vitest: (output) => inSummary(output, /^ *Tests (.*)\(\d+\)$/gm),
  Mocha: (output) => counted(output, /^ *(\d+) passing\b/gm),
  AVA: (output) =>
    counted(output, /^ *(\d+) tests? passed\b/gm) ??
    (/^ *\d+ tests? (?:skipped|todo)/m.test(output) ? 0 : undefined),
  'node:test': nodePassed,
  pytest: (output) =>
    inSummary(output, /^(.*\b(?:passed|skipped|xfailed|xpassed|deselected)(?:, .*)?) in [\d.]+s\b/gm),
  unittest(output) {
    const ran = counted(output, /^Ran (\d+) tests? in /gm);
    return ran === undefined ? undefined : ran - (counted(output, /^OK \(.*\bskipped=(\d+)/gm) ?? 0);
  },
  'go test'(output) {
    const passed = matches(output, /^ *--- PASS: /gm).length;
    return passed > 0 || /^(?:ok|\?) +/m.test(output.replaceAll('\t', ' ')) ? passed : undefined;
  },
  'cargo test': (output) => counted(output, /^test result: \w+\. (\d+) passed;/gm),
  'JUnit 4': jvm,
  'JUnit 5': jvm,
  RSpec(output) {
    const [[run, pending = 0] = []] = matches(
      output,
      /^(\d+) examples?, \d+ failures?(?:, (\d+) pending)?/gm,
    );
    return run === undefined ? undefined : run - pending;
  },
  minitest(output) {
    const [[run, skipped = 0] = []] = matches(
      output,
      /^(\d+) (?:runs|tests), \d+ assertions.*?\b(\d+) (?:skips|omissions)/gm,
    );
    return run === undefined ? undefined : run - skipped;
  },
  PHPUnit(output) {
    const [[run] = []] = matches(output, /^(?:OK \((\d+) tests?,|Tests: (\d+),)/gm);
    if (run === undefined) return undefined;
    const [summary = ''] = /^Tests: .*$/m.exec(output) ?? [];
    const notRun = sum(matches(summary, /(?:Skipped|Incomplete): (\d+)/g));
    return run - notRun - matches(output, /No tests found in class/g).length;
  },
  xUnit: dotnet,
  NUnit: dotnet,
};

/** @returns `undefined` when the output doesn't say, for example with a reporter of the project's own */
export function passedCount(framework: string, output: string): number | undefined {
  return saysNoTests(framework, output) ? 0 : PASSED[framework]?.(output);
}

/** A file without tests counts as one that has passed, under its own name. */
function nodePassed(output: string): number | undefined {
  const passed = counted(output, /^(?:#|ℹ) pass (\d+)$/gm);
  const names = [
    ...output.matchAll(/^ *(?:ok \d+ - (?!.* # (?:SKIP|TODO))|✔ )(.+?)(?: \([\d.]+ms\))?$/gm),
  ].map(([, name = '']) => name);
  const isFile = (name: string): boolean => /\w\.[cm]?[jt]sx?$/.test(name);
  return names.length > 0 && names.every(isFile) ? 0 : passed;
}

/** `2 failed, 1 passed` */
function inSummary(output: string, line: RegExp): number | undefined {
  const summaries = [...output.matchAll(line)].map(([, summary = '']) => summary);
  if (summaries.length === 0) return undefined;
  return sum(matches(summaries.join('\n'), /(\d+) (?:passed|xpassed|xfailed)\b/g));
}

function counted(output: string, pattern: RegExp): number | undefined {
  const counts = matches(output, pattern);
  return counts.length === 0 ? undefined : sum(counts);
}

/** The numbers in the groups of each match. */
function matches(output: string, pattern: RegExp): readonly (readonly number[])[] {
  return [...output.matchAll(pattern)].map(([, ...groups]) =>
    (groups as readonly (string | undefined)[]).filter((group) => group !== undefined).map(Number),
  );
}

function sum(counts: readonly (readonly number[])[]): number {
  return counts.flat().reduce((one, other) => one + other, 0);
}
