import type { TemplateMessage } from './chatTemplate.js';

/**
 * Tools and their calls, which a template writes into its own text, without anything that could become a control token
 * there. Messages' contents are kept apart from the template's text and stay as they are.
 */
export function withoutControlTokens<T extends readonly unknown[]>({
  messages,
  tools,
}: {
  readonly messages: readonly TemplateMessage[];
  readonly tools: T;
}): { readonly messages: readonly TemplateMessage[]; readonly tools: T } {
  return {
    tools: plain(tools) as T,
    messages: messages.map(({ tool_calls: calls, ...message }) =>
      calls === undefined ? message : { ...message, tool_calls: calls.map(callForTemplate) },
    ),
  };
}

/** The API has a call's arguments as JSON in a text; templates want the object. */
function callForTemplate(call: unknown): unknown {
  const { type, function: named } = call as {
    readonly type?: unknown;
    readonly function?: { readonly name?: unknown; readonly arguments?: unknown };
  };
  return plain({ type, function: { name: named?.name, arguments: parsed(named?.arguments) } });
}

function parsed(text: unknown): unknown {
  // A call without arguments, as some clients write it.
  if (text === undefined || text === null || text === '') return {};
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A blank between the characters that control tokens begin with is all that it takes. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('<|', '< |').replaceAll('<｜', '< ｜');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [plain(key) as string, plain(each)]));
}
