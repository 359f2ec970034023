import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { Worker } from 'node:worker_threads';
import type { ServeProcess } from './serveProcess.js';

export interface FloodOptions {
  readonly count: number;
  readonly path: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FloodResult {
  /** Of the answers: their status and code, such as `429 queue_full`; `cut` for a connection that ended without one. */
  readonly answers: readonly string[];
  /** What the process that serves took more than before, at most. */
  readonly peakBytes: number;
  /** The longest time in which `/health` was answered, milliseconds; Infinity when it once wasn't well. */
  readonly slowestHealthMs: number;
}

/** Sends many requests at once, and observes the server meanwhile. */
export async function flood(server: ServeProcess, options: FloodOptions): Promise<FloodResult> {
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const before = residentBytes(server.servingPid);
  const health = new HealthThread(server.url);
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, residentBytes(server.servingPid))), 30);
  const answers = await Promise.all(
    Array.from({ length: options.count }, () => answerTo(server, agent, options)),
  );
  clearInterval(watch);
  return { answers, peakBytes: peak - before, slowestHealthMs: await health.end() };
}

function answerTo(
  server: ServeProcess,
  agent: Agent,
  { path, body, headers }: FloodOptions,
): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(
      server.url + path,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('error', () => resolve('cut'));
        response.on('end', () => resolve(`${response.statusCode} ${codeOf(text)}`));
      },
    );
    sent.on('error', () => resolve('cut'));
    sent.end(body);
  });
}

function codeOf(text: string): string {
  const { error } = JSON.parse(text) as { readonly error?: { readonly code: string } };
  return error?.code ?? 'ok';
}

export function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Asks for the server's health from a thread of its own, since this one is busy sending. */
class HealthThread {
  private readonly worker: Worker;

  constructor(url: string) {
    this.worker = new Worker(ASK, { eval: true, workerData: `${url}/health` });
  }

  end(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.worker.once('message', (slowest: number) => {
        resolve(slowest);
        void this.worker.terminate();
      });
      this.worker.once('error', reject);
      this.worker.postMessage('end');
    });
  }
}

const ASK = `
  const { parentPort, workerData } = require('node:worker_threads');
  let slowest = 0;
  let isDone = false;
  parentPort.once('message', () => { isDone = true; });
  (async () => {
    while (!isDone) {
      const started = performance.now();
      const isWell = await fetch(workerData).then((response) => response.status === 200, () => false);
      slowest = Math.max(slowest, isWell ? performance.now() - started : Infinity);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    parentPort.postMessage(slowest);
  })();
`;
