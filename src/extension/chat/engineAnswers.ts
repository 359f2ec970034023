import * as vscode from 'vscode';
import { ChatProgressType, ChatRequest, type ChatMessage, type ChatProgress } from '../../protocol/chat.js';
import { EngineFailure, type Engine } from '../engine/engine.js';
import { explain } from '../failureText.js';
import type { AnswerOutcome, Answers } from './answers.js';

/** Answers from the engine. */
export class EngineAnswers implements Answers {
  constructor(
    private readonly engine: Engine,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onProgress: (progress: ChatProgress) => void,
  ): Promise<AnswerOutcome> {
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const progressToken = `chat-${crypto.randomUUID()}`;
    const progress = this.engine.onProgress(ChatProgressType, progressToken, onProgress);
    try {
      const result = await this.engine.request(ChatRequest, { messages, progressToken }, source.token);
      return { kind: 'finished', result };
    } catch (error) {
      if (error instanceof vscode.CancellationError || signal.aborted) return { kind: 'stopped' };
      this.log.error(
        `chat: ${error instanceof EngineFailure ? JSON.stringify(error.data) : error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return { kind: 'failed', failure: explain(error) };
    } finally {
      progress.dispose();
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }
}
