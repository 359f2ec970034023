import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { TestPlanRequest, TestProgressType, WriteTestsRequest } from '../../../protocol/tests.js';
import { answerRequest } from '../../cancellation.js';
import type { TestService } from './testService.js';

/** Answers `youtu/testPlan` and `youtu/writeTests`. */
export function registerTests(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  service: TestService,
): void {
  connection.onRequest(TestPlanRequest, (params, token) =>
    answerRequest(token, (signal) => service.plan(params, documents.get(params.textDocument.uri), signal)),
  );
  connection.onRequest(WriteTestsRequest, (params, token) =>
    answerRequest(token, (signal) =>
      service.write(params, documents.get(params.textDocument.uri), signal, (progress) => {
        void connection.sendProgress(TestProgressType, params.progressToken, progress);
      }),
    ),
  );
}
