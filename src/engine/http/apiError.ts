/** An answer that is none, in the shape of OpenAI's API. */
export class ApiError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 413 | 415 | 429 | 500 | 501 | 503 | 504,
    /** As OpenAI's: `invalid_request_error`, `authentication_error` … */
    readonly type: string,
    readonly code: string,
    message: string,
    readonly extra: { readonly param?: string; readonly retryAfterSeconds?: number } = {},
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
