import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { sha256 } from './sampleModel.js';

/** Faults to simulate. All numbers are bytes of one response. */
export type Behaviour =
  | { readonly kind: 'sound' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'cut'; readonly after: number }
  | { readonly kind: 'stall'; readonly after: number }
  /** Bytes at a time, with a pause after each. */
  | { readonly kind: 'slow'; readonly bytes: number; readonly pauseMs: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'otherBytes' }
  | { readonly kind: 'otherHash' }
  | { readonly kind: 'otherLength' }
  | { readonly kind: 'noRanges' }
  | { readonly kind: 'noLength' }
  | { readonly kind: 'noHash' }
  | { readonly kind: 'portal' }
  | { readonly kind: 'redirectsForever' };

/** A small model hub: returns the file's hash and redirects to a storage, which supports ranges. */
export class HubServer {
  behaviour: Behaviour = { kind: 'sound' };
  /** Ranges requested from the storage, `undefined` for the whole file. */
  readonly ranges: (string | undefined)[] = [];

  private constructor(
    private readonly server: Server,
    public bytes: Buffer,
  ) {}

  static async start(bytes: Buffer): Promise<HubServer> {
    const server = createServer((request, response) => hub.answer(request, response));
    const hub = new HubServer(server, bytes);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { kind } = this.behaviour;
    if (kind === 'silent') return;
    if (kind === 'status') {
      response.writeHead(this.behaviour.status).end('no');
    } else if (kind === 'portal') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
    } else if (kind === 'redirectsForever') {
      response.writeHead(302, { location: request.url }).end();
    } else if (/^\/[\w.-]+\/[\w.-]+\/resolve\/main\/[\w.-]+\.gguf$/.test(request.url ?? '')) {
      const hash = kind === 'otherHash' ? '0'.repeat(64) : sha256(this.bytes);
      response
        .writeHead(302, {
          location: '/storage/sample',
          ...(kind === 'noHash' ? {} : { 'x-linked-etag': `"${hash}"`, 'x-linked-size': this.bytes.length }),
        })
        .end();
    } else if (request.url === '/storage/sample') this.serve(request, response);
    else response.writeHead(404).end();
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const { behaviour } = this;
    const range = request.headers.range;
    this.ranges.push(range);
    const start = behaviour.kind === 'noRanges' ? 0 : Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    const total = this.bytes.length + (behaviour.kind === 'otherLength' ? 1 : 0);
    if (start >= total) {
      response.writeHead(416, { 'content-range': `bytes */${total}` }).end();
      return;
    }
    const source = behaviour.kind === 'otherBytes' ? Buffer.alloc(total, 7) : this.bytes;
    const body = source.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      ...(behaviour.kind === 'noLength' ? {} : { 'content-length': total - start }),
      ...(start > 0 ? { 'content-range': `bytes ${start}-${total - 1}/${total}` } : {}),
    });
    if (behaviour.kind === 'cut')
      // After a delay: a client drops received but unread bytes when the connection breaks.
      response.write(
        body.subarray(0, behaviour.after),
        () => void setTimeout(150).then(() => response.destroy()),
      );
    else if (behaviour.kind === 'slow') void drip(response, body, behaviour);
    else if (behaviour.kind === 'stall') response.write(body.subarray(0, behaviour.after));
    else response.end(body);
  }
}

/** A client that is suspended reads nothing: what comes next waits for it. */
async function drip(
  response: ServerResponse,
  body: Buffer,
  { bytes, pauseMs }: { readonly bytes: number; readonly pauseMs: number },
): Promise<void> {
  const pieces = async function* (): AsyncGenerator<Buffer, void> {
    for (let at = 0; at < body.length; at += bytes) {
      yield body.subarray(at, at + bytes);
      await setTimeout(pauseMs);
    }
  };
  // Clients may go before the end.
  await pipeline(pieces, response).catch(() => undefined);
}
