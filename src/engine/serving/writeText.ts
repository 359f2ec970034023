import { Healer } from '../decoding/tokenHealing.js';
import { newStats } from '../decoding/decoder.js';
import type { Model } from '../model/model.js';
import type { PromptDeps } from './promptDeps.js';
import type { SlotRunner } from './slotRunner.js';
import { TextReader } from './textReader.js';
import { textSampling } from './textSampling.js';
import type {
  TextOptions,
  TextPiece,
  TextPrompt,
  TextResult,
  GenerationRequest,
} from './generationRequest.js';

/** The grammars let a text end with empty lines, and a small model goes on with them. */
const JSON_END = '\n\n';

export interface WriteDeps {
  readonly runner: SlotRunner;
  readonly model: Model;
  readonly prompts: PromptDeps;
}

/**
 * Has one text written, from its prompt to what is told of it.
 * @throws as {@link SlotRunner.run}, and as the wish's prompt
 */
export async function writeText(
  { runner, model, prompts }: WriteDeps,
  { caller, options, prompt: promptFor }: GenerationRequest,
  signal: AbortSignal,
  onPiece: (piece: TextPiece) => void,
): Promise<TextResult> {
  const { contextTokens } = runner;
  const prompt = promptFor(model, contextTokens, prompts);
  const healer = prompt.held === undefined ? undefined : new Healer(prompt.held, prompts.indexOf(model));
  const reader = new TextReader(model, prompt.thinking, stopsOf(prompt, options), healer);
  const figures = newStats();
  const clock = new WritingClock(options.maxMs);
  await runner.run({
    caller,
    prompt: prompt.tokens,
    sampling: textSampling(model, prompt.thinking === 'open', options),
    extras: {
      grammar: options.grammar,
      choice: healer?.tokenConstraint,
      ...(options.options === undefined
        ? {}
        : { mostOptions: options.options, onOptions: (each) => reader.options(each) }),
    },
    maxTokens: Math.min(options.maxTokens ?? Infinity, contextTokens - prompt.tokens.length),
    signal,
    figures,
    onPrefill: (done, total) => onPiece({ kind: 'prefill', done, total }),
    onToken: (token) => {
      for (const piece of reader.push(token)) onPiece(piece);
      return reader.stopText === undefined && !clock.isOver();
    },
  });
  for (const piece of reader.flush()) onPiece(piece);
  const isJsonEnd = hasJson(options) && reader.stopText === JSON_END;
  return {
    model: model.id,
    text: hasJson(options) ? reader.text.trimEnd() : reader.text,
    thinking: reader.thinking,
    finish:
      reader.stopText === undefined && (clock.wasOver || figures.finish === 'length') ? 'length' : 'stop',
    stopText: isJsonEnd ? undefined : reader.stopText,
    promptTokens: figures.promptTokens,
    cachedTokens: figures.cachedTokens,
    completionTokens: figures.completionTokens,
    isCut: prompt.isCut,
    contextTokens,
    firstTokenMs: figures.firstTokenMs,
    totalMs: figures.totalMs,
  };
}

function hasJson({ grammar }: TextOptions): boolean {
  return grammar?.kind === 'json' || grammar?.kind === 'schema';
}

function stopsOf(prompt: TextPrompt, options: TextOptions): readonly string[] {
  return [...prompt.stop, ...(hasJson(options) ? [JSON_END] : []), ...(options.stop ?? [])];
}

/** The time for writing, which begins with the first token. */
class WritingClock {
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
