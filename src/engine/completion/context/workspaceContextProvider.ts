import { setTimeout } from 'node:timers/promises';
import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditorContextParams } from '../../../protocol/completion.js';
import type { FileExclusion } from '../../../protocol/fileExclusion.js';
import { syntaxFacts, type SyntaxFacts } from '../../syntax/syntaxFacts.js';
import type { SyntaxTrees } from '../../syntax/syntaxTrees.js';
import type { ContextProvider } from '../prompt/contextProvider.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import type { ProjectContext } from './projectContext.js';
import type { OpenDocuments } from './projectFiles.js';
import type { Snippet } from './fileSnippets.js';
import { displayPath, pathOf } from './workspace.js';

/** A first completion waits so long for other files to be read; what takes longer is there for the next one. */
const PATIENCE_MS = 200;
/** Imports are within a document's first characters. */
const HEAD_CHARACTERS = 6000;

const NONE: readonly Snippet[] = [];

/** What open documents, their project and their syntax trees say. */
export class WorkspaceContextProvider implements ContextProvider {
  constructor(
    private readonly documents: OpenDocuments,
    private readonly project: ProjectContext,
    private readonly trees: SyntaxTrees,
  ) {}

  async prepare({ uri }: CursorContext): Promise<void> {
    const document = this.documents.get(uri);
    if (document !== undefined) await Promise.race([this.refresh(document), setTimeout(PATIENCE_MS)]);
  }

  headOf(uri: string): string {
    return this.documents.get(uri)?.getText().slice(0, HEAD_CHARACTERS) ?? '';
  }

  pathOf(uri: string): string {
    const path = pathOf(uri) ?? uri;
    return displayPath(path, this.project.rootOf(uri));
  }

  /** Whether a document gets no completions, by the user's patterns or its name. */
  exclusionOf(uri: string): FileExclusion {
    return this.project.exclusionOf(uri);
  }

  snippetsFor(place: CursorContext, characters: number): readonly Snippet[] {
    const document = this.documents.get(place.uri);
    return document === undefined ? NONE : this.project.snippetsFor(document, place, characters);
  }

  factsAt(place: CursorContext): SyntaxFacts | undefined {
    const document = this.documents.get(place.uri);
    // A notebook's cell may be in another language than the document.
    if (document === undefined || place.isVirtual || place.languageId !== document.languageId)
      return undefined;
    const tree = this.trees.of(document);
    return tree && syntaxFacts(tree, document.offsetAt(place));
  }

  opened(document: TextDocument): void {
    void this.refresh(document);
  }

  edited({ uri }: TextDocument, { line }: Position): void {
    this.project.didChange(uri, line);
  }

  viewed(document: TextDocument, position: Position): void {
    this.project.didView(document.uri, position);
    void this.refresh(document);
  }

  closed(uri: string): void {
    this.project.didClose(uri);
    this.trees.forget(uri);
  }

  set(params: EditorContextParams): void {
    this.project.setEditorContext(params);
  }

  /** What can't be read is not shown; a completion is made without it. */
  private async refresh(document: TextDocument): Promise<void> {
    await this.project.refresh(document, new AbortController().signal).catch(() => undefined);
  }
}
