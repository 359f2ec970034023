import { randomUUID } from 'node:crypto';
import type { TokenLogprobs } from '../../decoding/output/outputReader.js';
import type { GenerationChunk, GenerationResult } from '../../serving/generationRequest.js';
import { toApiError } from '../apiError.js';
import { eventStream } from '../eventStream.js';
import { TextLogprobs, timingsOf } from '../openAiFields.js';
import { costsOf, generateAll } from '../severalTexts.js';
import { textCompletion, textRequests, type TextRequests } from '../textRequest.js';
import { callerOf, requestBody, modelName, type AddRoute } from './route.js';

/** `POST /v1/completions`, as OpenAI's older API; with `suffix` a gap is filled. */
export const addCompletions: AddRoute = (app, deps) => {
  app.post('/v1/completions', async (context) => {
    const body = await requestBody(deps, context, textCompletion);
    const all = textRequests(body, callerOf(context, body.user));
    const { requests, generated } = all;
    const head = {
      id: `cmpl-${randomUUID()}`,
      object: 'text_completion',
      created: Math.floor(Date.now() / 1000),
    };
    const hasLogprobs = body.logprobs != null;
    if (body.stream !== true) {
      const pieces = requests.map((): TextPiece[] => []);
      const results = await generateAll(deps, requests, context.req.raw.signal, {
        onPiece: (piece, index) => {
          if (isText(piece)) pieces[index]?.push(piece);
        },
      });
      const texts = results.map((result, index) => ({ result, pieces: pieces[index] ?? [] }));
      const choices = returnedTexts(texts, all).map((text, index) => ({
        index,
        text: text.pieces.map((piece) => piece.text).join(''),
        logprobs: hasLogprobs
          ? new TextLogprobs().next(text.pieces.flatMap(({ logprobs }) => logprobs))
          : null,
        finish_reason: text.result.finish,
      }));
      return context.json({ ...head, model: results[0]?.model, choices, ...costsOf(results, generated) });
    }
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const logprobs = requests.map(() => (hasLogprobs ? new TextLogprobs() : undefined));
        const send = (index: number, choice: object, around: object = {}): void =>
          sink.send({
            ...head,
            model: modelName(deps, requests[0].role),
            choices: [{ index, text: '', logprobs: null, finish_reason: null, ...choice }],
            ...around,
          });
        const hasUsage = body.stream_options?.include_usage === true;
        const results = await generateAll(deps, requests, signal, {
          onPiece: (piece, index) => {
            if (!isText(piece)) return;
            send(index, { text: piece.text, logprobs: logprobs[index]?.next(piece.logprobs) ?? null });
          },
          onEnd: (result, index) => {
            const hasTimings = requests.length === 1 && !hasUsage;
            send(index, { finish_reason: result.finish }, hasTimings ? { timings: timingsOf(result) } : {});
          },
        });
        if (hasUsage)
          sink.send({ ...head, model: results[0]?.model, choices: [], ...costsOf(results, generated) });
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

type TextPiece = Exclude<GenerationChunk, { readonly kind: 'prefill' }>;

function isText(piece: GenerationChunk): piece is TextPiece {
  return piece.kind === 'prompt' || piece.kind === 'text';
}

interface GeneratedText {
  readonly result: GenerationResult;
  readonly pieces: readonly TextPiece[];
}

/** Of each prompt's answers the best ones, in the order of the prompts. */
function returnedTexts(
  texts: readonly GeneratedText[],
  { generated, returned }: TextRequests,
): readonly GeneratedText[] {
  if (generated === returned) return texts;
  const prompts = Array.from({ length: texts.length / generated }, (_, prompt) =>
    texts.slice(prompt * generated, (prompt + 1) * generated),
  );
  return prompts.flatMap((answers) =>
    answers.toSorted((one, other) => meanLogprob(other) - meanLogprob(one)).slice(0, returned),
  );
}

/** Of the answer's tokens, without an echoed prompt's. */
function meanLogprob({ pieces }: GeneratedText): number {
  const all = pieces.filter(({ kind }) => kind === 'text').flatMap(({ logprobs }) => logprobs.map(logprobOf));
  return all.length === 0 ? 0 : all.reduce((sum, each) => sum + each, 0) / all.length;
}

function logprobOf({ chosen }: TokenLogprobs): number {
  return chosen.logprob ?? 0;
}
