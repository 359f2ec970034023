// How the HTTP server bears many callers, measured with ApacheBench (Debian's package apache2-utils).
//   node scripts/bench.mjs load [--model ID|PATH] [--tokens N] [--callers N]… [--requests N] [--parallel N] [--json]
// Each row: so many callers ask one after the other, all the same question, greedily: so every answer has to be the same,
// and ApacheBench counts one of another length as failed. `memory`: of the server's process, after the row.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ServeProcess } from '../test/http/support/serveProcess.js';
import { textTable } from './figures/textTable.js';
import { modelPath } from './machine/modelPath.js';
import { machineLine } from './machine/processorTime.js';
import { processMemory } from './memory/processMemory.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
    tokens: { type: 'string', default: '32' },
    callers: { type: 'string', multiple: true, default: ['1', '4', '16', '64'] },
    requests: { type: 'string', default: '64' },
    parallel: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});

const run = promisify(execFile);
await run('ab', ['-V']).catch(() => {
  console.error('ApacheBench is missing: apt-get install apache2-utils');
  process.exit(1);
});

const started = machineLine();
const folder = mkdtempSync(join(tmpdir(), 'youtu-load-'));
const body = join(folder, 'body.json');
const question = { prompt: 'What is a hash table?', max_tokens: Number(values.tokens), temperature: 0 };
writeFileSync(body, JSON.stringify(question));
const server = await ServeProcess.start([
  ...['--model', modelPath(values.model), '--parallel', values.parallel, '--queue', '64'],
]);
// All slots: how much of a prompt was cached is told in the answer, and makes it longer.
const warm = await Promise.all(
  Array.from({ length: Number(values.parallel) }, async () => (await server.post('/chat', question)).json()),
);
const [{ usage }] = warm as [{ usage: { completion_tokens: number } }];

const rows: Row[] = [];
for (const callers of values.callers.map(Number)) {
  const requests = Math.max(Number(values.requests), 2 * callers);
  const args = ['-n', `${requests}`, '-c', `${callers}`, '-s', '600', '-p', body, '-T', 'application/json'];
  const { stdout } = await run('ab', [...args, `${server.url}/chat`], { maxBuffer: 1 << 24 });
  rows.push({
    callers,
    requests,
    ...figuresOf(stdout),
    memory: Math.round(processMemory(server.pid).resident / 1e6),
  });
}
await server.stop();
rmSync(folder, { recursive: true });

if (values.json)
  console.log(JSON.stringify({ machine: started, model: values.model, ...usage, rows }, null, 2));
else {
  console.log(
    `${values.model}, ${usage.completion_tokens} tokens an answer, --parallel ${values.parallel}; ${started}\n`,
  );
  console.log(
    textTable(
      ['callers', 'requests', 'failed', 'not 2xx', 'a second', 'tokens/s', 'p50 ms', 'p95 ms', 'memory MB'],
      rows.map((row) => [
        `${row.callers}`,
        `${row.requests}`,
        `${row.failed}`,
        `${row.notOk}`,
        row.perSecond.toFixed(2),
        (row.perSecond * usage.completion_tokens).toFixed(1),
        `${row.p50}`,
        `${row.p95}`,
        `${row.memory}`,
      ]),
    ),
  );
}
process.exit(0);

interface Figures {
  readonly failed: number;
  readonly notOk: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

interface Row extends Figures {
  readonly callers: number;
  readonly requests: number;
  readonly memory: number;
}

function figuresOf(output: string): Figures {
  const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? 0);
  return {
    failed: number(/^Failed requests:\s+(\d+)/m),
    notOk: number(/^Non-2xx responses:\s+(\d+)/m),
    perSecond: number(/^Requests per second:\s+([\d.]+)/m),
    p50: number(/^\s+50%\s+(\d+)/m),
    p95: number(/^\s+95%\s+(\d+)/m),
  };
}
