import type { ChatService } from '../../../../src/engine/chat/chatService.js';
import type { ChatParams, ChatProgress, ChatResult } from '../../../../src/protocol/chat.js';

/** The answer to a question. */
export interface ScriptedAnswer {
  readonly pieces: readonly ChatProgress[];
  readonly result?: Partial<ChatResult>;
  /** Thrown after the pieces. */
  readonly error?: Error;
  /** Called right after the pieces, for example to simulate Ctrl+C. */
  readonly then?: () => void;
}

const RESULT: ChatResult = {
  finish: 'stop',
  text: '',
  promptTokens: 12,
  cachedTokens: 0,
  completionTokens: 3,
  tokensPerSecond: 20.04,
  droppedMessages: 0,
  model: 'scripted',
};

/** A chat service with scripted answers, which records its requests. */
export class ScriptedChat implements Pick<ChatService, 'answer'> {
  readonly requests: ChatParams[] = [];

  constructor(private readonly answers: ScriptedAnswer[]) {}

  async answer(
    params: ChatParams,
    signal: AbortSignal,
    report: (progress: ChatProgress) => void,
  ): Promise<ChatResult> {
    this.requests.push(params);
    const { pieces, result, error, then } = this.answers.shift() ?? { pieces: [] };
    for (const piece of pieces) report(piece);
    await Promise.resolve(then?.());
    if (error !== undefined) throw error;
    signal.throwIfAborted();
    const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
    return { ...RESULT, text, ...result };
  }
}

export const says = (text: string): ScriptedAnswer => ({ pieces: [{ kind: 'text', text }] });
