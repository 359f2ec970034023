import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { hostCheck } from './access/hostCheck.js';
import { keyCheck } from './access/keyCheck.js';
import { ApiError } from './apiError.js';
import { openApi } from './openApi.js';
import { addChat } from './routes/chat.js';
import { addChatCompletions } from './routes/chatCompletions.js';
import { addCompletions } from './routes/completions.js';
import { addInfill } from './routes/infill.js';
import type { RouteDeps } from './routes/route.js';
import { addState } from './routes/state.js';
import { toApiError } from './toApiError.js';
import { addWebPage } from './webPage.js';

export interface AppOptions {
  readonly host: string;
  readonly apiKey: string | undefined;
  /** Bytes of a request's body. */
  readonly mostBodyBytes: number;
}

/** What can be had without a key: the page, which asks for it, and whether the server is well. */
const OPEN_PATHS = ['/', '/browser.js', '/browser.css', '/icon.svg', '/health', '/openapi.json'];

/** The server's routes and what stands before them. */
export function createApp(deps: RouteDeps, { host, apiKey, mostBodyBytes }: AppOptions): Hono {
  const app = new Hono();
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
  app.use(
    bodyLimit({
      maxSize: mostBodyBytes,
      onError: () => {
        throw tooLarge(mostBodyBytes);
      },
    }),
  );
  for (const add of [addChat, addChatCompletions, addCompletions, addInfill, addState]) add(app, deps);
  app.get('/openapi.json', (context) => context.json(openApi(deps.version)));
  addWebPage(app);
  app.notFound((context) => {
    const { path } = context.req;
    const known = app.routes.filter((route) => route.path === path && route.method !== 'ALL');
    if (known.length === 0)
      throw new ApiError(
        404,
        'invalid_request_error',
        'not_found',
        `There is nothing at ${path}. GET /openapi.json lists what there is.`,
      );
    const methods = [...new Set(known.map(({ method }) => method))].join(', ');
    context.header('Allow', methods);
    throw new ApiError(405, 'invalid_request_error', 'method_not_allowed', `${path} takes ${methods}.`);
  });
  app.onError((error, context) => {
    const { status, body, extra } = toApiError(error);
    if (extra.retryAfterSeconds !== undefined) context.header('Retry-After', String(extra.retryAfterSeconds));
    return context.json(body, status);
  });
  return app;
}

function tooLarge(bytes: number): ApiError {
  return new ApiError(
    413,
    'invalid_request_error',
    'body_too_large',
    `The body is larger than ${Math.round(bytes / 1024)} KiB.`,
  );
}

/** Paths that nobody knows would make as many metrics. */
function routeOf(app: Hono, path: string): string {
  return app.routes.some((route) => route.path === path) ? path : 'other';
}
