import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InlineCompletionRequest } from '../../src/protocol/completion.js';
import { StartServerRequest, StopServerRequest, type ServerAddress } from '../../src/protocol/server.js';
import { askEngine } from '../../test/engine/support/chatClient.js';
import { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { processMemory } from '../memory/processMemory.js';
import { PROBE, type Probe } from './probe.js';

/** What the engine holds after a round. */
export interface SoakSample {
  readonly round: number;
  /** Bytes that the system can't reclaim. */
  readonly memory: number;
  readonly files: number;
  readonly threads: number;
  /** Timers, sockets, channels and the like that Node has open. */
  readonly handles: number;
  /** Listeners of the process itself. */
  readonly listeners: number;
  /** JavaScript's own memory after a collection. */
  readonly heap: number;
}

export interface SoakOptions {
  readonly model: string;
  readonly module?: string;
  /** The run ends with the round in which this is over. */
  readonly milliseconds: number;
  readonly onRound?: (sample: SoakSample) => void;
}

const TYPED = 'def add(a, b):\n    return a + b\n\nprint(add(1, 2))\n';
const KEYS_PER_ROUND = 24;
/** The clock of the engine jumps so far after each round: a night, and everything that expires in it. */
const JUMP_MS = 2 * 3_600_000;

/**
 * Uses an engine as an editor and other programs do, round by round: typing with completions that are taken or
 * cancelled, chats that are read or stopped, an HTTP server with sessions and clients that leave, a suspended process,
 * and a clock that jumps.
 */
export async function soak({ model, module, milliseconds, onRound }: SoakOptions): Promise<SoakSample[]> {
  const folder = await mkdtemp(join(tmpdir(), 'youtu-soak-'));
  const probeFile = join(folder, 'probe.json');
  const engine = await EngineProcess.start(
    { chatModel: model, completionModel: model, gpu: 'off' },
    {
      ...(module === undefined ? {} : { module }),
      env: {
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(PROBE)}`,
        YOUTU_SOAK_PROBE: probeFile,
        YOUTU_SOAK_JUMP_MS: String(JUMP_MS),
      },
    },
  );
  const samples: SoakSample[] = [];
  const started = performance.now();
  try {
    do {
      await type(engine, samples.length);
      await chat(engine);
      await serve(engine);
      await suspend(engine);
      const sample = { round: samples.length, ...(await measure(engine, probeFile)) };
      samples.push(sample);
      onRound?.(sample);
    } while (performance.now() - started < milliseconds);
    assert.equal(await engine.stop(), 0);
  } finally {
    engine.child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
  return samples;
}

/** Each key changes the document and asks; every third request is cancelled by the next key. */
async function type({ connection }: EngineProcess, round: number): Promise<void> {
  const uri = `file:///soak/${round % 5}.py`;
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'python', version: 1, text: '' },
  });
  let position = { line: 0, character: 0 };
  for (const [index, key] of [...TYPED.slice(0, KEYS_PER_ROUND)].entries()) {
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: index + 2 },
      contentChanges: [{ range: { start: position, end: position }, text: key }],
    });
    position =
      key === '\n'
        ? { line: position.line + 1, character: 0 }
        : { line: position.line, character: position.character + 1 };
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const asked = connection.sendRequest(
      InlineCompletionRequest.method,
      { textDocument: { uri }, position, context: { triggerKind: 1 } },
      source.token,
    );
    if (index % 3 === 2) source.cancel();
    await asked.catch((error: unknown) => {
      if (index % 3 !== 2) throw error;
    });
    source.dispose();
  }
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

async function chat(engine: EngineProcess): Promise<void> {
  const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
  const question = { role: 'user', content: 'What is a hash table?' } as const;
  const { result } = await askEngine(engine, [question], { maxTokens: 8 });
  assert.notEqual(result.text, '');
  const stopped = new CancellationTokenSource();
  const asked = askEngine(engine, [question], {
    maxTokens: 500,
    token: stopped.token,
    onProgress: () => stopped.cancel(),
  });
  await asked.catch(() => undefined);
  stopped.dispose();
}

async function serve({ connection }: EngineProcess): Promise<void> {
  const { url } = await connection.sendRequest<ServerAddress>(StartServerRequest.method, {
    host: '127.0.0.1',
    port: 0,
  });
  const post = (body: object, signal?: AbortSignal): Promise<Response> =>
    fetch(`${url}/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
  for (const session of ['a', 'b']) {
    const response = await post({ prompt: 'Say hi.', session, max_tokens: 4 });
    assert.equal(response.status, 200, await response.text());
  }
  const leaving = new AbortController();
  const left = post({ prompt: 'Tell a story.', max_tokens: 400, stream: true }, leaving.signal);
  await left.then((response) => response.body?.getReader().read());
  leaving.abort();
  assert.equal((await post({})).status, 400);
  await connection.sendRequest(StopServerRequest.method);
}

async function suspend({ child }: EngineProcess): Promise<void> {
  child.kill('SIGSTOP');
  await sleep(300);
  child.kill('SIGCONT');
}

async function measure({ child }: EngineProcess, probeFile: string): Promise<Omit<SoakSample, 'round'>> {
  await rm(probeFile, { force: true });
  // Collects garbage, writes the file and lets the clock jump.
  child.kill('SIGUSR2');
  let probe: Probe | undefined;
  for (let wait = 0; probe === undefined && wait < 400; wait++) {
    await sleep(25);
    probe = readProbe(probeFile);
  }
  if (probe === undefined) throw new Error('the engine doesn’t answer');
  const folder = `/proc/${child.pid ?? 0}`;
  return {
    memory: processMemory(child.pid ?? 0).own,
    files: readdirSync(`${folder}/fd`).length,
    threads: readdirSync(`${folder}/task`).length,
    ...probe,
  };
}

function readProbe(path: string): Probe | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Probe;
  } catch {
    // Not written yet.
    return undefined;
  }
}

/** How much larger a figure's median is in the last third of the rounds after the warm-up than in the first. */
export function growth(samples: readonly SoakSample[], figure: keyof SoakSample): number {
  const warm = samples.slice(Math.ceil(samples.length / 4));
  const third = Math.max(1, Math.floor(warm.length / 3));
  const middle = (part: readonly SoakSample[]): number =>
    part.map((sample) => sample[figure]).sort((one, other) => one - other)[Math.floor(part.length / 2)] ?? 0;
  return middle(warm.slice(-third)) / middle(warm.slice(0, third)) - 1;
}
