// This project's server beside llama.cpp's own on the same weights, both over HTTP: tokens a second that all callers
// together get.
//   node scripts/bench.mjs llamaServer --program PATH [--model ID|PATH] [--callers N]… [--rounds N] [--tokens N]
//     [--threads N] [--json]
// PATH: `llama-server`, built from llama.cpp's sources (docs/benchmarks.md says how). Each round asks one server, then
// the other, with the same questions, the order changing; a row's ratio is the median over its rounds.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ServeProcess } from '../test/http/support/serveProcess.js';
import { describeMachine } from './machine/cpuTime.js';
import { modelPath } from './machine/modelPath.js';
import { median } from './stats/percentile.js';
import { textTable } from './stats/textTable.js';

const { values } = parseArgs({
  options: {
    program: { type: 'string' },
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    callers: { type: 'string', multiple: true, default: ['1', '2', '4', '8'] },
    rounds: { type: 'string', default: '3' },
    tokens: { type: 'string', default: '64' },
    threads: { type: 'string', default: `${availableParallelism()}` },
    json: { type: 'boolean', default: false },
  },
});
if (values.program === undefined) {
  console.error('--program PATH is missing: the path of llama.cpp’s llama-server');
  process.exit(2);
}

const machine = describeMachine();
const model = modelPath(values.model);
const most = Math.max(...values.callers.map(Number));
const theirs = await startLlamaServer(values.program, model);
const ours = await ServeProcess.start(['--model', model, '--parallel', `${most}`, '--queue', '64']);
const servers = { llama: theirs.url, youtu: ours.url };
type Name = keyof typeof servers;

for (const name of ['llama', 'youtu'] as const) await round(name, most, 8);
const rows = [];
for (const callers of values.callers.map(Number)) {
  const speeds: Record<Name, number[]> = { llama: [], youtu: [] };
  for (let count = 0; count < Number(values.rounds); count++) {
    const order: readonly Name[] = count % 2 === 0 ? ['llama', 'youtu'] : ['youtu', 'llama'];
    for (const name of order) speeds[name].push(await round(name, callers, Number(values.tokens)));
  }
  const ratios = speeds.youtu.map((speed, index) => speed / (speeds.llama[index] ?? Number.NaN));
  rows.push({
    callers,
    llama: median(speeds.llama),
    youtu: median(speeds.youtu),
    ratio: median(ratios),
  });
}
await ours.stop();
theirs.stop();

if (values.json) console.log(JSON.stringify({ machine, model: values.model, rows }, null, 2));
else {
  console.log(`${values.model}, ${values.tokens} tokens per answer, ${values.threads} threads; ${machine}\n`);
  console.log(
    textTable(
      ['callers', 'llama-server tokens/s', 'youtu serve tokens/s', 'ratio'],
      rows.map((row) => [
        `${row.callers}`,
        (row.llama ?? 0).toFixed(1),
        (row.youtu ?? 0).toFixed(1),
        (row.ratio ?? 0).toFixed(2),
      ]),
    ),
  );
}
process.exit(0);

/** @returns tokens a second that all callers together got, from the first request to the last answer */
async function round(name: Name, callers: number, tokens: number): Promise<number> {
  const started = performance.now();
  const counts = await Promise.all(
    Array.from({ length: callers }, (_, caller) => ask(servers[name], caller, tokens)),
  );
  const seconds = (performance.now() - started) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

async function ask(url: string, caller: number, tokens: number): Promise<number> {
  const response = await fetch(`${url}/v1/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'any',
      prompt: `# Caller ${caller}: the numbers from one to a thousand, one on each line\n1\n2\n3\n`,
      max_tokens: tokens,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    }),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  const usage = [...text.matchAll(/"completion_tokens":\s*(\d+)/g)].at(-1)?.[1];
  if (usage === undefined) throw new Error(`${url} didn’t say how many tokens it wrote`);
  return Number(usage);
}

async function startLlamaServer(
  program: string,
  path: string,
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const port = 20_000 + (process.pid % 20_000);
  const args = [
    ...['-m', path, '-t', values.threads, '-c', `${most * 4096}`, '--parallel', `${most}`],
    ...['--host', '127.0.0.1', '--port', `${port}`],
  ];
  const child = spawn(program, args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 120; tries++) {
    if (child.exitCode !== null) throw new Error(`${program} ended with status ${child.exitCode}`);
    const isReady = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return { url, stop: () => void child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  child.kill();
  throw new Error(`${program} isn’t ready after a minute`);
}
