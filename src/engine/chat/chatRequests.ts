import type { Connection } from 'vscode-languageserver/node';
import { ChatProgressType, ChatRequest } from '../../protocol/chat.js';
import { answerRequest } from '../lsp/answerRequest.js';
import type { ChatService } from './chatService.js';

/** Answers `youtu/chat`, with the answer's pieces as progress under the request's own token. */
export function registerChat(connection: Connection, service: ChatService): void {
  connection.onRequest(ChatRequest, (params, token) =>
    answerRequest(token, (signal) =>
      service.answer(params, signal, (progress) => {
        void connection.sendProgress(ChatProgressType, params.progressToken, progress);
      }),
    ),
  );
}
