import type { Hono, Context } from 'hono';
import type { ModelRole } from '../../../protocol/errors.js';
import type { StatusReporter } from '../../status/statusReporter.js';
import type { GenerationService } from '../../serving/generationService.js';
import type { Admission, Applicant } from '../../serving/admission.js';
import type { Caller } from '../../decoding/fairQueue.js';
import type { HangDetector } from '../../decoding/hangDetector.js';
import type { Metrics } from '../metrics.js';
import type { Sessions } from '../sessions.js';
import type {
  GenerationChunk,
  GenerationEvents,
  GenerationResult,
  GenerationRequest,
} from '../../serving/generationRequest.js';
import { abortable } from '../../cancellation.js';
import { ApiError, invalidRequest } from '../apiError.js';
import type { RequestBodies } from '../requestBodies.js';
import { checkJsonShape } from '../jsonShape.js';
import { z } from 'zod';
import { getConnInfo } from '@hono/node-server/conninfo';

/** What routes answer with. */
export interface RouteDeps {
  readonly generation: GenerationService;
  readonly admission: Admission;
  readonly bodies: RequestBodies;
  readonly sessions: Sessions;
  readonly metrics: Metrics;
  readonly status: Pick<StatusReporter, 'current' | 'models'>;
  readonly hangs: Pick<HangDetector, 'evaluationMs' | 'isSlow'>;
  readonly version: string;
  /** Tokens of each text's context. */
  readonly contextTokens: number;
  /** Milliseconds that one request may take. */
  readonly maxMs: number;
}

/** Adds a route to the server. */
export type AddRoute = (app: Hono, deps: RouteDeps) => void;

/** The model that answers for a role, as far as it is loaded. */
export function modelName({ status }: Pick<RouteDeps, 'status'>, role: ModelRole): string {
  return status.models.find(({ roles }) => roles.includes(role))?.id ?? '';
}

/** Has a text written for a route: within the limits, and counted. */
export function generateFor(
  deps: RouteDeps,
  request: GenerationRequest,
  signal: AbortSignal,
  onPiece: (piece: GenerationChunk) => void = () => undefined,
): Promise<GenerationResult> {
  return admitted(deps, request, signal, (limited, onStart) =>
    countedText(deps, request, limited, { onStart, onPiece }),
  );
}

/**
 * Runs a request's work once it is let in, for as long as it may take. The time counts from here, waiting included, and
 * the caller is told when it is over, even where the model doesn't come to an end.
 * @throws QueueFull; ApiError 504
 */
export function admitted<T>(
  { admission, maxMs }: Pick<RouteDeps, 'admission' | 'maxMs'>,
  applicant: Applicant,
  signal: AbortSignal,
  work: (signal: AbortSignal, onStart: () => void) => Promise<T>,
): Promise<T> {
  return withTimeLimit(maxMs, signal, (limited) =>
    admission.run(applicant, limited, (inner, onStart) => abortable(work(inner, onStart), inner)),
  );
}

/** A text for a request that is let in. What comes after its end is dropped. */
export async function countedText(
  { generation, metrics }: Pick<RouteDeps, 'generation' | 'metrics'>,
  request: GenerationRequest,
  signal: AbortSignal,
  { onStart, onPiece }: GenerationEvents,
): Promise<GenerationResult> {
  const result = await generation.generate(request, signal, {
    onStart,
    onPiece: (piece) => {
      if (!signal.aborted) onPiece(piece);
    },
  });
  metrics.text(result);
  return result;
}

/**
 * Runs `work` with a signal that is aborted with `signal`, or after a time.
 * @throws ApiError 504 after that time
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const forward = (): void => limit.abort(signal.reason);
  if (signal.aborted) forward();
  signal.addEventListener('abort', forward, { once: true });
  const seconds = Math.round(milliseconds / 1000);
  const timer = setTimeout(
    () =>
      limit.abort(
        new ApiError(
          504,
          'server_error',
          'timeout',
          `The answer was not finished within ${seconds} s. Ask for fewer tokens, or start the server with a longer --timeout.`,
          { isFinal: true },
        ),
      ),
    milliseconds,
  );
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', forward);
  }
}

/**
 * The JSON of a request, checked.
 * @throws ApiError 400, 413, 415, 429
 */
export async function requestBody<T extends z.ZodType>(
  { bodies }: Pick<RouteDeps, 'bodies'>,
  context: Context,
  schema: T,
): Promise<z.infer<T>> {
  const type = context.req.header('content-type') ?? '';
  // Also for safety: another site's page can't send this type without having asked first.
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type))
    throw new ApiError(
      415,
      'invalid_request_error',
      'unsupported_media_type',
      'Send JSON, with the header "Content-Type: application/json".',
    );
  const parsed = schema.safeParse(jsonOf(await bodies.read(context)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') ?? '';
  throw invalidRequest(
    `${param === '' ? 'The body' : `"${param}"`}: ${issue?.message ?? 'not as expected'}`,
    param === '' ? undefined : param,
  );
}

function jsonOf(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest('The body is not valid UTF-8.', undefined, 'invalid_utf8');
  }
  checkJsonShape(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw invalidRequest(`The body is not valid JSON: ${detail}`, undefined, 'invalid_json');
  }
}

/**
 * Who a request is from, as far as callers can be told apart: by their address, and at one address by the name that
 * they give, or by the program that they are.
 * @param user that name, as the request has it
 */
export function callerOf(
  context: Context,
  user?: string | { readonly id?: string | null | undefined } | null,
): Caller {
  const { address = '' } = getConnInfo(context).remote;
  const name = typeof user === 'object' ? user?.id : user;
  const program = context.req.header('user-agent') ?? '';
  return { address, name: name == null || name === '' ? `program:${program.slice(0, 200)}` : `name:${name}` };
}
