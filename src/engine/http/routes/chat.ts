import type { ChatMessage } from '../../../protocol/chat.js';
import type { Caller } from '../../decoding/fairQueue.js';
import type {
  GenerationChunk,
  GenerationRequest,
  GenerationResult,
} from '../../serving/generationRequest.js';
import { chatPrompt } from '../../serving/requestPrompts.js';
import { admitted, callerOf, countedText, requestBody, type AddRoute, type RouteDeps } from './route.js';
import { eventStream } from '../eventStream.js';
import { optionsOf, samplingFields } from '../schemas/sampling.js';
import { toApiError } from '../apiError.js';
import { usageOf } from '../openAiFields.js';
import { z } from 'zod';

/** `POST /chat`: a prompt, and the answer; with a session the conversation continues. */
export const addChat: AddRoute = (app, deps) => {
  app.post('/chat', async (context) => {
    const body = await requestBody(deps, context, chat);
    const caller = callerOf(context, body.session);
    const ask = (
      signal: AbortSignal,
      onPiece: (piece: GenerationChunk) => void = () => undefined,
    ): Promise<GenerationResult> =>
      admitted(deps, { caller, role: 'chat' }, signal, (limited, onStart) =>
        inSession(deps, body, limited, (messages) =>
          countedText(deps, requestFor(body, caller, messages), limited, { onStart, onPiece }),
        ),
      );
    const accept = context.req.header('accept') ?? '';
    if (body.stream !== true && !(body.stream == null && accept.includes('text/event-stream'))) {
      const result = await ask(context.req.raw.signal);
      return context.json({ response: result.text, ...about(result) });
    }
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const result = await ask(signal, (piece) => {
          if (piece.kind === 'text') sink.send({ delta: piece.text });
        });
        sink.send(about(result));
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

function about(result: GenerationResult): object {
  const { model, finish } = result;
  return { model, finish_reason: finish, usage: usageOf(result) };
}

/** A session keeps the question with its whole answer, or neither. */
async function inSession(
  { sessions }: RouteDeps,
  { session, prompt, system }: ChatBody,
  signal: AbortSignal,
  ask: (messages: readonly ChatMessage[]) => Promise<GenerationResult>,
): Promise<GenerationResult> {
  const question: ChatMessage = { role: 'user', content: prompt };
  const head: readonly ChatMessage[] = system == null ? [] : [{ role: 'system', content: system }];
  if (session == null) return ask([...head, question]);
  return sessions.use(session, signal, async (before) => {
    const kept = system == null ? before : before.filter(({ role }) => role !== 'system');
    const messages = [...head, ...kept, question];
    const result = await ask(messages);
    return { messages: [...messages, { role: 'assistant', content: result.text }], result };
  });
}

function requestFor(body: ChatBody, caller: Caller, messages: readonly ChatMessage[]): GenerationRequest {
  // A session grows with each turn: its oldest messages may be left out.
  const truncate = body.truncate ?? body.session != null;
  const thinking = body.thinking ?? 'off';
  return {
    caller,
    role: 'chat',
    options: optionsOf(body),
    prompt: chatPrompt({ messages, thinking, truncate }),
  };
}

/** `POST /chat` */
export const chat = z.object({
  prompt: z.string().refine((text) => text.trim() !== '', 'is empty'),
  max_tokens: samplingFields.max_tokens,
  temperature: samplingFields.temperature,
  seed: samplingFields.seed,
  stop: samplingFields.stop,
  truncate: samplingFields.truncate,
  session: z
    .string()
    .min(1)
    .max(128)
    .nullish()
    .describe('continues the conversation of this name and reuses its KV cache'),
  system: z.string().nullish().describe('system prompt'),
  thinking: z.enum(['auto', 'on', 'off']).nullish(),
  stream: z
    .boolean()
    .nullish()
    .describe('respond with server-sent events, as with the header "Accept: text/event-stream"'),
});

export type ChatBody = z.infer<typeof chat>;
