import * as z from 'zod/mini';

const choice = z.looseObject({
  delta: z.optional(
    z.looseObject({
      content: z.nullish(z.string()),
      /** Thoughts. */
      reasoning_content: z.nullish(z.string()),
    }),
  ),
  finish_reason: z.nullish(z.string()),
});

const chatChunk = z.looseObject({
  model: z.optional(z.string()),
  choices: z.optional(z.array(choice)),
  usage: z.nullish(z.looseObject({ completion_tokens: z.number() })),
  /** Tokens of the prompt: all, those that the KV cache held, and those that are evaluated or were held. */
  prompt_progress: z.nullish(z.looseObject({ total: z.number(), cache: z.number(), processed: z.number() })),
  /** The server failed in the middle. */
  error: z.optional(z.looseObject({ message: z.string() })),
});

/** One event of a streamed chat completion. */
export type ChatChunk = z.infer<typeof chatChunk>;

/** The chunks of a streamed chat completion, up to `[DONE]` or the response's end. `undefined` for what isn't a chunk. */
export async function* chatChunks(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ChatChunk | undefined> {
  for await (const data of sseData(body)) {
    if (data === '[DONE]') return;
    yield readChunk(data);
  }
}

function readChunk(data: string): ChatChunk | undefined {
  try {
    return chatChunk.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

/** The data of each server-sent event of a response's body, in order. Comments and other fields are skipped. */
async function* sseData(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let data: string[] = [];
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    rest += step.value;
    // A line end that is cut between `\r` and `\n` must not count twice.
    const end = rest.endsWith('\r') ? rest.length - 1 : rest.length;
    const lines = rest.slice(0, end).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + rest.slice(end);
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      else if (line === '' && data.length > 0) {
        yield data.join('\n');
        data = [];
      }
    }
  }
}
