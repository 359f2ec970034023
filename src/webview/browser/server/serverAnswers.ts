import type { ChatMessage } from '../../../protocol/chat.js';
import type { AnswerFigures } from '../../../protocol/chatTurn.js';
import type { ApiKey } from './apiKey.js';
import type { BrowserSettings } from '../settings/browserSettings.js';
import { readChatChunk, type ChatChunk } from './chatChunk.js';
import { serverFailure, type ServerFailure } from './serverFailure.js';
import { sseData } from './sseData.js';
import { TokenSpeed } from './tokenSpeed.js';
import type { BrowserWords } from '../words/browserWords.js';

export type AnswerProgress =
  /** Tokens of the prompt read so far. */
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'text' | 'thinking'; readonly text: string };

export type AnswerOutcome =
  | { readonly kind: 'finished'; readonly state: 'done' | 'length'; readonly figures: AnswerFigures }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: ServerFailure };

/** Answers from the server that has served the page. */
export class ServerAnswers {
  constructor(
    private readonly key: ApiKey,
    private readonly settings: () => BrowserSettings,
    private readonly words: () => BrowserWords,
  ) {}

  /** Never rejects: a failure is an outcome, told in words. Aborting stops the answer on the server too. */
  async answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onProgress: (progress: AnswerProgress) => void,
  ): Promise<AnswerOutcome> {
    let hasBegun = false;
    try {
      const response = await fetch('v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.key.headers },
        body: JSON.stringify(this.body(messages)),
        signal,
      });
      if (!response.ok) return { kind: 'failed', failure: await serverFailure(response, this.words()) };
      hasBegun = true;
      return await this.read(response, onProgress);
    } catch {
      // The browser doesn't tell why: server gone, network gone.
      if (signal.aborted) return { kind: 'stopped' };
      return this.failed(hasBegun ? this.words().connectionLost : this.words().noConnection);
    }
  }

  private body(messages: readonly ChatMessage[]): object {
    const { temperature, maxTokens, thinking, systemPrompt } = this.settings();
    const system: readonly ChatMessage[] =
      systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt }];
    return {
      messages: [...system, ...messages],
      stream: true,
      stream_options: { include_usage: true },
      // A long conversation goes on: its oldest part is left out.
      truncate: true,
      thinking,
      ...(temperature === 'auto' ? {} : { temperature }),
      ...(maxTokens === 'auto' ? {} : { max_tokens: maxTokens }),
    };
  }

  private async read(
    response: Response,
    onProgress: (progress: AnswerProgress) => void,
  ): Promise<AnswerOutcome> {
    const speed = new TokenSpeed();
    let model = '';
    let finish: string | undefined;
    if (response.body === null) return this.failed(this.words().unexpectedAnswer);
    for await (const data of sseData(response.body)) {
      if (data === '[DONE]') break;
      const chunk = readChatChunk(data);
      if (chunk === undefined) return this.failed(this.words().unexpectedAnswer);
      if (chunk.error !== undefined) return this.failed(chunk.error.message);
      model = chunk.model ?? model;
      finish = chunk.choices?.[0]?.finish_reason ?? finish;
      if (chunk.usage) speed.count(chunk.usage.completion_tokens);
      for (const progress of progressOf(chunk)) {
        if (progress.kind !== 'reading') speed.note();
        onProgress(progress);
      }
    }
    if (finish === undefined) return this.failed(this.words().connectionLost);
    return {
      kind: 'finished',
      state: finish === 'length' ? 'length' : 'done',
      // The server doesn't tell whether it has left messages out.
      figures: { model, tokensPerSecond: speed.tokensPerSecond, droppedMessages: 0 },
    };
  }

  private failed(message: string): AnswerOutcome {
    return { kind: 'failed', failure: { message, needsKey: false } };
  }
}

function* progressOf({ prefill, choices = [] }: ChatChunk): Generator<AnswerProgress> {
  if (prefill !== undefined) yield { kind: 'reading', ...prefill };
  const { reasoning_content: thoughts, content } = choices[0]?.delta ?? {};
  if (thoughts) yield { kind: 'thinking', text: thoughts };
  if (content) yield { kind: 'text', text: content };
}
