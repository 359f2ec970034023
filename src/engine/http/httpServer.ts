import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { Engine } from '../engine.js';
import { GenerationService } from '../serving/generationService.js';
import { isLoopback } from './accessChecks.js';
import { createApp } from './createApp.js';
import { Metrics } from './metrics.js';
import { RequestBodies } from './requestBodies.js';
import { Sessions } from './sessions.js';
import { limitSockets } from './sockets.js';
import { Admission } from '../serving/admission.js';
import { ApiError } from './apiError.js';
import { modelName } from './routes/route.js';

export interface HttpOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly apiKey?: string | undefined;
  readonly version: string;
  /** Texts generated at once, requests that may wait, and seconds for one answer. */
  readonly slots?: number | undefined;
  readonly queue?: number | undefined;
  readonly timeoutSeconds?: number | undefined;
  /** Tokens of each text's context, prompt and answer. */
  readonly contextTokens?: number | undefined;
  /** Seconds without a request after which the KV caches are given back; 0: never. */
  readonly sleepIdleSeconds?: number | undefined;
}

const DEFAULTS = { slots: 4, queue: 64, timeoutSeconds: 600, contextTokens: 4096, sleepIdleSeconds: 1800 };
/** A header or body that takes longer is no honest one. */
const HEADERS_MS = 10_000;
const BODY_MS = 30_000;
const SOCKETS = { connections: 1024, connectionsOfAddress: 768, stalledMs: 15_000 };
/** How often unused sessions are looked for. */
const SESSIONS_MS = 60_000;
/** Answers that are being written when the server is stopped get so long to end. */
const GRACE_MS = 5_000;

/** The engine's door for HTTP. */
export class HttpServer {
  private constructor(
    private readonly server: Server,
    private readonly admission: Admission,
    /** Gives back what the routes hold. */
    private readonly close: () => Promise<void>,
    readonly url: string,
  ) {}

  /** @throws EngineError `listenFailed` */
  static async start(engine: Engine, options: HttpOptions): Promise<HttpServer> {
    const { host, port, apiKey } = options;
    const refused = (code: string): EngineError =>
      new EngineError(EngineErrorCode.listenFailed, { kind: 'listenFailed', host, port, code });
    if (!isLoopback(host) && (apiKey === undefined || apiKey === '')) throw refused('needsKey');
    const deps = routeDeps(engine, options);
    const app = createApp(deps, { host, apiKey: apiKey === '' ? undefined : apiKey });
    const server = createAdaptorServer({
      fetch: app.fetch,
      // Of a request without a host, as HTTP/1.0 allows.
      hostname: 'localhost',
      // Node reads to its end what a refused request still sends; the library would cut the sender off soon.
      autoCleanupIncoming: false,
      serverOptions: {
        headersTimeout: HEADERS_MS,
        requestTimeout: BODY_MS,
        connectionsCheckingInterval: 2000,
        keepAliveTimeout: 65_000,
      },
    }) as Server;
    limitSockets(server, SOCKETS);
    server.listen(port, host);
    await once(server, 'listening').catch((error: unknown) => {
      throw refused((error as NodeJS.ErrnoException).code ?? String(error));
    });
    const expiry = setInterval(() => deps.sessions.forgetOld(), SESSIONS_MS).unref();
    const close = async (): Promise<void> => {
      clearInterval(expiry);
      await deps.generation.dispose();
    };
    const { port: actual } = server.address() as AddressInfo;
    return new HttpServer(
      server,
      deps.admission,
      close,
      `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    );
  }

  /** Takes no more requests and ends those that run with a sentence, since llama.cpp won't do so. */
  endHung(): void {
    this.server.close();
    this.admission.endAll(hung());
  }

  /** Takes no more requests, lets those that run end for a moment, and cuts what is left. */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeIdleConnections();
    // A connection that is kept alive has become idle only after its answer.
    const idle = setInterval(() => this.server.closeIdleConnections(), 100);
    const end = setTimeout(() => this.server.closeAllConnections(), GRACE_MS);
    await closed;
    clearInterval(idle);
    clearTimeout(end);
    await this.close();
  }
}

function hung(): ApiError {
  const message =
    'llama.cpp hung while it was answering. The server is started again: try again in a moment.';
  return new ApiError(503, 'server_error', 'hung', message, { retryAfterSeconds: 10 });
}

function routeDeps(
  engine: Engine,
  { version, slots, queue, timeoutSeconds, sleepIdleSeconds, contextTokens: own }: HttpOptions,
): Parameters<typeof createApp>[0] {
  const contextTokens = own ?? (engine.settings.contextSize || DEFAULTS.contextTokens);
  const generation = new GenerationService(engine.generationDeps, {
    slots: slots ?? DEFAULTS.slots,
    contextTokens,
    idleMs: (sleepIdleSeconds ?? DEFAULTS.sleepIdleSeconds) * 1000 || undefined,
  });
  const limits = { slots: slots ?? DEFAULTS.slots, queue: queue ?? DEFAULTS.queue };
  return {
    generation,
    admission: new Admission(limits, (role) => modelName(engine, role)),
    contextTokens,
    version,
    bodies: new RequestBodies(),
    sessions: new Sessions(),
    metrics: new Metrics(),
    status: engine.status,
    hangs: engine.hangs,
    maxMs: (timeoutSeconds ?? DEFAULTS.timeoutSeconds) * 1000,
  };
}
