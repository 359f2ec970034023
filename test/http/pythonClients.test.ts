import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensurePythonClients } from '../../scripts/tools/pythonClients.mjs';
import type { ServeProcess } from './support/serveProcess.js';
import { plainServer } from './support/servers.js';

const run = promisify(execFile);
const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();

describe('clients in Python', function () {
  this.timeout(400_000);
  let server: ServeProcess;
  let programs: string;
  before(async () => {
    programs = await ensurePythonClients(ROOT);
    server = await plainServer();
  });

  it('get answers, streams, structured output and errors with OpenAI’s library', async () => {
    const script = join(ROOT, 'test/http/python/openai_client.py');
    const { stdout } = await run(join(programs, 'python'), [script, server.url]);
    const result = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.match(String(result['chat']), /\w{3}/);
    assert.equal(result['streamed'], result['chat']);
    assert.equal(result['streamed_tokens'], result['tokens']);
    assert.match(String(result['text']), /5/);
    assert.match(JSON.stringify(result['models']), /^\["tiny-llama-\w+"\]$/);
    assert.match(JSON.stringify(result['structured']), /^\{"colour":"(?:red|blue)"\}$/);
    assert.match(String(result['error']), /max_tokens/);
  });

  // It leaves a cache in its working folder.
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'youtu-schemathesis-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('find no difference from the OpenAPI description with schemathesis', async () => {
    const checks = 'status_code_conformance,content_type_conformance,response_schema_conformance';
    const args = [
      ...['run', `${server.url}/openapi.json`, '--checks', checks, '--phases', 'examples,coverage,fuzzing'],
      ...['--max-examples', '5', '--seed', '1', '--generation-database', 'none', '--no-color'],
      ...['--request-timeout', '60', '--suppress-health-check', 'all'],
    ];
    const { stdout, code } = await run(join(programs, 'schemathesis'), args, {
      maxBuffer: 1 << 26,
      cwd: folder,
    })
      .then((done) => ({ ...done, code: 0 }))
      .catch((error: unknown) => error as { stdout: string; code: number });
    assert.equal(code, 0, stdout.slice(-6000));
    assert.match(stdout, /[1-9]\d* (?:passed|generated)/);
    // A model without infill tokens returns 501; no other server error is allowed.
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.doesNotMatch(metrics, /status="50[034]"/);
  });
});
