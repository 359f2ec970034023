import type { EngineStatus, LoadedModel } from '../../../protocol/status.js';
import { ApiError } from '../apiError.js';
import type { AddRoute, RouteDeps } from './route.js';

/** `GET /health`, `GET /metrics`, `GET /v1/models`: what there is and how it goes. */
export const addState: AddRoute = (app, deps) => {
  app.get('/health', (context) => {
    const { status, message } = healthOf(deps.status.current, deps.hangs);
    const body = {
      status,
      ...(message === undefined ? {} : { message }),
      version: deps.version,
      models: models(deps).map(described),
      queue: load(deps),
    };
    return context.json(body, status === 'ok' ? 200 : 503);
  });
  app.get('/metrics', (context) => {
    const text = deps.metrics.write({ ...load(deps), sessions: deps.sessions.size });
    return context.text(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  app.get('/v1/models', (context) => context.json({ object: 'list', data: models(deps).map(listed) }));
  // Names of hubs have slashes.
  app.get('/v1/models/:id{.+}', (context) => {
    const name = context.req.param('id');
    const found = models(deps).find(({ id }) => id === name);
    if (found !== undefined) return context.json(listed(found));
    throw new ApiError(
      404,
      'invalid_request_error',
      'model_not_found',
      `The model ${name} isn't loaded here. GET /v1/models lists those that are; requests may name any.`,
    );
  });
};

function models({ status, contextTokens }: RouteDeps): readonly LoadedModel[] {
  return status.models.map((model) => ({
    ...model,
    contextTokens: Math.min(model.contextTokens, contextTokens),
  }));
}

function load({ admission }: RouteDeps): { readonly running: number; readonly waiting: number } {
  return { running: admission.running, waiting: admission.waiting };
}

function listed({ id, contextTokens, hasInfill, roles }: LoadedModel): object {
  return {
    id,
    object: 'model',
    created: 0,
    owned_by: 'youtu-code',
    context_tokens: contextTokens,
    roles,
    has_infill: hasInfill,
  };
}

function described({ id, roles, contextTokens, device }: LoadedModel): object {
  const name =
    device.kind === 'cpu'
      ? 'CPU'
      : `${device.name ?? device.kind} (${device.kind === 'remote' ? device.build : device.kind})`;
  return { id, roles, context_tokens: contextTokens, device: name };
}

/** Exported for tests. */
export function healthOf(
  status: EngineStatus,
  { evaluationMs, isSlow }: RouteDeps['hangs'],
): { readonly status: string; readonly message?: string } {
  if (isSlow)
    return {
      status: 'stuck',
      message: `An evaluation in llama.cpp has taken ${Math.round(evaluationMs / 1000)} s, much longer than those before it, and may hang. "youtu serve" starts the server again if it doesn't end.`,
    };
  switch (status.kind) {
    case 'noModel':
      return {
        status: 'no_model',
        message: `There is no model for ${status.role} yet. Download one: youtu model get ID`,
      };
    case 'failed':
      return {
        status: 'failed',
        message: `The model can't be used (${status.error.kind}). Run "youtu doctor" for details.`,
      };
    case 'loading':
      return { status: 'loading' };
    default:
      return { status: 'ok' };
  }
}
