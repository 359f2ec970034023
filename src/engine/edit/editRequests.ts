import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EditProgressType, EditRequest, type EditParams } from '../../protocol/edit.js';
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
      service.edit(
        params,
        editedDocument(documents.get(params.textDocument.uri), params),
        signal,
        (progress) => {
          void connection.sendProgress(EditProgressType, params.progressToken, progress);
        },
      ),
    ),
  );
}

function editedDocument(open: TextDocument | undefined, { text }: EditParams): TextDocument | undefined {
  if (open === undefined || text === undefined) return open;
  return TextDocument.create(open.uri, open.languageId, open.version, text);
}
