import { randomUUID } from 'node:crypto';

/** A call as OpenAI's API tells of it. */
export interface ApiToolCall {
  readonly id: string;
  readonly type: 'function';
  /** `arguments` is JSON. */
  readonly function: { readonly name: string; readonly arguments: string };
}

const OPEN = '<tool_call>';
const BLOCK = /<tool_call>\s*([^]*?)\s*(?:<\/tool_call>|$)/g;

/**
 * Tells calls of tools from an answer's text: in the blocks that models were taught to write, or as the whole of an
 * answer, bare or in a fence. What isn't a call of a known tool stays text.
 */
export function readToolCalls(
  answer: string,
  names: readonly string[],
): { readonly text: string; readonly calls: readonly ApiToolCall[] } {
  const calls: ApiToolCall[] = [];
  const text = answer.replace(BLOCK, (block: string, inner: string) => {
    const call = callOf(inner, names);
    if (call === undefined) return block;
    calls.push(call);
    return '';
  });
  if (calls.length > 0) return { text: text.trim(), calls };
  const bare = /^\s*```\w*\s*([^]*?)\s*```\s*$/.exec(answer)?.[1] ?? answer;
  const call = callOf(bare, names);
  return call === undefined ? { text: answer, calls } : { text: '', calls: [call] };
}

/** How much of an answer that comes piece by piece is surely no call: what may be one is told when it is whole. */
export function plainLength(answer: string): number {
  const start = answer.trimStart();
  if (start === '' || /^(?:\{|`{1,3})/.test(start)) return 0;
  const at = answer.indexOf(OPEN);
  if (at >= 0) return at;
  let open = Math.min(OPEN.length - 1, answer.length);
  while (open > 0 && !answer.endsWith(OPEN.slice(0, open))) open--;
  return answer.length - open;
}

function callOf(json: string, names: readonly string[]): ApiToolCall | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, arguments: given = {} } = value as { readonly name?: unknown; readonly arguments?: unknown };
  if (typeof name !== 'string' || !names.includes(name)) return undefined;
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  return {
    id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    type: 'function',
    function: { name, arguments: text },
  };
}
