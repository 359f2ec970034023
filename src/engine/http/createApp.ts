import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import { secureHeaders } from 'hono/secure-headers';
import { hostCheck, keyCheck } from './accessChecks.js';
import { ApiError, toApiError } from './apiError.js';
import { openApi } from './openApi.js';
import { nearestPath, routePath, unservedAt } from './paths.js';
import { addChat } from './routes/chat.js';
import { addChatCompletions } from './routes/chatCompletions.js';
import { addCompletions } from './routes/completions.js';
import { addLlamaCompletion } from './routes/completion.js';
import { addInfill } from './routes/infill.js';
import type { RouteDeps } from './routes/route.js';
import { addState } from './routes/state.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface AppOptions {
  readonly host: string;
  readonly apiKey: string | undefined;
}

/** What can be had without a key: the page, which asks for it, and whether the server is well. */
const OPEN_PATHS = ['/', '/browser.js', '/browser.css', '/icon.svg', '/health', '/openapi.json'];

/** The server's routes, and the checks before them. */
export function createApp(deps: RouteDeps, { host, apiKey }: AppOptions): Hono {
  const app = new Hono({ getPath: (request) => routePath(getPath(request)) });
  app.use(async (context, next) => {
    await next();
    deps.metrics.request(routeOf(app, context.req.path), context.res.status);
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: 'DENY',
      strictTransportSecurity: false,
    }),
  );
  app.use(hostCheck(host, apiKey !== undefined));
  if (apiKey !== undefined) {
    const check = keyCheck(apiKey);
    app.use((context, next) => (OPEN_PATHS.includes(context.req.path) ? next() : check(context, next)));
  }
  for (const add of [addChat, addChatCompletions, addCompletions, addLlamaCompletion, addInfill, addState])
    add(app, deps);
  app.get('/openapi.json', (context) => context.json(openApi(deps.version)));
  addWebPage(app);
  app.notFound((context) => {
    const { path } = context.req;
    const known = app.routes.filter((route) => route.path === path && route.method !== 'ALL');
    if (known.length === 0) {
      const unserved = unservedAt(path);
      if (unserved !== undefined)
        throw new ApiError(
          404,
          'invalid_request_error',
          'not_supported',
          `This server has no ${unserved}: its models only write text. Use another server for ${path}.`,
        );
      const nearest = nearestPath(
        path,
        app.routes.map((route) => route.path),
      );
      const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
      throw new ApiError(
        404,
        'invalid_request_error',
        'not_found',
        `There is no route ${path}.${hint} GET /openapi.json lists all routes.`,
      );
    }
    const methods = [...new Set(known.map(({ method }) => method))].join(', ');
    context.header('Allow', methods);
    throw new ApiError(405, 'invalid_request_error', 'method_not_allowed', `${path} takes ${methods}.`);
  });
  app.onError((error, context) => {
    const { status, body, extra } = toApiError(error);
    if (extra.retryAfterSeconds !== undefined) context.header('Retry-After', String(extra.retryAfterSeconds));
    if (extra.isFinal === true) context.header('X-Should-Retry', 'false');
    return context.json(body, status);
  });
  return app;
}

/** Unknown paths share one metric. */
function routeOf(app: Hono, path: string): string {
  return app.routes.some((route) => route.path === path) ? path : 'other';
}

/** All that is served, by path: nothing else can be reached, whatever a path says. */
const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/browser.js': { file: 'browser.js', type: 'text/javascript; charset=utf-8' },
  '/browser.css': { file: 'browser.css', type: 'text/css; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
};

/** The chat in a browser: a few files that were built beside the engine. */
export function addWebPage(app: Hono, folder: string = webFolder()): void {
  for (const [path, { file, type }] of Object.entries(FILES)) {
    app.get(path, async (context) => {
      const content = await readFile(join(folder, file)).catch(() => undefined);
      if (content === undefined) return context.notFound();
      return context.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' });
    });
  }
}

/** Beside the folder of the file that this code was built into. */
function webFolder(): string {
  return fileURLToPath(new URL('../webview/', import.meta.url));
}
