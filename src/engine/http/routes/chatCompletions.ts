import { randomUUID } from 'node:crypto';
import type { GenerationChunk, GenerationResult } from '../../serving/generationRequest.js';
import { callerOf, requestBody, modelName, type AddRoute } from './route.js';
import { chatRequest, chatCompletion, type ChatCompletionBody } from '../chatRequest.js';
import { ChatChunks } from '../chatChunks.js';
import { eventStream } from '../eventStream.js';
import { chatLogprobs, timingsOf } from '../openAiFields.js';
import { toApiError } from '../apiError.js';
import { copiesOf, costsOf, generateAll } from '../severalTexts.js';
import { toolNames } from '../schemas/answerFormat.js';
import { readToolCalls, type ToolOptions } from '../toolCalls.js';

/** `POST /v1/chat/completions`, as OpenAI's. */
export const addChatCompletions: AddRoute = (app, deps) => {
  app.post('/v1/chat/completions', async (context) => {
    const body = await requestBody(deps, context, chatCompletion);
    const request = chatRequest(body, callerOf(context, body.user));
    const [first = request, ...others] = copiesOf(request, body.n ?? 1);
    const requests = [first, ...others] as const;
    const id = `chatcmpl-${randomUUID()}`;
    const created = Math.floor(Date.now() / 1000);
    if (body.stream !== true) {
      const pieces = requests.map((): GenerationChunk[] => []);
      const results = await generateAll(deps, requests, context.req.raw.signal, {
        onPiece: (piece, index) => void pieces[index]?.push(piece),
      });
      return context.json({
        id,
        object: 'chat.completion',
        created,
        model: results[0]?.model,
        system_fingerprint: null,
        choices: results.map((result, index) => choiceOf(body, index, result, pieces[index] ?? [])),
        ...costsOf(results, requests.length),
      });
    }
    const options = { tools: toolOptions(body), hasProgress: body.return_progress === true };
    const hasUsage = body.stream_options?.include_usage === true;
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const head = { id, object: 'chat.completion.chunk', created };
        const send = (event: object): void =>
          // The model's name is asked for each time: while the model is loaded there is none yet.
          sink.send({ ...head, model: modelName(deps, 'chat'), system_fingerprint: null, ...event });
        const chunks = requests.map((_, index) => new ChatChunks(index, options, send));
        const results = await generateAll(deps, requests, signal, {
          onPiece: (piece, index) => chunks[index]?.push(piece),
          onEnd: (result, index) => {
            const hasTimings = requests.length === 1 && !hasUsage;
            chunks[index]?.end(result, hasTimings ? { timings: timingsOf(result) } : {});
          },
        });
        if (hasUsage) send({ choices: [], ...costsOf(results, requests.length) });
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

function toolOptions(body: ChatCompletionBody): ToolOptions {
  return { names: toolNames(body), isSingle: body.parallel_tool_calls === false };
}

function choiceOf(
  body: ChatCompletionBody,
  index: number,
  result: GenerationResult,
  pieces: readonly GenerationChunk[],
): object {
  const { text, calls } = readToolCalls(result.text, toolOptions(body));
  const isCall = calls.length > 0;
  const logprobs = pieces.flatMap((piece) => (piece.kind === 'text' ? piece.logprobs : []));
  return {
    index,
    message: {
      role: 'assistant',
      content: isCall && text === '' ? null : text,
      refusal: null,
      ...(result.thinking === '' ? {} : { reasoning_content: result.thinking }),
      ...(isCall ? { tool_calls: calls } : {}),
    },
    logprobs: body.logprobs === true ? chatLogprobs(logprobs) : null,
    finish_reason: isCall ? 'tool_calls' : result.finish,
  };
}
