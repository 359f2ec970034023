import type { TokenLogprobs } from '../decoding/output/outputReader.js';
import type { GenerationChunk, GenerationResult, PrefillProgress } from '../serving/generationRequest.js';
import { chatLogprobs } from './openAiFields.js';
import { plainLength, readToolCalls, type ToolOptions } from './toolCalls.js';

export interface ChunkOptions {
  /** Tools that the answer may call; what may be a call is held back. */
  readonly tools: ToolOptions;
  /** Whether the prompt's progress is told. OpenAI's API has no such events. */
  readonly hasProgress: boolean;
}

/** The events of one answer of a streamed chat, as OpenAI's API has them. */
export class ChatChunks {
  private answer = '';
  private hasRole = false;
  /** Characters of the answer that are sent. */
  private sent = 0;
  /** Of tokens that weren't sent with a text yet. */
  private logprobs: TokenLogprobs[] = [];

  constructor(
    private readonly index: number,
    private readonly options: ChunkOptions,
    /** Takes what is this event's own, besides what all events of the stream have. */
    private readonly send: (event: object) => void,
  ) {}

  push(piece: GenerationChunk): void {
    switch (piece.kind) {
      case 'prefill':
        // Clients read `choices[0]` of every event but the last one with the usage: none goes without a choice.
        if (this.options.hasProgress) this.choice({}, {}, { prompt_progress: progressOf(piece) });
        return;
      case 'prompt':
        return;
      case 'thinking':
        this.choice({ reasoning_content: piece.text });
        return;
      case 'text':
        this.answer += piece.text;
        this.logprobs.push(...piece.logprobs);
        this.sendUpTo(plainLength(this.answer, this.options.tools));
    }
  }

  /** @param around what the last event has beside the choice */
  end(result: GenerationResult, around: object): void {
    const { calls } = readToolCalls(this.answer, this.options.tools);
    if (calls.length === 0) this.sendUpTo(this.answer.length);
    // As OpenAI's API does: some clients read only the name in the first event of a call, arguments in those after it.
    for (const [index, { function: called, ...call }] of calls.entries()) {
      const head = { index, ...call, function: { name: called.name, arguments: '' } };
      this.choice({ tool_calls: [head] }, this.takeLogprobs());
      this.choice({ tool_calls: [{ index, function: { arguments: called.arguments } }] });
    }
    this.choice({}, { finish_reason: calls.length > 0 ? 'tool_calls' : result.finish }, around);
  }

  private sendUpTo(length: number): void {
    if (length <= this.sent) return;
    const content = this.answer.slice(this.sent, length);
    this.sent = length;
    this.choice({ content }, this.takeLogprobs());
  }

  private takeLogprobs(): object {
    const { logprobs } = this;
    this.logprobs = [];
    return logprobs.length === 0 ? {} : { logprobs: chatLogprobs(logprobs) };
  }

  private choice(delta: object, extra: object = {}, around: object = {}): void {
    if (!this.hasRole) {
      this.hasRole = true;
      this.choice({ role: 'assistant', content: '' });
    }
    const choice = { index: this.index, delta, logprobs: null, finish_reason: null, ...extra };
    this.send({ choices: [choice], ...around });
  }
}

/** As llama.cpp's server has it: tokens of the cache count as processed. */
function progressOf({ done, total, cached, milliseconds }: PrefillProgress): object {
  return {
    total: total + cached,
    cache: cached,
    processed: done + cached,
    time_ms: Math.round(milliseconds),
  };
}
