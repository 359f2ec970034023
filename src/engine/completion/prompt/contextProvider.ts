import type { SyntaxFacts } from '../../syntax/syntaxFacts.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import type { Snippet } from '../context/fileSnippets.js';

/** What completions know besides the document's own text. */
export interface ContextProvider {
  /** Reads what the other methods need, and resolves after a short wait at the latest, ready or not. Never rejects. */
  prepare(cursor: CursorContext): Promise<void>;
  /** The document's first lines, with its imports. */
  headOf(uri: string): string;
  /** Path of a document, from the project's root. */
  pathOf(uri: string): string;
  /** Snippets of other files of at most so many characters; the same array while none of it changes. */
  snippetsFor(cursor: CursorContext, characters: number): readonly Snippet[];
  /** What the syntax tree says about a cursor in the current document. */
  factsAt(cursor: CursorContext): SyntaxFacts | undefined;
}

/** For a client that knows only the document itself. */
export const NO_CONTEXT_PROVIDER: ContextProvider = {
  prepare: () => Promise.resolve(),
  headOf: () => '',
  pathOf: (uri) => uri.slice(uri.lastIndexOf('/') + 1),
  snippetsFor: () => NO_SNIPPETS,
  factsAt: () => undefined,
};

const NO_SNIPPETS: readonly Snippet[] = [];
