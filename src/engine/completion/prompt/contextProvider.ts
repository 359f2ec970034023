import type { SyntaxFacts } from '../../syntax/syntaxFacts.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import type { Snippet } from '../context/fileSnippets.js';

/** What is known around a place besides the text at hand. */
export interface ContextProvider {
  /** Has what follows ready; resolves at the latest after a moment, ready or not. Never rejects. */
  prepare(place: CursorContext): Promise<void>;
  /** The document's first lines, where its imports stand. */
  headOf(uri: string): string;
  /** Path of a document, as a person would write it. */
  pathOf(uri: string): string;
  /** Parts of other files that are worth showing; the same array while nothing of it changes. */
  snippetsFor(place: CursorContext, characters: number): readonly Snippet[];
  /** What the syntax tree says about a place in the document as it is. */
  factsAt(place: CursorContext): SyntaxFacts | undefined;
}

/** For a client that has nothing but the text at hand. */
export const NO_CONTEXT_PROVIDER: ContextProvider = {
  prepare: () => Promise.resolve(),
  headOf: () => '',
  pathOf: (uri) => uri.slice(uri.lastIndexOf('/') + 1),
  snippetsFor: () => NO_SNIPPETS,
  factsAt: () => undefined,
};

const NO_SNIPPETS: readonly Snippet[] = [];
