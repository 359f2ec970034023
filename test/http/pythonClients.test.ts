import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensurePythonClients } from '../../scripts/tools/pythonClients.mjs';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer, plainServer } from './support/servers.js';

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

  it('answer, keep to a schema, chat and count tokens in the command line of llm', async () => {
    const { url } = await coderServer();
    writeFileSync(
      join(folder, 'extra-openai-models.yaml'),
      `- {model_id: y, model_name: any, api_base: "${url}/v1", supports_schema: true, supports_tools: true}\n`,
    );
    const llm = async (args: readonly string[], input = ''): Promise<string> => {
      const running = run(join(programs, 'llm'), [...args], {
        env: { ...process.env, LLM_USER_PATH: folder },
      });
      running.child.stdin?.end(input);
      return (await running).stdout;
    };
    assert.equal(await llm(['-m', 'y', 'colour?']), 'Blue.\n');
    assert.equal(
      await llm(['-m', 'y', '--no-stream', '-x', 'What adds?']),
      'def add(a, b):\n    return a + b\n\n',
    );
    const schema = JSON.stringify({ type: 'object', properties: { colour: { enum: ['red', 'blue'] } } });
    assert.match(
      await llm(['-m', 'y', '--schema', schema, 'A colour']),
      /^\{\s*"colour":\s*"(?:red|blue)"\s*\}\n$/,
    );
    const chat = await llm(['chat', '-m', 'y'], 'animal?\ncity?\nexit\n');
    assert.match(chat, /A fox\.[^]*Rome!/);
    const logged = JSON.parse(await llm(['logs', '-n', '5', '--json'])) as readonly {
      readonly response: string;
      readonly input_tokens: number;
      readonly output_tokens: number;
    }[];
    assert.equal(logged.length, 5);
    for (const { response, input_tokens: input, output_tokens: output } of logged)
      assert.ok(input > 0 && output > 0, response);
  });

  // Programs leave caches and logs there.
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
