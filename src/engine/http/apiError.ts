import { EngineError, type EngineErrorData } from '../../protocol/errors.js';
import { ToolsNotSupported } from '../chat/chatPromptBuilder.js';
import { QueueFull } from '../serving/admission.js';
import { InfillNotSupported, UnknownToken } from '../serving/requestPrompts.js';

interface ErrorExtra {
  readonly param?: string;
  readonly retryAfterSeconds?: number;
  /**
   * The same request would fail again, after another wait. OpenAI's clients repeat every request that fails with 500 or
   * more, unless they are told.
   */
  readonly isFinal?: boolean;
}

/** An answer that is none, in the shape of OpenAI's API. */
export class ApiError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 413 | 415 | 429 | 500 | 501 | 503 | 504,
    /** As OpenAI's: `invalid_request_error`, `authentication_error` … */
    readonly type: string,
    readonly code: string,
    message: string,
    readonly extra: ErrorExtra = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get body(): { readonly error: Readonly<Record<string, unknown>> } {
    const { message, type, code, extra } = this;
    return { error: { message, type, param: extra.param ?? null, code } };
  }
}

export function invalidRequest(message: string, param?: string, code = 'invalid_value'): ApiError {
  return new ApiError(400, 'invalid_request_error', code, message, param === undefined ? {} : { param });
}

/** An error as an HTTP response: a status and a sentence. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof EngineError) return fromEngine(error.data);
  if (error instanceof QueueFull)
    return new ApiError(
      429,
      'rate_limit_error',
      'queue_full',
      error.waiting === 0
        ? 'All answers that the server generates at once are in progress, and no request may wait. Try again in a moment.'
        : `${error.waiting} requests are already waiting. Try again in a moment.`,
      { retryAfterSeconds: error.retryAfterSeconds },
    );
  if (error instanceof InfillNotSupported)
    return new ApiError(
      501,
      'not_supported_error',
      'no_infill',
      `${error.model} has no infill tokens. Load a model that has them, such as a Qwen2.5-Coder.`,
      { isFinal: true },
    );
  if (error instanceof ToolsNotSupported)
    return invalidRequest(
      'The chat template of this model doesn’t support tools, or not with messages in this order.',
      'tools',
      'tools_not_supported',
    );
  if (error instanceof UnknownToken)
    return invalidRequest(
      `"prompt" has the token ${error.token}, which this model doesn’t know. Tokenize with the model's own tokenizer, or send text.`,
      'prompt',
    );
  if (error instanceof DOMException && error.name === 'AbortError')
    return new ApiError(
      503,
      'server_error',
      'interrupted',
      'The model was changed or unloaded in the meantime. Try again.',
      { retryAfterSeconds: 1 },
    );
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiError(500, 'server_error', 'internal_error', `Something went wrong: ${detail}`);
}

function fromEngine(data: EngineErrorData): ApiError {
  switch (data.kind) {
    case 'promptTooLong':
      return invalidRequest(
        `The prompt has ${data.promptTokens} tokens, but the context holds ${data.contextTokens}. Shorten it, or send "truncate": true to drop its oldest part.`,
        undefined,
        'context_length_exceeded',
      );
    case 'badGrammar':
      return badGrammar(data.detail, 'grammar');
    case 'noModel':
      return unavailable(
        'no_model',
        `There is no model for ${data.role} yet. Download one: youtu model get ID`,
      );
    case 'modelNotInstalled':
      return unavailable(
        'no_model',
        `The model ${data.id} is not installed. Download it: youtu model get ${data.id}`,
      );
    case 'notEnoughMemory':
      return unavailable('no_memory', 'There isn’t enough memory for the model. Choose a smaller one.');
    case 'evaluationFailed':
      return new ApiError(
        500,
        'server_error',
        'evaluation_failed',
        `llama.cpp failed while it was answering: ${data.detail}`,
      );
    case 'remoteFailed':
      return new ApiError(
        503,
        'server_error',
        'remote_failed',
        `The server ${data.host} that has the model can't be used (${data.reason}).`,
        { retryAfterSeconds: 5 },
      );
    default:
      return unavailable(
        'model_unusable',
        `The model can't be used (${data.kind}). Run "youtu doctor" for details.`,
      );
  }
}

/** The answer can't be held to a grammar or a schema, whose field is `param`. */
export function badGrammar(detail: string, param: string): ApiError {
  return invalidRequest(`The answer can't be constrained to this grammar or schema: ${detail}`, param);
}

/** Until somebody does something about it. */
function unavailable(code: string, message: string): ApiError {
  return new ApiError(503, 'server_error', code, message, { isFinal: true });
}
