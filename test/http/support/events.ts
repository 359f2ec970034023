/** The data of a response's server-sent events, as they come. */
export async function* events(response: Response): AsyncGenerator<string, void> {
  if (response.body === null) throw new Error('the response has no body');
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (event.startsWith('data: ')) yield event.slice('data: '.length);
    }
  }
}

/** All of them, those of JSON parsed. */
export async function allEvents(response: Response): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const data of events(response))
    all.push(data === '[DONE]' ? data : (JSON.parse(data) as unknown));
  return all;
}
