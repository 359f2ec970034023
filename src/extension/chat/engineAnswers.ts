import * as vscode from 'vscode';
import type { AnswerOutcome, AnswerProgress, Answers } from '../../chatCore/chatSession.js';
import { ChatProgressType, ChatRequest, type ChatMessage, type ChatResult } from '../../protocol/chat.js';
import { EngineFailure, type EngineClient } from '../engine/engineClient.js';
import type { Models } from '../models/models.js';
import type { WorkspacePrompt } from './workspacePrompt.js';
import { explain, type FailureAction, type FailureText } from '../failureText.js';

/** Answers from the engine. */
export class EngineAnswers implements Answers<FailureAction> {
  constructor(
    private readonly engine: EngineClient,
    private readonly models: Pick<Models, 'arrival'>,
    private readonly prompt: WorkspacePrompt,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onProgress: (progress: AnswerProgress) => void,
  ): Promise<AnswerOutcome<FailureAction>> {
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const progressToken = `chat-${crypto.randomUUID()}`;
    const progress = this.engine.onProgress(ChatProgressType, progressToken, (part) =>
      onProgress(part.kind === 'prefill' ? { ...part, kind: 'reading' } : part),
    );
    try {
      await this.models.arrival(signal);
      await this.prompt.confirm();
      if (signal.aborted) return { kind: 'stopped' };
      return finished(await this.engine.request(ChatRequest, { messages, progressToken }, source.token));
    } catch (error) {
      if (error instanceof vscode.CancellationError || signal.aborted) return { kind: 'stopped' };
      this.log.error(`chat: ${describe(error)}`);
      return { kind: 'failed', failure: failureOf(error) };
    } finally {
      progress.dispose();
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }
}

/** The page's notice has the buttons for a missing model already. */
export const NO_MODEL_STEPS: readonly FailureAction[] = [];

function failureOf(error: unknown): FailureText {
  const failure = explain(error);
  const isNoModel = error instanceof EngineFailure && error.data.kind === 'noModel';
  return isNoModel ? { ...failure, actions: NO_MODEL_STEPS } : failure;
}

function finished({
  text,
  finish,
  model,
  tokensPerSecond,
  droppedMessages,
}: ChatResult): AnswerOutcome<FailureAction> {
  const state = finish === 'length' ? 'length' : 'done';
  return { kind: 'finished', answer: { text, state, stats: { model, tokensPerSecond, droppedMessages } } };
}

function describe(error: unknown): string {
  if (error instanceof EngineFailure) return JSON.stringify(error.data);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
