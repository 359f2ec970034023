/** A line of a stream is one token with what belongs to it; far less than this. */
const MAX_LINE_LENGTH = 1_000_000;

/** A stream has said what no server of this kind says. */
export class BadStream extends Error {
  override readonly name = 'BadStream';
}

/**
 * The JSON of a streamed answer: server-sent events (`data: {…}`, up to `data: [DONE]`), or one JSON a line, as Ollama's
 * own API has it.
 * @returns `'done'` after the end that the server has marked
 * @throws BadStream
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  format: 'sse' | 'lines',
): AsyncGenerator<unknown, 'done' | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let held = '';
  for await (const bytes of body) {
    held += decoded(() => decoder.decode(bytes, { stream: true }));
    const lines = held.split('\n');
    held = lines.pop() ?? '';
    if (held.length > MAX_LINE_LENGTH) throw new BadStream('a line of more than a megabyte');
    for (const line of lines) {
      const event = eventOf(line, format);
      if (event === 'done') return 'done';
      if (event !== undefined) yield event.json;
    }
  }
  held += decoded(() => decoder.decode());
  const last = eventOf(held, format);
  if (last === 'done') return 'done';
  if (last !== undefined) yield last.json;
  return undefined;
}

function eventOf(line: string, format: 'sse' | 'lines'): { readonly json: unknown } | 'done' | undefined {
  const text = line.trim();
  // Besides data there are comments (":"), names and numbers of events.
  if (text === '' || (format === 'sse' && /^(?::|event|id|retry)/.test(text))) return undefined;
  const data = text.replace(/^(?:data|error): ?/, '');
  if (data === '[DONE]') return 'done';
  try {
    return { json: JSON.parse(data) };
  } catch {
    throw new BadStream(/^\s*</.test(data) ? 'a web page' : 'something that isn’t JSON');
  }
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new BadStream('bytes that are no UTF-8');
  }
}
