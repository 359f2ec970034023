import type { Context } from 'hono';
import type { ChatMessage } from '../../../protocol/chat.js';
import { chatTextPrompt } from '../../serving/chatTextPrompt.js';
import type { TextPiece, TextResult } from '../../serving/generationRequest.js';
import { callerOf } from '../callerOf.js';
import { eventStream } from '../eventStream.js';
import { requestBody } from '../requestBody.js';
import { chat, type ChatBody } from '../schemas/chat.js';
import { optionsOf } from '../schemas/sampling.js';
import { toApiError } from '../toApiError.js';
import { usageOf } from '../usage.js';
import { writeText } from '../writeText.js';
import type { AddRoute, RouteDeps } from './route.js';

/** `POST /chat`: a prompt, and the answer; with a session the conversation goes on. */
export const addChat: AddRoute = (app, means) => {
  app.post('/chat', async (context) => {
    const body = await requestBody(context, chat);
    const ask = (signal: AbortSignal, onPiece?: (piece: TextPiece) => void): Promise<TextResult> =>
      inSession(means, body, (earlier) => answer(context, means, body, earlier, signal, onPiece));
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

function about(result: TextResult): object {
  const { model, finish } = result;
  return { model, finish_reason: finish, usage: usageOf(result) };
}

/** A conversation keeps what was said: the question with its whole answer, or neither. */
async function inSession(
  { sessions }: RouteDeps,
  { session, prompt, system }: ChatBody,
  ask: (messages: readonly ChatMessage[]) => Promise<TextResult>,
): Promise<TextResult> {
  const question: ChatMessage = { role: 'user', content: prompt };
  const head: readonly ChatMessage[] = system == null ? [] : [{ role: 'system', content: system }];
  if (session == null) return ask([...head, question]);
  return sessions.use(session, async (before) => {
    const kept = system == null ? before : before.filter(({ role }) => role !== 'system');
    const messages = [...head, ...kept, question];
    const result = await ask(messages);
    return { messages: [...messages, { role: 'assistant', content: result.text }], result };
  });
}

function answer(
  context: Context,
  means: RouteDeps,
  body: ChatBody,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
  onPiece: ((piece: TextPiece) => void) | undefined,
): Promise<TextResult> {
  // A conversation grows by itself: then its beginning may go.
  const mayCut = body.truncate ?? body.session != null;
  const thinking = body.thinking ?? 'off';
  return writeText(
    means,
    {
      caller: callerOf(context, body.session),
      role: 'chat',
      options: optionsOf(body),
      prompt: (model, contextTokens, prompts) =>
        chatTextPrompt(model, contextTokens, prompts.writerOf(model), { messages, thinking, mayCut }),
    },
    signal,
    onPiece,
  );
}
