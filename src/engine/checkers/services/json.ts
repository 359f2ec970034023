import { getLanguageService } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckFile, CheckerProblem } from '../checker.js';
import { problemsOf } from './diagnostics.js';

const service = getLanguageService({});

/** Nothing is fetched: a schema that a file names is not looked at. */
export async function checkJson({ uri, languageId, text }: CheckFile): Promise<readonly CheckerProblem[]> {
  const document = TextDocument.create(uri, languageId, 1, text);
  const isStrict = languageId === 'json';
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document), {
    comments: isStrict ? 'error' : 'ignore',
    trailingCommas: isStrict ? 'error' : 'warning',
    schemaRequest: 'ignore',
    schemaValidation: 'ignore',
  });
  return problemsOf(diagnostics);
}
