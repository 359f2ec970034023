import { Healer } from '../decoding/tokenHealing.js';
import { newStats } from '../decoding/decodeRun.js';
import { chatSampling } from '../chat/chatSampling.js';
import type { Model, Sampling, TokenOption } from '../model/model.js';
import type { SlotRunner } from '../decoding/slotRunner.js';
import { OutputReader, tokenLogprobs, type TokenLogprobs } from '../decoding/output/outputReader.js';
import type { PromptDeps, RequestPrompt } from './requestPrompts.js';
import type {
  EchoedPrompt,
  GenerationOptions,
  GenerationEvents,
  GenerationResult,
  GenerationRequest,
} from './generationRequest.js';

export interface GenerateDeps {
  readonly runner: SlotRunner;
  readonly model: Model;
  readonly prompts: PromptDeps;
}

/**
 * Generates one text, from its prompt to the result.
 * @throws as {@link SlotRunner.run}, and as the request's prompt
 */
export async function generate(
  { runner, model, prompts }: GenerateDeps,
  { caller, options, prompt: promptFor }: GenerationRequest,
  signal: AbortSignal,
  { onStart, onPiece }: GenerationEvents,
): Promise<GenerationResult> {
  const { contextTokens } = runner;
  const prompt = await promptFor(model, contextTokens, prompts);
  signal.throwIfAborted();
  const healer =
    prompt.healedPrefix === undefined
      ? undefined
      : new Healer(prompt.healedPrefix, prompts.vocabularies.of(model));
  const reader = new OutputReader(model, prompt.thinking, [...prompt.stop, ...(options.stop ?? [])], healer);
  const echo = new Echo(model, prompt, options);
  const stats = newStats();
  let end: TokenLogprobs | undefined;
  const timeLimit = new TimeLimit(options.maxMs);
  const { maxTokens = Infinity } = options;
  // Tokens that only repeat the prompt's last word are not the answer's.
  const isFull = (): boolean => stats.completionTokens - reader.healedTokens >= maxTokens;
  const started = performance.now();
  await runner.run({
    caller,
    prompt: prompt.tokens,
    sampling: requestSampling(model, prompt.thinking === 'open', options),
    extras: {
      grammar: options.grammar,
      tokenConstraint: healer?.tokenConstraint,
      ...(options.logprobs === undefined
        ? {}
        : {
            maxOptions: options.logprobs,
            onOptions: (each, isEnd): void => {
              if (isEnd) end = tokenLogprobs(model, each);
              else reader.options(each);
            },
          }),
    },
    maxTokens: maxTokens === 0 ? 0 : contextTokens - prompt.tokens.length,
    signal,
    stats,
    onStart,
    onPromptOptions: echo.onOptions,
    onPrefill: (done, total) =>
      onPiece({
        kind: 'prefill',
        done,
        total,
        cached: stats.cachedTokens,
        milliseconds: performance.now() - started,
      }),
    onToken: (token) => {
      for (const piece of [...echo.take(), ...reader.push(token)]) onPiece(piece);
      return reader.stopSequence === undefined && !timeLimit.isOver() && !isFull();
    },
  });
  for (const piece of [...echo.take(), ...reader.flush()]) onPiece(piece);
  // Evaluation harnesses count on a probability for each token of the prompt and each one that was chosen.
  const rest = [...reader.takeLogprobs(), ...(end === undefined ? [] : [end])];
  if (options.echo === true && rest.length > 0) onPiece({ kind: 'text', text: '', logprobs: rest });
  const isCut = timeLimit.wasOver || isFull() || stats.finish === 'length';
  return {
    model: model.id,
    text: reader.text,
    thinking: reader.thinking,
    finish: reader.stopSequence === undefined && isCut ? 'length' : 'stop',
    stopSequence: reader.stopSequence,
    promptTokens: stats.promptTokens + reader.healedTokens,
    cachedTokens: stats.cachedTokens,
    completionTokens: stats.completionTokens - reader.healedTokens,
    isTruncated: prompt.isTruncated,
    contextTokens,
    firstTokenMs: stats.firstTokenMs,
    totalMs: stats.totalMs,
  };
}

/** The prompt as a part of the output, for callers that want its probabilities. */
class Echo {
  private readonly logprobs: TokenLogprobs[] = [];
  private isTaken: boolean;
  readonly onOptions: ((options: readonly TokenOption[]) => void) | undefined;

  constructor(
    model: Model,
    private readonly prompt: RequestPrompt,
    { echo, logprobs }: GenerationOptions,
  ) {
    this.isTaken = echo !== true;
    if (this.isTaken || logprobs === undefined) return;
    const [first] = prompt.tokens;
    // What a prompt has to begin with (BOS) is not the caller's, unless the caller has written it.
    const isOwn = first !== model.bos || prompt.hasOwnBos === true;
    if (isOwn && first !== undefined)
      this.add({ chosen: { bytes: model.bytesOf(first), logprob: undefined }, top: [] });
    this.onOptions = (options) => {
      const each = tokenLogprobs(model, options);
      if (each !== undefined) this.add(each);
    };
  }

  /** The first token has no probability: nothing of the caller's comes before it. */
  private add(each: TokenLogprobs): void {
    const isFirst = this.logprobs.length === 0;
    this.logprobs.push(isFirst ? { chosen: { ...each.chosen, logprob: undefined }, top: [] } : each);
  }

  /** The prompt, once. */
  take(): readonly EchoedPrompt[] {
    if (this.isTaken) return [];
    this.isTaken = true;
    const { text = '' } = this.prompt;
    return text === '' ? [] : [{ kind: 'prompt', text, logprobs: this.logprobs }];
  }
}

/** A time limit that begins with the first token. */
class TimeLimit {
  private end: number | undefined;
  wasOver = false;

  constructor(private readonly milliseconds: number | undefined) {}

  isOver(): boolean {
    const now = performance.now();
    this.end ??= now + (this.milliseconds ?? Infinity);
    this.wasOver = now > this.end;
    return this.wasOver;
  }
}

/** How a request's tokens are chosen. Unlike in a chat, a temperature of 0 is greedy: callers ask for it in tests. */
function requestSampling(model: Model, thinking: boolean, options: GenerationOptions): Sampling {
  const { temperature, topP, topK, minP, seed, frequencyPenalty, presencePenalty, repeatPenalty } = options;
  const own = chatSampling(model, thinking);
  return {
    ...own,
    ...defined({ temperature, topP, topK, minP, seed, frequencyPenalty, presencePenalty, repeatPenalty }),
    // A caller's penalties replace the family's repeat penalty.
    ...(frequencyPenalty === undefined && presencePenalty === undefined
      ? {}
      : { repeatPenalty: repeatPenalty ?? 1 }),
    ...(temperature === 0 && repeatPenalty === undefined ? { repeatPenalty: 1 } : {}),
  };
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
