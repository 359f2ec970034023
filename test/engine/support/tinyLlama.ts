import { LlamaLoader } from '../../../src/engine/model/llamaLoader.js';
import { GREEDY, type Model, type Token } from '../../../src/engine/model/model.js';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../../src/protocol/settings.js';
import { makeTinyModel } from '../../fixtures/gguf/make.js';
import type { TinyModelOptions } from '../../fixtures/gguf/tinyModel.js';

/** Real llama.cpp in this process, on the CPU unless the settings say otherwise. */
export class TestLlama {
  /** Logged lines: `level: message`. */
  readonly log: string[] = [];
  readonly loader: LlamaLoader;

  constructor(settings: Partial<EngineSettings> = {}) {
    const all = { ...DEFAULT_SETTINGS, gpu: 'off', threads: 1, ...settings } as const;
    this.loader = new LlamaLoader(
      () => all,
      (level, message) => this.log.push(`${level}: ${message}`),
    );
  }

  load(path: string, onProgress: (progress: number) => void = () => undefined): Promise<Model> {
    return this.loader.load({ id: 'test', path }, { onProgress });
  }

  async loadTiny(options: TinyModelOptions): Promise<Model> {
    return this.load(await makeTinyModel(options));
  }
}

/** A prompt's tokens, with special tokens. */
export function promptTokens(model: Model, prompt: string): Token[] {
  return [...(model.bos === undefined ? [] : [model.bos]), ...model.tokenize(prompt, true)];
}

/** The model's answer to a prompt, in a new context. */
export async function answer(model: Model, prompt: string, maxTokens = 60): Promise<string> {
  const context = await model.openContext({ contextTokens: 2048, batchTokens: 128 });
  const tokens: Token[] = [];
  try {
    for await (const token of context.decode(promptTokens(model, prompt), GREEDY)) {
      tokens.push(token);
      if (tokens.length >= maxTokens) break;
    }
  } finally {
    await context.dispose();
  }
  return model.detokenize(tokens);
}
