import type { TextBudget } from '../../src/engine/completion/prompt/contextBudget.js';
import { newStats } from '../../src/engine/decoding/decodeRun.js';
import type { Decoder } from '../../src/engine/decoding/decoder.js';
import type { ContextQueue } from '../../src/engine/decoding/contextQueue.js';
import { TextStream } from '../../src/engine/decoding/output/textStream.js';
import { GREEDY, type Model, type Token } from '../../src/engine/model/model.js';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings.js';
import type { QualityCase } from '../corpus/cutCases.js';
import type { Arm } from './arm.js';

const TOKENS_PER_LINE = 24;

interface RawArmDeps {
  readonly queue: ContextQueue;
  readonly decoder: Decoder;
  readonly window: () => TextBudget;
}

/** The model alone with greedy decoding; the only rule is a maximum number of lines. */
class RawArm implements Arm {
  constructor(
    readonly name: string,
    private readonly deps: RawArmDeps,
    private readonly promptFor: (model: Model, prefix: string, suffix: string) => Token[],
    private readonly maxLines: number,
    /** Whether leading blanks are dropped if the text before the cursor ends with one. */
    private readonly dropsLeadingBlanks = false,
    readonly isForBlocksOnly = false,
  ) {}

  complete({ before, after }: QualityCase): Promise<string> {
    const { queue, decoder, window } = this.deps;
    const { prefixCharacters, suffixCharacters, snippetCharacters } = window();
    const { model } = queue;
    const prompt = [
      ...(model.bos === undefined ? [] : [model.bos]),
      ...this.promptFor(
        model,
        lastLines(before, prefixCharacters + snippetCharacters),
        firstLines(after, suffixCharacters),
      ),
    ];
    const { signal } = new AbortController();
    return queue.use(signal, async (context) => {
      const stream = new TextStream(model);
      const maxTokens = TOKENS_PER_LINE * Math.max(3, this.maxLines);
      const decoding = { kind: 'completion', sampling: GREEDY, maxTokens, signal } as const;
      let text = '';
      for await (const token of decoder.decode(context, prompt, decoding, newStats())) {
        text += stream.push(token);
        if (text.split('\n').length > this.maxLines) break;
      }
      const lines = text.split('\n').slice(0, this.maxLines).join('\n');
      return this.dropsLeadingBlanks && /[ \t]$/.test(before) ? lines.replace(/^[ \t]+/, '') : lines;
    });
  }
}

/**
 * The prompt of llama.cpp's `/infill` for a prefix and a suffix.
 * @param isWhole keeps all that the model generates, up to the product's own maximum of lines, not only the first line
 */
export function rawInfill(deps: RawArmDeps, isWhole: boolean): Arm {
  const name = isWhole ? 'raw infill, whole' : 'raw infill';
  const maxLines = isWhole ? DEFAULT_SETTINGS.completionMaxLines : 1;
  return new RawArm(name, deps, infillPrompt, maxLines, false, isWhole);
}

/**
 * The first line of a plain continuation of the text before the cursor. Tokens start with their blank, so after a blank
 * a model usually generates another one, which a client drops.
 */
export function plainContinuation(deps: RawArmDeps): Arm {
  const promptFor = (model: Model, prefix: string): Token[] => model.tokenize(prefix, false);
  return new RawArm('continuation', deps, promptFor, 1, true);
}

function infillPrompt(model: Model, prefix: string, suffix: string): Token[] {
  const { infill } = model;
  if (infill === undefined) return model.tokenize(prefix, false);
  return [
    infill.prefix,
    ...model.tokenize(prefix, false),
    infill.suffix,
    ...model.tokenize(suffix, false),
    infill.middle,
  ];
}

function lastLines(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const start = text.indexOf('\n', text.length - characters - 1) + 1;
  return text.slice(start === 0 ? text.length - characters : start);
}

function firstLines(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const end = text.lastIndexOf('\n', characters);
  return text.slice(0, end > 0 ? end + 1 : characters);
}
