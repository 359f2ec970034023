import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { seconds } from '../tools/command.mjs';
import { startGuarded } from '../tools/guardedProcess.mjs';
import { ensureNode24 } from '../tools/npmTools.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { KINDS } from './kinds.mjs';
import { OutputTurns } from './outputTurns.mjs';

/** Tests run without a terminal. */
const hasColors = process.stdout.isTTY && process.env.NO_COLOR === undefined;

/**
 * Runs kinds of checks and tests.
 * @param {readonly string[]} names
 * @param {(name: string) => { grep?: string, vsix?: string }} optionsOf
 * @param {Readonly<Record<string, Promise<string | undefined>>>} prepared see prepare.mjs
 * @returns the counts and the time in milliseconds of each kind
 */
export async function runKinds(names, optionsOf, prepared) {
  const turns = new OutputTurns((text) => process.stdout.write(text));
  const results = new Map();
  const runInOrder = async (kinds) => {
    for (const name of kinds) {
      const { needs } = KINDS[name];
      const unmetNeeds = (await Promise.all(needs.map((need) => prepared[need]))).filter(Boolean);
      const output = turns.take();
      results.set(name, await runKind(name, { ...optionsOf(name), unmetNeeds }, output.write));
      output.end();
    }
  };
  const inLane = (lane) => names.filter((name) => KINDS[name].lane === lane);
  const lanes = new Set(names.map((name) => KINDS[name].lane).filter(Boolean));
  await Promise.all([...lanes].map((lane) => runInOrder(inLane(lane))));
  await runInOrder(inLane(undefined));
  return names.map((name) => ({ name, ...results.get(name) }));
}

async function runKind(name, { grep, vsix, unmetNeeds }, write) {
  const { checks, folder, program, limit, args = [folder], retries = 1 } = KINDS[name];
  write(`\n── ${name} ──\n`);
  if (unmetNeeds.length > 0) {
    for (const message of unmetNeeds) write(`✗ not run: ${message.split('\n')[0]}\n`);
    return { passed: 0, failed: checks?.length ?? 1, ms: 0 };
  }
  const started = performance.now();
  if (checks !== undefined) {
    const failedTests = [];
    for (const check of checks)
      if ((await runCheck(check, limit, write)) !== 0) failedTests.push({ title: check.name });
    const failed = failedTests.length;
    return { passed: checks.length - failed, failed, failedTests, ms: performance.now() - started };
  }
  const counts = inRoot('out/counts', `${name}.json`);
  mkdirSync(inRoot('out/counts'), { recursive: true });
  rmSync(counts, { force: true });
  const all = [
    ...[program, ...args],
    ...(grep === undefined ? [] : ['--grep', grep]),
    ...(name === 'vscode' && vsix !== undefined ? ['--vsix', vsix] : []),
  ];
  const env = {
    ...process.env,
    YOUTU_COUNTS: counts,
    YOUTU_RETRIES: `${retries}`,
    ...(hasColors ? { YOUTU_COLORS: '1' } : {}),
  };
  const code = await run(process.execPath, all, limit, write, env);
  return { ...readCounts(counts, code, grep, write), ms: performance.now() - started };
}

async function runCheck({ name, command, program, args, node24 }, limit, write) {
  const started = performance.now();
  const node = node24 ? await ensureNode24() : process.execPath;
  const code = await (command
    ? run(command, args, limit, write)
    : run(node, [program, ...args], limit, write));
  write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds(performance.now() - started)})\n`);
  return code;
}

async function run(command, args, limit, write, env = process.env) {
  const { child, ended, stop } = startGuarded(command, args, { cwd: root, env });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', write);
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    write(`✗ timed out after ${limit / 60_000} minutes\n`);
    void stop();
  }, limit);
  const code = await ended;
  clearTimeout(timer);
  return hasTimedOut ? 1 : code;
}

/** An aborted run, or one without tests, counts as a failure even if no test failed. */
function readCounts(file, code, grep, write) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    write('✗ the run ended without a result\n');
  }
  const isEmpty = counts.passed + counts.failed === 0 && grep === undefined;
  if (counts.failed === 0 && (code !== 0 || isEmpty)) return { ...counts, failed: 1 };
  return counts;
}
