import { randomUUID } from 'node:crypto';
import type { GenerationChunk, GenerationResult } from '../../serving/generationRequest.js';
import { callerOf, requestBody, generateFor, modelName, type AddRoute } from './route.js';
import { chatRequest, toolNames, chatCompletion, type ChatCompletionBody } from '../chatRequest.js';
import { ChatChunks } from '../chatChunks.js';
import { eventStream } from '../eventStream.js';
import { chatLogprobs, usageOf } from '../openAiFields.js';
import { toApiError } from '../apiError.js';
import { readToolCalls } from '../toolCalls.js';

/** `POST /v1/chat/completions`, as OpenAI's. */
export const addChatCompletions: AddRoute = (app, deps) => {
  app.post('/v1/chat/completions', async (context) => {
    const body = await requestBody(context, chatCompletion);
    const request = chatRequest(body, callerOf(context, body.user));
    const id = `chatcmpl-${randomUUID()}`;
    const created = Math.floor(Date.now() / 1000);
    if (body.stream !== true) {
      const pieces: GenerationChunk[] = [];
      const result = await generateFor(
        deps,
        request,
        context.req.raw.signal,
        (piece) => void pieces.push(piece),
      );
      return context.json({ id, object: 'chat.completion', created, ...whole(body, result, pieces) });
    }
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const chunks = new ChatChunks(
          id,
          created,
          () => modelName(deps, 'chat'),
          toolNames(body),
          (chunk) => sink.send(chunk),
        );
        const result = await generateFor(deps, request, signal, (piece) => chunks.push(piece));
        chunks.end(result, body.stream_options?.include_usage === true);
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

function whole(
  body: ChatCompletionBody,
  result: GenerationResult,
  pieces: readonly GenerationChunk[],
): object {
  const names = toolNames(body);
  const { text, calls } =
    names.length === 0 ? { text: result.text, calls: [] } : readToolCalls(result.text, names);
  const isCall = calls.length > 0;
  return {
    model: result.model,
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: isCall && text === '' ? null : text,
          refusal: null,
          ...(result.thinking === '' ? {} : { reasoning_content: result.thinking }),
          ...(isCall ? { tool_calls: calls } : {}),
        },
        logprobs: body.logprobs === true ? chatLogprobs(pieces) : null,
        finish_reason: isCall ? 'tool_calls' : result.finish,
      },
    ],
    usage: usageOf(result),
  };
}
