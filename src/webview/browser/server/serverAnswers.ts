import type { AnswerOutcome, AnswerProgress, Answers, FailureStep } from '../../../chatCore/chatSession.js';
import type { ChatMessage } from '../../../protocol/chat.js';
import type { BrowserSettings } from '../settings/browserSettings.js';
import type { BrowserWords } from '../words/browserWords.js';
import type { ApiKey } from './apiKey.js';
import { chatChunks, type ChatChunk } from './chatStream.js';
import { serverFailure } from './serverFailure.js';

/** Seconds. Over a shorter time a speed means nothing, since several pieces may arrive together. */
const MIN_MEASURED_S = 0.1;

/** Answers from the server that has served the page. */
export class ServerAnswers implements Answers<FailureStep> {
  constructor(
    private readonly key: ApiKey,
    private readonly settings: () => BrowserSettings,
    private readonly words: () => BrowserWords,
  ) {}

  /** Never rejects: a failure is an outcome. Aborting stops the answer on the server too. */
  async answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onProgress: (progress: AnswerProgress) => void,
  ): Promise<AnswerOutcome<FailureStep>> {
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
      // The browser gives no reason: the server or the network may be down.
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
      return_progress: true,
      // For a conversation that is too long, the server leaves out its oldest part.
      truncate: true,
      thinking,
      ...(temperature === 'auto' ? {} : { temperature }),
      ...(maxTokens === 'auto' ? {} : { max_tokens: maxTokens }),
    };
  }

  private async read(
    response: Response,
    onProgress: (progress: AnswerProgress) => void,
  ): Promise<AnswerOutcome<FailureStep>> {
    const speed = new TokenSpeed();
    let model = '';
    let finish: string | undefined;
    if (response.body === null) return this.failed(this.words().unexpectedAnswer);
    for await (const chunk of chatChunks(response.body)) {
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
      answer: {
        state: finish === 'length' ? 'length' : 'done',
        // The server doesn't say whether it has left messages out.
        stats: { model, tokensPerSecond: speed.tokensPerSecond, droppedMessages: 0 },
      },
    };
  }

  private failed(message: string): AnswerOutcome<FailureStep> {
    return { kind: 'failed', failure: { message, actions: [] } };
  }
}

function* progressOf({ prompt_progress: prompt, choices = [] }: ChatChunk): Generator<AnswerProgress> {
  if (prompt)
    yield { kind: 'reading', done: prompt.processed - prompt.cache, total: prompt.total - prompt.cache };
  const { reasoning_content: thoughts, content } = choices[0]?.delta ?? {};
  if (thoughts) yield { kind: 'thinking', text: thoughts };
  if (content) yield { kind: 'text', text: content };
}

/** Speed of an answer, from its first token to its last. */
class TokenSpeed {
  private first: number | undefined;
  private last = 0;
  private pieces = 0;
  private tokens: number | undefined;

  /** A piece of the answer has arrived. */
  note(): void {
    this.last = performance.now();
    this.first ??= this.last;
    this.pieces++;
  }

  /** @param tokens of the whole answer, as the server has counted them */
  count(tokens: number): void {
    this.tokens = tokens;
  }

  /** 0 when it can't be measured. */
  get tokensPerSecond(): number {
    const seconds = (this.last - (this.first ?? this.last)) / 1000;
    const afterFirst = (this.tokens ?? this.pieces) - 1;
    return seconds >= MIN_MEASURED_S && afterFirst > 0 ? afterFirst / seconds : 0;
  }
}
