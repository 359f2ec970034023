import { randomUUID } from 'node:crypto';

/** A call as OpenAI's API tells of it. */
export interface ApiToolCall {
  readonly id: string;
  readonly type: 'function';
  /** `arguments` is JSON. */
  readonly function: { readonly name: string; readonly arguments: string };
}

/** What an answer may call. */
export interface ToolOptions {
  readonly names: readonly string[];
  /** Whether only one call is wanted. */
  readonly isSingle: boolean;
}

const OPEN = '<tool_call>';
const CLOSE = '</tool_call>';
const BLOCK = /<tool_call>((?:(?!<\/?tool_call>)[^])*)(?:<\/tool_call>|$)/g;
const FENCE = '```';
/** Languages of a fence that may hold a call. */
const FENCE_LANGUAGES = ['', 'json', 'tool_call'];
/** Keys that a call may begin with. */
const CALL_KEYS = ['name', 'arguments', 'type', 'id'];

/**
 * Tells calls of tools from an answer's text: in the blocks that models were taught to write, or as the whole of an
 * answer, bare or in a fence. What isn't a call of a known tool stays text.
 */
export function readToolCalls(
  answer: string,
  { names, isSingle }: ToolOptions,
): { readonly text: string; readonly calls: readonly ApiToolCall[] } {
  if (names.length === 0) return { text: answer, calls: [] };
  const calls: ApiToolCall[] = [];
  const text = answer.replace(BLOCK, (block: string, inner: string) => {
    const call = callOf(inner, names);
    if (call === undefined) return block;
    calls.push(call);
    return '';
  });
  if (calls.length > 0) return { text: text.trim(), calls: isSingle ? calls.slice(0, 1) : calls };
  const call = callOf(withoutFence(answer.trim()), names);
  return call === undefined ? { text: answer, calls } : { text: '', calls: [call] };
}

function withoutFence(text: string): string {
  const isFenced = text.length >= 2 * FENCE.length && text.startsWith(FENCE) && text.endsWith(FENCE);
  if (!isFenced) return text;
  const inside = text.slice(FENCE.length, -FENCE.length);
  const language = /^\w*/.exec(inside)?.[0] ?? '';
  return FENCE_LANGUAGES.includes(language) ? inside.slice(language.length) : text;
}

/** How much of an answer that comes piece by piece is surely no call: what may become one is held back. */
export function plainLength(answer: string, { names }: ToolOptions): number {
  if (names.length === 0) return answer.length;
  if (mayBeWholeCall(answer, names)) return 0;
  for (let at = answer.indexOf(OPEN); at >= 0; at = answer.indexOf(OPEN, at + OPEN.length)) {
    const inner = at + OPEN.length;
    const next = answer.indexOf(OPEN, inner);
    const block = answer.slice(inner, next < 0 ? undefined : next);
    const end = block.indexOf(CLOSE);
    const isCall =
      end < 0
        ? next < 0 && mayBeCall(block.trimStart(), names)
        : callOf(block.slice(0, end), names) !== undefined;
    if (isCall) return at;
  }
  let open = Math.min(OPEN.length - 1, answer.length);
  while (open > 0 && !answer.endsWith(OPEN.slice(0, open))) open--;
  return answer.length - open;
}

/** Whether an answer that begins so may be nothing but a call, bare or in a fence. */
function mayBeWholeCall(answer: string, names: readonly string[]): boolean {
  const start = answer.trimStart();
  if (!start.startsWith('`')) return mayBeCall(start, names);
  if ('```'.startsWith(start)) return true;
  const [, language, inner] = /^```(\w*)([^]*)$/.exec(start) ?? [];
  if (language === undefined || inner === undefined) return false;
  if (inner === '') return FENCE_LANGUAGES.some((each) => each.startsWith(language));
  const end = inner.indexOf('```');
  const isOver = end >= 0 && inner.slice(end + 3).trim() !== '';
  return FENCE_LANGUAGES.includes(language) && !isOver && mayBeCall(inner.trimStart(), names);
}

/** A simple value with what follows its comma, and one that may be unfinished. */
const SIMPLE_VALUE = /^(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)\s*,\s*([^]*)$/;
const STARTED_VALUE = /^(?:"(?:[^"\\]|\\.)*\\?|"(?:[^"\\]|\\.)*"\s*|[\w.+-]*\s*)$/;

/** Whether a text that begins so may be the JSON of a call. */
function mayBeCall(text: string, names: readonly string[]): boolean {
  let rest = /^\{\s*([^]*)$/.exec(text)?.[1];
  if (rest === undefined) return text === '';
  for (;;) {
    const key = startedString(rest);
    if (key === undefined) return rest === '';
    if (!key.isWhole) return CALL_KEYS.some((each) => each.startsWith(key.text));
    if (!CALL_KEYS.includes(key.text)) return false;
    const value = /^\s*:\s*([^]*)$/.exec(key.rest)?.[1];
    if (value === undefined) return key.rest.trim() === '';
    if (key.text === 'arguments') return true;
    if (key.text === 'name') {
      const name = startedString(value);
      if (name === undefined) return value === '';
      return name.isWhole ? names.includes(name.text) : names.some((each) => each.startsWith(name.text));
    }
    // A "type" or an "id" decides nothing: data have those too.
    const next: string | undefined = SIMPLE_VALUE.exec(value)?.[1];
    if (next === undefined) return STARTED_VALUE.test(value);
    rest = next;
  }
}

/** A JSON string at the beginning of a text, perhaps without its end; `undefined` for anything else. */
function startedString(
  text: string,
): { readonly text: string; readonly isWhole: boolean; readonly rest: string } | undefined {
  const [, inner, quote, rest = ''] = /^"([^"\\]*)("?)([^]*)$/.exec(text) ?? [];
  return inner === undefined ? undefined : { text: inner, isWhole: quote === '"', rest };
}

function callOf(json: string, names: readonly string[]): ApiToolCall | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, arguments: given } = value as { readonly name?: unknown; readonly arguments?: unknown };
  if (typeof name !== 'string' || !names.includes(name)) return undefined;
  const text = typeof given === 'string' ? given : JSON.stringify(given ?? {});
  return {
    id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    type: 'function',
    function: { name, arguments: text },
  };
}
