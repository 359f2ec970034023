import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource, ResponseError } from 'vscode-languageserver-protocol/node';
import { InlineCompletionRequest } from '../../src/protocol/completion.js';
import { EditRequest } from '../../src/protocol/edit.js';
import { askEngine } from '../../test/engine/support/chatClient.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { killedClient } from './killedClient.js';
import type { ProbedEngine } from './probedEngine.js';
import { serverRound } from './serverRound.js';

/** What one round does. */
export interface Workload {
  /** Keys, each with a request for ghost text; every fourth request is cancelled. */
  readonly keys: number;
  /** Every fourth is stopped. */
  readonly chats: number;
  readonly fixes: number;
  /** Requests to an HTTP server that is started and stopped; every fourth client goes away in the middle. */
  readonly httpRequests: number;
  readonly suspends: number;
  readonly clockJumps: number;
  /** Editors that die with an engine of their own. */
  readonly killedClients: number;
}

/** What a busy user does in an hour. */
export const HOUR: Workload = {
  keys: 1500,
  chats: 12,
  fixes: 8,
  httpRequests: 40,
  suspends: 2,
  clockJumps: 2,
  killedClients: 1,
};

/** Less of each kind of work, but something of it. */
export function partOf(load: Workload, share: number): Workload {
  const part = Object.entries(load).map(([name, count]) => [name, Math.ceil(Number(count) * share)]);
  return Object.fromEntries(part) as Workload;
}

const TYPED = [
  'def square(x):\n    return x * x\n\n',
  'def add(a, b):\n    return a + b\n\n',
  'prices = [1, 2, 3]\ntotal = sum(prices)\n\n',
  'with open("data.json") as f:\n    data = json.load(f)\n\n',
];
const KEYS_PER_FILE = 250;
const BROKEN = 'def mean(values):\n    total = sum(values)\n    return total / len(vlaues)\n';
const SUSPEND_MS = 300;
const HOUR_MS = 3_600_000;
const CANCELLED = new Set([-32800, -32801, -32802]);

/**
 * @param module the engine's
 * @throws when anything fails that wasn't cancelled
 */
export async function work(
  probed: ProbedEngine,
  load: Workload,
  round: number,
  module?: string,
): Promise<void> {
  const { engine } = probed;
  for (let done = 0, file = 0; done < load.keys; done += KEYS_PER_FILE, file++)
    await typeFile(engine, `file:///soak/${round}/${file}.py`, Math.min(KEYS_PER_FILE, load.keys - done));
  for (let chat = 0; chat < load.chats; chat++) await ask(engine, chat % 4 === 3);
  for (let fix = 0; fix < load.fixes; fix++) await askForFix(engine, `file:///soak/${round}/fix${fix}.py`);
  await serverRound(engine, load.httpRequests);
  for (let count = 0; count < load.suspends; count++) {
    const answer = ask(engine, false);
    await probed.suspend(SUSPEND_MS);
    await answer;
  }
  for (let count = 0; count < load.clockJumps; count++) {
    const answer = ask(engine, false);
    await probed.jumpClock(count % 2 === 0 ? 8 * HOUR_MS : -HOUR_MS);
    await answer;
    await typeFile(engine, `file:///soak/${round}/jump${count}.py`, 10);
  }
  await probed.jumpClock(0);
  for (let count = 0; count < load.killedClients; count++) await killedClient(module);
}

/** Types code into a new file, key by key, and closes it. */
async function typeFile({ connection }: EngineProcess, uri: string, keys: number): Promise<void> {
  const textDocument = { uri, languageId: 'python', version: 1, text: 'import json\n\n' };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  const position = { line: 2, character: 0 };
  const text = TYPED.join('').repeat(Math.ceil(keys / TYPED.join('').length));
  for (let key = 0; key < keys; key++) {
    const range = { start: { ...position }, end: { ...position } };
    const typed = text[key] ?? '\n';
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: key + 2 },
      contentChanges: [{ range, text: typed }],
    });
    if (typed === '\n') Object.assign(position, { line: position.line + 1, character: 0 });
    else position.character++;
    const params = { textDocument: { uri }, position: { ...position }, context: { triggerKind: 2 } };
    await cancellable(key % 4 === 3, 1, (token) =>
      connection.sendRequest(InlineCompletionRequest.method, params, token),
    );
  }
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

async function ask(engine: EngineProcess, isStopped: boolean): Promise<void> {
  const messages = [{ role: 'user', content: 'Tell a long story.' }] as const;
  await cancellable(isStopped, 20, (token) => askEngine(engine, messages, { token, maxTokens: 48 }));
}

async function askForFix({ connection }: EngineProcess, uri: string): Promise<void> {
  const textDocument = { uri, languageId: 'python', version: 1, text: BROKEN };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  const range = { start: { line: 2, character: 23 }, end: { line: 2, character: 29 } };
  await connection.sendRequest(EditRequest.method, {
    textDocument: { uri, version: 1 },
    intent: 'fix',
    range,
    isSelection: false,
    diagnostics: [{ range, message: '"vlaues" is not defined', severity: 1 }],
    indent: { useTabs: false, size: 4 },
    progressToken: uri,
  });
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

async function cancellable(
  isCancelled: boolean,
  afterMs: number,
  request: (token: CancellationTokenSource['token']) => Promise<unknown>,
): Promise<void> {
  const source = new CancellationTokenSource();
  try {
    const answer = request(source.token).catch((error: unknown) => {
      if (!isCancelled || !(error instanceof ResponseError) || !CANCELLED.has(error.code)) throw error;
    });
    if (isCancelled) {
      await sleep(afterMs);
      source.cancel();
    }
    await answer;
  } finally {
    source.dispose();
  }
}
