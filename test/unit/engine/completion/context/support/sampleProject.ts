import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageOfFile } from '../../../../../../src/engine/language/languageOf.js';
import { ProjectContext } from '../../../../../../src/engine/completion/context/projectContext.js';
import type { Snippet } from '../../../../../../src/engine/completion/context/fileSnippets.js';
import { SyntaxTrees } from '../../../../../../src/engine/syntax/syntaxTrees.js';

/** Grammars are loaded once for all tests. */
const trees = new SyntaxTrees(undefined, undefined, Infinity);

/** A project in a temporary folder, and the engine's context of it. */
export class SampleProject {
  readonly context: ProjectContext;
  /** Milliseconds; advanced by the test. */
  now = 0;
  /** The user's patterns. */
  exclude: readonly string[] = [];
  private readonly open = new Map<string, TextDocument>();

  private constructor(readonly root: string) {
    const fail = (message: string): never => {
      throw new Error(message);
    };
    this.context = new ProjectContext(this.open, trees, {
      exclusions: () => ({ completionExclude: this.exclude, completionExcludeByFolder: {} }),
      log: fail,
      now: () => this.now,
    });
  }

  static async create(files: Readonly<Record<string, string>>): Promise<SampleProject> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'youtu-project-')));
    const project = new SampleProject(join(folder, 'opened'));
    for (const [path, text] of Object.entries(files)) await project.write(path, text);
    project.context.setFolders([pathToFileURL(project.root).href]);
    return project;
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  uri(path: string): string {
    return pathToFileURL(join(this.root, path)).href;
  }

  /** Opens a document with a cursor at `▮`, or at its end. */
  edit(path: string, marked: string): { readonly document: TextDocument; readonly position: Position } {
    const text = marked.replace('▮', '');
    const uri = this.uri(path);
    const version = (this.open.get(uri)?.version ?? 0) + 1;
    const document = TextDocument.create(uri, languageOfFile(path), version, text);
    this.open.set(uri, document);
    const offset = marked.includes('▮') ? marked.indexOf('▮') : text.length;
    return { document, position: document.positionAt(offset) };
  }

  close(path: string): void {
    this.open.delete(this.uri(path));
    this.context.didClose(this.uri(path));
  }

  /** The snippets at `▮`, after all files have been read. */
  async snippets(path: string, marked: string, characters = 10_000): Promise<readonly Snippet[]> {
    const { document, position } = this.edit(path, marked);
    await this.context.refresh(document, new AbortController().signal);
    return this.context.snippetsFor(document, position, characters);
  }

  delete(): Promise<void> {
    return rm(dirname(this.root), { recursive: true, force: true });
  }
}
