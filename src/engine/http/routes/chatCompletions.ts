import { randomUUID } from 'node:crypto';
import type { GenerationChunk, GenerationResult } from '../../serving/generationRequest.js';
import { callerOf, requestBody, generateFor, modelName, type AddRoute } from './route.js';
import { chatRequest, chatCompletion, type ChatCompletionBody } from '../chatRequest.js';
import { ChatChunks } from '../chatChunks.js';
import { eventStream } from '../eventStream.js';
import { chatLogprobs, timingsOf, usageOf } from '../openAiFields.js';
import { toApiError } from '../apiError.js';
import { toolNames } from '../schemas/answerFormat.js';
import { readToolCalls, type ToolOptions } from '../toolCalls.js';

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
    const options = {
      tools: toolOptions(body),
      hasProgress: body.return_progress === true,
      hasUsage: body.stream_options?.include_usage === true,
    };
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const model = (): string => modelName(deps, 'chat');
        const chunks = new ChatChunks(id, created, model, options, (chunk) => sink.send(chunk));
        const result = await generateFor(deps, request, signal, (piece) => chunks.push(piece));
        chunks.end(result);
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

function toolOptions(body: ChatCompletionBody): ToolOptions {
  return { names: toolNames(body), isSingle: body.parallel_tool_calls === false };
}

function whole(
  body: ChatCompletionBody,
  result: GenerationResult,
  pieces: readonly GenerationChunk[],
): object {
  const { text, calls } = readToolCalls(result.text, toolOptions(body));
  const isCall = calls.length > 0;
  const logprobs = pieces.flatMap((piece) => (piece.kind === 'text' ? piece.logprobs : []));
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
        logprobs: body.logprobs === true ? chatLogprobs(logprobs) : null,
        finish_reason: isCall ? 'tool_calls' : result.finish,
      },
    ],
    usage: usageOf(result),
    timings: timingsOf(result),
  };
}
