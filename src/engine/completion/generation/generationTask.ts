import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SyntaxFacts } from '../../syntax/syntaxFacts.js';
import type { CompletionOptions } from '../completionAnswer.js';
import { contextOf } from '../cursor/completionContext.js';
import type { GenerationTask } from './generation.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import { completionMode } from '../trigger/completionMode.js';

/** Ghost text that is asked for at a place of a document. */
export interface Request {
  readonly document: TextDocument;
  readonly position: Position;
  readonly place: CursorContext;
  readonly options: CompletionOptions;
}

/** What is to be decoded at a place, as a request wants it. */
export function taskFor(
  { options }: Request,
  place: CursorContext,
  facts: SyntaxFacts | undefined,
): GenerationTask {
  const { isInvoked, maxLines, indent } = options;
  const context = contextOf(place, indent === undefined ? {} : { indent });
  return { place, context, shape: completionMode(context, isInvoked, facts), maxLines, isInvoked };
}
