import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sendReply, type Reply } from './scriptedReply.js';

const root = process.env['YOUTU_ROOT'] ?? process.cwd();
const folder = join(root, 'src/webview/browser');

/** The policy that `youtu serve` sends with the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const HEALTHY = {
  status: 'ok',
  version: '0.1.0',
  models: [
    { id: 'tiny-completion', roles: ['completion'], context_tokens: 2048, device: 'CPU' },
    { id: 'qwen2.5-coder-0.5b', roles: ['chat', 'completion'], context_tokens: 8192, device: 'CPU' },
  ],
  queue: { running: 0, waiting: 0 },
};

interface PageFile {
  readonly type: string;
  readonly content: string;
}

export interface ChatRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly [field: string]: unknown;
}

/** A replacement for `youtu serve`: serves the page, its state, and scripted answers. */
export class FakeServer {
  readonly requests: ChatRequest[] = [];
  health: unknown = HEALTHY;
  /** Sent in order; the last one is repeated. */
  replies: readonly Reply[] = [{ steps: [{ text: 'Like this.' }] }];
  apiKey: string | undefined;
  /** Number of answers that the page has stopped. */
  stopped = 0;
  private onStopped: () => void = () => undefined;
  private resumes: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    private readonly files: ReadonlyMap<string, PageFile>,
  ) {
    server.on('request', (request, response) => void this.handle(request, response));
  }

  static async start(): Promise<FakeServer> {
    const server = createServer();
    const instance = new FakeServer(server, await bundleBrowserPage());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return instance;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Restores the initial state. */
  reset(): void {
    this.resume();
    this.requests.length = 0;
    this.stopped = 0;
    this.onStopped = () => undefined;
    this.apiKey = undefined;
    this.health = HEALTHY;
    this.replies = [{ steps: [{ text: 'Like this.' }] }];
  }

  /** Resolves when the page has stopped an answer. */
  async untilStopped(): Promise<void> {
    if (this.stopped === 0) await new Promise<void>((resolve) => (this.onStopped = resolve));
  }

  /** Ends the pauses of the answers that are running. */
  resume(): void {
    for (const resume of this.resumes.splice(0)) resume();
  }

  async stop(): Promise<void> {
    this.resume();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A proxy may serve it under a path prefix.
    const path = (request.url ?? '/').replace(/^\/behind\/a\/path/, '');
    const file = this.files.get(path);
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': file.type, 'content-security-policy': POLICY });
      response.end(file.content);
    } else if (path === '/health') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(this.health));
    } else if (path === '/v1/chat/completions' && request.method === 'POST') {
      await this.answer(request, response);
    } else {
      response.writeHead(404).end();
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request) body += String(piece);
    if (this.apiKey !== undefined && request.headers.authorization !== `Bearer ${this.apiKey}`) {
      const error = 'The API key is missing or wrong.';
      await sendReply(response, { status: 401, error }, () => Promise.resolve());
      return;
    }
    this.requests.push(JSON.parse(body) as ChatRequest);
    response.on('close', () => {
      if (response.writableFinished) return;
      this.stopped++;
      this.onStopped();
    });
    const reply = this.replies[Math.min(this.requests.length, this.replies.length) - 1] ?? {};
    await sendReply(response, reply, () => new Promise((resolve) => this.resumes.push(resolve)));
  }
}

/** The browser page's files, by path. */
async function bundleBrowserPage(): Promise<ReadonlyMap<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: [
      { in: join(folder, 'main.ts'), out: 'browser' },
      { in: join(folder, 'style.css'), out: 'browser' },
    ],
    outdir: join(root, 'out'),
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  const icon = await readFile(join(root, 'media/icon.svg'), 'utf8');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  return new Map<string, PageFile>([
    ['/icon.svg', { type: 'image/svg+xml', content: icon }],
    ['/', { type: 'text/html; charset=utf-8', content: html }],
    ...outputFiles.map(({ path, text }): [string, PageFile] =>
      path.endsWith('.css')
        ? ['/browser.css', { type: 'text/css; charset=utf-8', content: text }]
        : ['/browser.js', { type: 'text/javascript; charset=utf-8', content: text }],
    ),
  ]);
}
