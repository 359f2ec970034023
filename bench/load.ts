// Throughput and latency of the HTTP server with concurrent callers, measured with ApacheBench (Debian: apache2-utils).
//   node scripts/bench.mjs load [--model ID|PATH] [--tokens N] [--callers N]… [--requests N] [--parallel N] [--json]
// Each row: this many concurrent callers send the same greedy request, so all responses must be the same; ApacheBench
// counts a response of another length as failed. `memory`: of the server's process, after the row.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ServeProcess } from '../test/http/support/serveProcess.js';
import { textTable } from './stats/textTable.js';
import { modelPath } from './machine/modelPath.js';
import { describeMachine } from './machine/cpuTime.js';
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

const started = describeMachine();
const folder = mkdtempSync(join(tmpdir(), 'youtu-load-'));
const bodyFile = join(folder, 'bodyFile.json');
const requestBody = { prompt: 'What is a hash table?', max_tokens: Number(values.tokens), temperature: 0 };
writeFileSync(bodyFile, JSON.stringify(requestBody));
const server = await ServeProcess.start([
  ...['--model', modelPath(values.model), '--parallel', values.parallel, '--queue', '64'],
]);
// Warms up all slots: responses contain the number of cached tokens, which changes their length.
const warm = await Promise.all(
  Array.from({ length: Number(values.parallel) }, async () =>
    (await server.post('/chat', requestBody)).json(),
  ),
);
const [{ usage }] = warm as [{ usage: { completion_tokens: number } }];

const rows: Row[] = [];
for (const callers of values.callers.map(Number)) {
  const requests = Math.max(Number(values.requests), 2 * callers);
  const args = [
    ...['-n', `${requests}`, '-c', `${callers}`, '-s', '600'],
    ...['-p', bodyFile, '-T', 'application/json'],
  ];
  const { stdout } = await run('ab', [...args, `${server.url}/chat`], { maxBuffer: 1 << 24 });
  rows.push({
    callers,
    requests,
    ...parseStats(stdout),
    memory: Math.round(processMemory(server.servingPid).resident / 1e6),
  });
}
await server.stop();
rmSync(folder, { recursive: true });

if (values.json)
  console.log(JSON.stringify({ machine: started, model: values.model, ...usage, rows }, null, 2));
else {
  console.log(
    `${values.model}, ${usage.completion_tokens} tokens per answer, --parallel ${values.parallel}; ${started}\n`,
  );
  console.log(
    textTable(
      ['callers', 'requests', 'failed', 'not 2xx', 'requests/s', 'tokens/s', 'p50 ms', 'p95 ms', 'memory MB'],
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

interface LoadStats {
  readonly failed: number;
  readonly notOk: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

interface Row extends LoadStats {
  readonly callers: number;
  readonly requests: number;
  readonly memory: number;
}

function parseStats(output: string): LoadStats {
  const numberAt = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? 0);
  return {
    failed: numberAt(/^Failed requests:\s+(\d+)/m),
    notOk: numberAt(/^Non-2xx responses:\s+(\d+)/m),
    perSecond: numberAt(/^Requests per second:\s+([\d.]+)/m),
    p50: numberAt(/^\s+50%\s+(\d+)/m),
    p95: numberAt(/^\s+95%\s+(\d+)/m),
  };
}
