import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as the stand-in got it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  /** Whether the client closed the connection before the answer was whole. */
  isAborted: boolean;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

/** A server of models whose answers and faults a test writes, by path. */
export class StandInServer {
  readonly seen: SeenRequest[] = [];
  private readonly server;

  /** @param tls key and certificate; left out: plain HTTP */
  constructor(
    public answers: Readonly<Record<string, Answer>>,
    private readonly tls?: ServerOptions,
  ) {
    const handle = (request: IncomingMessage, response: ServerResponse): void =>
      void this.handle(request, response);
    this.server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  }

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.port}`;
  }

  /** Requests for a path, the oldest first. */
  requests(path: string): readonly SeenRequest[] {
    return this.seen.filter((each) => each.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const seen: SeenRequest = {
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      isAborted: false,
    };
    this.seen.push(seen);
    response.on('close', () => {
      seen.isAborted = !response.writableFinished;
    });
    const answer = this.answers[seen.path];
    if (answer === undefined) response.writeHead(404).end('{"error":{"message":"no such path"}}');
    else await answer(response, seen);
  }
}

export const json =
  (value: unknown): Answer =>
  (response) =>
    void response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

export const status =
  (code: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end(body);

/** A list with one model. */
export const models = (fields: object): Answer =>
  json({ object: 'list', data: [{ object: 'model', ...fields }] });

/** Server-sent events; objects become JSON. */
export const events =
  (...parts: readonly (object | string)[]): Answer =>
  (response) => {
    response.setHeader('content-type', 'text/event-stream');
    for (const part of parts)
      response.write(`data: ${typeof part === 'string' ? part : JSON.stringify(part)}\n\n`);
    response.end();
  };

export const chatChunk = (content: string, finish: string | null = null): object => ({
  model: 'test-coder',
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});
