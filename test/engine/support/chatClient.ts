import { CancellationToken } from 'vscode-languageserver-protocol/node';
import {
  ChatProgressType,
  ChatRequest,
  type ChatMessage,
  type ChatParams,
  type ChatProgress,
  type ChatResult,
} from '../../../src/protocol/chat.js';
import type { EngineProcess } from './engineProcess.js';

export interface ChatAnswer {
  readonly result: ChatResult;
  readonly progress: readonly ChatProgress[];
  /** The text that was streamed. */
  readonly streamed: string;
}

export interface AskOptions extends Partial<Omit<ChatParams, 'messages' | 'progressToken'>> {
  readonly token?: CancellationToken;
  readonly onProgress?: (progress: ChatProgress, streamed: string) => void;
}

/** Sends a chat request over LSP, as the extension does. */
export async function askEngine(
  { connection }: EngineProcess,
  messages: readonly ChatMessage[],
  { token = CancellationToken.None, onProgress, ...params }: AskOptions = {},
): Promise<ChatAnswer> {
  const progressToken = crypto.randomUUID();
  const progress: ChatProgress[] = [];
  let streamed = '';
  const listening = connection.onProgress(ChatProgressType, progressToken, (piece) => {
    progress.push(piece);
    if (piece.kind === 'text') streamed += piece.text;
    onProgress?.(piece, streamed);
  });
  try {
    const result = await connection.sendRequest<ChatResult>(
      ChatRequest.method,
      { messages, progressToken, seed: 1, ...params },
      token,
    );
    return { result, progress, streamed };
  } finally {
    listening.dispose();
  }
}
