import {
  getCSSLanguageService,
  getLESSLanguageService,
  getSCSSLanguageService,
  type LanguageService,
} from 'vscode-css-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckFile, CheckerProblem } from '../checker.js';
import { problemsOf } from './diagnostics.js';

const SERVICES: Readonly<Record<string, LanguageService>> = {
  css: getCSSLanguageService(),
  scss: getSCSSLanguageService(),
  less: getLESSLanguageService(),
};

/** Files that a sheet imports aren't read. */
export function checkCss({ uri, languageId, text }: CheckFile): Promise<readonly CheckerProblem[]> {
  const service = SERVICES[languageId];
  const document = TextDocument.create(uri, languageId, 1, text);
  return Promise.resolve(
    service === undefined
      ? []
      : problemsOf(service.doValidation(document, service.parseStylesheet(document))).map((problem) =>
          // What a sheet means is told in warnings.
          problem.severity === 'error' ? { ...problem, hidesMeaning: true } : problem,
        ),
  );
}
