import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { EditProgressType, EditRequest } from '../../protocol/edit.js';
import { answerRequest } from '../cancellation.js';
import type { EditService } from './editService.js';

/** Answers `youtu/edit`. The draft is sent as progress under the request's token. */
export function registerEdit(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  service: EditService,
): void {
  connection.onRequest(EditRequest, (params, token) =>
    answerRequest(token, (signal) =>
      service.edit(params, documents.get(params.textDocument.uri), signal, (progress) => {
        void connection.sendProgress(EditProgressType, params.progressToken, progress);
      }),
    ),
  );
}
