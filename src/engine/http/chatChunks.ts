import type { GenerationChunk, GenerationResult } from '../serving/generationRequest.js';
import { chatLogprobs, usageOf } from './openAiFields.js';
import { plainLength, readToolCalls } from './toolCalls.js';

/** The events of a streamed chat answer, as OpenAI's API has them. */
export class ChatChunks {
  private answer = '';
  private hasRole = false;
  /** Characters of the answer that are sent. */
  private sent = 0;

  constructor(
    private readonly id: string,
    private readonly created: number,
    /** Asked for each event: while the model is loaded there is no name yet. */
    private readonly model: () => string,
    /** Tools that the answer may call; what may be a call is held back. */
    private readonly tools: readonly string[],
    private readonly send: (chunk: object) => void,
  ) {}

  push(piece: GenerationChunk): void {
    switch (piece.kind) {
      case 'prefill':
        this.chunk({ choices: [], prefill: { done: piece.done, total: piece.total } });
        return;
      case 'thinking':
        this.choice({ reasoning_content: piece.text });
        return;
      case 'text': {
        this.answer += piece.text;
        const length = this.tools.length === 0 ? this.answer.length : plainLength(this.answer);
        this.sendUpTo(length, piece.logprobs.length === 0 ? {} : { logprobs: chatLogprobs([piece]) });
      }
    }
  }

  end(result: GenerationResult, withUsage: boolean): void {
    const { calls } = this.tools.length === 0 ? { calls: [] } : readToolCalls(this.answer, this.tools);
    if (calls.length === 0) this.sendUpTo(this.answer.length);
    else this.choice({ tool_calls: calls.map((call, index) => ({ index, ...call })) });
    this.choice({}, { finish_reason: calls.length > 0 ? 'tool_calls' : result.finish });
    if (withUsage) this.chunk({ choices: [], usage: usageOf(result) });
  }

  private sendUpTo(length: number, extra: object = {}): void {
    if (length <= this.sent) return;
    const content = this.answer.slice(this.sent, length);
    this.sent = length;
    this.choice({ content }, extra);
  }

  private choice(delta: object, extra: object = {}): void {
    if (!this.hasRole) {
      this.hasRole = true;
      this.choice({ role: 'assistant', content: '' });
    }
    this.chunk({ choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...extra }] });
  }

  private chunk(body: object): void {
    const { id, created } = this;
    const model = this.model();
    this.send({ id, object: 'chat.completion.chunk', created, model, system_fingerprint: null, ...body });
  }
}
