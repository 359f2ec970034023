import { randomUUID } from 'node:crypto';
import { infillTextPrompt } from '../../serving/infillTextPrompt.js';
import { plainTextPrompt } from '../../serving/plainTextPrompt.js';
import type { TextPiece, GenerationRequest } from '../../serving/generationRequest.js';
import { callerOf } from '../callerOf.js';
import { eventStream } from '../eventStream.js';
import { textLogprobs } from '../logprobs.js';
import { requestBody } from '../requestBody.js';
import { grammarOf, optionsOf } from '../schemas/sampling.js';
import { textCompletion, type TextCompletionBody } from '../schemas/textCompletion.js';
import { toApiError } from '../toApiError.js';
import { usageOf } from '../usage.js';
import { writeText } from '../writeText.js';
import { modelName, type AddRoute } from './route.js';

/** OpenAI's own default: this API was made for short texts. */
const DEFAULT_TOKENS = 16;

/** `POST /v1/completions`, as OpenAI's older API; with `suffix` a gap is filled. */
export const addCompletions: AddRoute = (app, means) => {
  app.post('/v1/completions', async (context) => {
    const body = await requestBody(context, textCompletion);
    const prompt = typeof body.prompt === 'string' ? body.prompt : (body.prompt[0] ?? '');
    const wish = wishFor(body, prompt, callerOf(context, body.user));
    const echoed = body.echo === true ? prompt : '';
    const head = {
      id: `cmpl-${randomUUID()}`,
      object: 'text_completion',
      created: Math.floor(Date.now() / 1000),
    };
    if (body.stream !== true) {
      const pieces: TextPiece[] = [];
      const result = await writeText(means, wish, context.req.raw.signal, (piece) => void pieces.push(piece));
      const logprobs = body.logprobs == null ? null : textLogprobs(pieces, echoed.length);
      const choice = { index: 0, text: echoed + result.text, logprobs, finish_reason: result.finish };
      return context.json({ ...head, model: result.model, choices: [choice], usage: usageOf(result) });
    }
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const send = (text: string, extra: object = {}): void =>
          sink.send({
            ...head,
            model: modelName(means, wish.role),
            choices: [{ index: 0, text, logprobs: null, finish_reason: null, ...extra }],
          });
        if (echoed !== '') send(echoed);
        let offset = echoed.length;
        const result = await writeText(means, wish, signal, (piece) => {
          if (piece.kind !== 'text') return;
          send(piece.text, body.logprobs == null ? {} : { logprobs: textLogprobs([piece], offset) });
          offset += piece.text.length;
        });
        send('', { finish_reason: result.finish });
        if (body.stream_options?.include_usage === true)
          sink.send({ ...head, model: result.model, choices: [], usage: usageOf(result) });
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

function wishFor(body: TextCompletionBody, prompt: string, caller: string): GenerationRequest {
  const { suffix } = body;
  const isGap = suffix != null && suffix !== '';
  const mayCut = body.truncate ?? false;
  // A grammar's text begins with a token of its own.
  const grammar = grammarOf(body.response_format);
  const makePrompt: GenerationRequest['prompt'] = (model, contextTokens, prompts) =>
    isGap
      ? infillTextPrompt(model, contextTokens, prompts.indexOf(model), {
          prefix: prompt,
          suffix,
          prompt: '',
          extra: [],
        })
      : plainTextPrompt(
          model,
          contextTokens,
          grammar === undefined ? prompts.indexOf(model) : undefined,
          prompt,
          mayCut,
        );
  return {
    caller,
    role: isGap ? 'completion' : 'chat',
    options: {
      ...optionsOf(body),
      maxTokens: body.max_tokens ?? DEFAULT_TOKENS,
      grammar,
      options: body.logprobs ?? undefined,
    },
    prompt: makePrompt,
  };
}
