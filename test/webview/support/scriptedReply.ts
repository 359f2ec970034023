import type { ServerResponse } from 'node:http';

/** One step of a scripted answer. */
export type Step =
  | { readonly text: string }
  | { readonly thinking: string }
  | { readonly prefill: { readonly done: number; readonly total: number } }
  /** Fails in the middle, with that sentence. */
  | { readonly error: string }
  /** Bytes sent unchanged. */
  | { readonly raw: string }
  /** Waits until the test calls `resume`. */
  | 'pause'
  /** The connection breaks. */
  | 'cut';

export interface Reply {
  /** Default: 200, a stream of `steps`. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The sentence of an error. */
  readonly error?: string;
  readonly steps?: readonly Step[];
  readonly finish?: 'stop' | 'length';
}

/** Answers a chat completion as `youtu serve` does. */
export async function sendReply(
  response: ServerResponse,
  { status = 200, headers = {}, error, steps = [], finish = 'stop' }: Reply,
  pause: () => Promise<void>,
): Promise<void> {
  if (error !== undefined) {
    response.writeHead(status, { ...headers, 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: error, type: 'server_error', code: null } }));
    return;
  }
  response.writeHead(status, {
    ...headers,
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  const send = (event: object): void => void response.write(`data: ${JSON.stringify(event)}\n\n`);
  const delta = (delta: object, finish_reason: string | null = null): void =>
    send({
      object: 'chat.completion.chunk',
      model: 'qwen2.5-coder-0.5b',
      choices: [{ index: 0, delta, finish_reason }],
    });
  response.write(': ping\n\n');
  delta({ role: 'assistant', content: '' });
  for (const step of steps) {
    if (step === 'pause') await pause();
    else if (step === 'cut') {
      response.destroy();
      return;
    } else if ('text' in step) delta({ content: step.text });
    else if ('thinking' in step) delta({ reasoning_content: step.thinking });
    else if ('prefill' in step) {
      const { done, total } = step.prefill;
      send({
        choices: [{ index: 0, delta: {} }],
        prompt_progress: { total: total + 5, cache: 5, processed: done + 5 },
      });
    } else if ('raw' in step) response.write(step.raw);
    else {
      send({ error: { message: step.error, type: 'server_error', code: 'evaluation_failed' } });
      response.end();
      return;
    }
    // Each step in its own packet.
    await new Promise((resolve) => setImmediate(resolve));
    if (response.destroyed) return;
  }
  delta({}, finish);
  send({
    choices: [],
    usage: { prompt_tokens: 20, completion_tokens: steps.length, total_tokens: 20 + steps.length },
  });
  response.end('data: [DONE]\n\n');
}
