import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const CLI = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'dist/cli/main.mjs');

/** A running `youtu serve`. */
export class ServeProcess {
  private constructor(
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
    readonly url: string,
    private readonly notes: string[],
  ) {}

  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServeProcess> {
    const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const notes: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => void notes.push(text));
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`youtu serve ended with ${code}: ${notes.join('')}`);
    });
    const [url] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    ended.catch(() => undefined);
    return new ServeProcess(child, url, notes);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Of the process that the user started. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Of the process that serves, which the other one supervises. Linux only. */
  get servingPid(): number {
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
    return Number(children.trim().split(' ')[0]);
  }

  /** Its output on stderr. */
  get said(): string {
    return this.notes.join('');
  }

  /** Sends JSON. */
  post(path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(this.url + path, {
      method: 'POST',
      body: text,
      ...init,
      headers: {
        'content-type': 'application/json',
        ...(init.headers as Record<string, string> | undefined),
      },
    });
  }

  /** Requests JSON; rejects without a successful response. */
  async ask<T>(path: string, body: object): Promise<T> {
    const response = await this.post(path, body);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as T;
  }

  /** The value of a metric without labels. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return Number(new RegExp(`^youtu_${name} (\\S+)$`, 'm').exec(text)?.[1]);
  }

  /** Ends it as Ctrl+C does; resolves to its exit status. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGINT');
    const [code] = (await exit) as [number | null];
    // Its output is the only hint at the cause.
    if (code !== 0) throw new Error(`youtu serve ended with ${code}: ${this.said}`);
    return code;
  }
}
