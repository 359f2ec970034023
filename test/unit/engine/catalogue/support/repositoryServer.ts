import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sha256 } from './sampleModel.js';

export const COMMIT = 'a'.repeat(40);

export interface RepositoryState {
  files: Record<string, Buffer>;
  commit: string;
  licence: string;
  /** The token that is needed for the files. */
  gate?: string;
  /** Where files are sent on to. */
  redirect?: string;
  /** Answers to give before the usual ones. */
  first: ((request: IncomingMessage, response: ServerResponse) => void)[];
}

/** A hub with one repository, `Owner/Repo`, that answers as Hugging Face (and ModelScope) do. */
export class RepositoryServer {
  readonly state: RepositoryState = { files: {}, commit: COMMIT, licence: 'apache-2.0', first: [] };
  /** `path` and what was sent as authorization. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[] = [];

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
  ) {}

  static async start(tls?: { readonly key: string; readonly cert: string }): Promise<RepositoryServer> {
    const listener: RequestListener = (request, response) => hub.answer(request, response);
    const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    const hub = new RepositoryServer(server, tls === undefined ? 'http' : 'https');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Paths that were asked for as files. */
  get fetched(): readonly string[] {
    return this.requests.map(({ path }) => path).filter((path) => path.includes('/resolve/'));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    this.requests.push({ path: decodeURIComponent(pathname), authorization: request.headers.authorization });
    const first = this.state.first.shift();
    if (first !== undefined) {
      first(request, response);
      return;
    }
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/(.+)$/.exec(decodeURIComponent(pathname));
    if (api !== null) {
      this.list(api[1] ?? '', api[2] ?? '', response);
      return;
    }
    if (pathname === '/api/models') {
      json(response, [{ id: 'Owner/Repo' }]);
      return;
    }
    if (/\/refs$/.test(pathname)) {
      json(response, { branches: [{ name: 'main' }], tags: [{ name: 'v1' }] });
      return;
    }
    if (/^\/api\/v1\/models\/Owner\/Repo\/repo\/files$/.test(pathname)) {
      this.listModelScope(response);
      return;
    }
    if (pathname === '/api/v1/models/Owner/Repo') {
      json(response, { Data: { License: 'Apache License 2.0' } });
      return;
    }
    if (pathname === '/api/v1/models/Owner/Repo/repo') {
      this.send(searchParams.get('FilePath') ?? '', request, response);
      return;
    }
    const file = /^\/Owner\/Repo\/resolve\/([^/]+)\/(.+)$/.exec(decodeURIComponent(pathname));
    if (file !== null) {
      this.send(file[2] ?? '', request, response);
      return;
    }
    response.writeHead(404).end();
  }

  private list(repository: string, revision: string, response: ServerResponse): void {
    if (repository.toLowerCase() !== 'owner/repo') {
      refuse(response, 401, 'RepoNotFound');
      return;
    }
    if (revision !== 'main' && revision !== 'v1' && revision !== this.state.commit) {
      refuse(response, 404, 'RevisionNotFound');
      return;
    }
    json(response, {
      id: 'Owner/Repo',
      sha: this.state.commit,
      gated: this.state.gate === undefined ? false : 'manual',
      tags: ['gguf', `license:${this.state.licence}`],
      siblings: Object.entries(this.state.files).map(([rfilename, bytes]) => ({
        rfilename,
        size: bytes.length,
        lfs: { sha256: sha256(bytes), size: bytes.length, pointerSize: 134 },
      })),
    });
  }

  private listModelScope(response: ServerResponse): void {
    const Files = Object.entries(this.state.files).map(([Path, bytes]) => ({
      Path,
      Type: 'blob',
      Size: bytes.length,
      Sha256: sha256(bytes),
      Revision: COMMIT,
    }));
    json(response, {
      Code: 200,
      Success: true,
      Data: { Files: [{ Path: 'folder', Type: 'tree' }, ...Files] },
    });
  }

  private send(path: string, request: IncomingMessage, response: ServerResponse): void {
    const bytes = this.state.files[path];
    if (bytes === undefined) {
      refuse(response, 404, 'EntryNotFound');
      return;
    }
    const { gate } = this.state;
    if (gate !== undefined && request.headers.authorization !== `Bearer ${gate}`) {
      refuse(response, request.headers.authorization === undefined ? 401 : 403, 'GatedRepo');
      return;
    }
    if (this.state.redirect !== undefined) {
      response.writeHead(302, { location: this.state.redirect }).end();
      return;
    }
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': bytes.length - start,
      ...(start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    response.end(bytes.subarray(start));
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

export function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'x-error-code': code }).end('no');
}
