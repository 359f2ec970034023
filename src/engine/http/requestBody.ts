import type { Context } from 'hono';
import { z } from 'zod';
import { ApiError, invalidRequest } from './apiError.js';

/**
 * The JSON of a request, checked.
 * @throws ApiError 400, 415
 */
export async function requestBody<T extends z.ZodType>(context: Context, schema: T): Promise<z.infer<T>> {
  const type = context.req.header('content-type') ?? '';
  // Also for safety: another site's page can't send this type without having asked first.
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type))
    throw new ApiError(
      415,
      'invalid_request_error',
      'unsupported_media_type',
      'Send JSON, with the header "Content-Type: application/json".',
    );
  const bytes = await context.req.arrayBuffer();
  const parsed = schema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') ?? '';
  throw invalidRequest(
    `${param === '' ? 'The body' : `"${param}"`}: ${issue?.message ?? 'not as expected'}`,
    param === '' ? undefined : param,
  );
}

function jsonOf(bytes: ArrayBuffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest('The body is not valid UTF-8.', undefined, 'invalid_utf8');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw invalidRequest(`The body is not valid JSON: ${detail}`, undefined, 'invalid_json');
  }
}
