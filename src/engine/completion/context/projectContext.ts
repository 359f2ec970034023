import { createHash } from 'node:crypto';
import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditorContextParams } from '../../../protocol/completion.js';
import { outlineOf } from '../../syntax/outline/outlineOf.js';
import type { FileOutline } from '../../syntax/outline/outline.js';
import type { SyntaxTrees } from '../../syntax/syntaxTrees.js';
import { abortable } from '../../cancellation.js';
import type { FileExclusion } from '../../../protocol/fileExclusion.js';
import { FileGate, type ExclusionSettings } from './fileGate.js';
import { makePlan, type Plan } from './contextPlan.js';
import type { ModuleResolver } from './modules/moduleResolver.js';
import { moduleResolvers } from './modules/moduleResolvers.js';
import { ProjectFiles, type OpenDocuments } from './projectFiles.js';
import { RecentLocations } from './recentLocations.js';
import type { Snippet } from './fileSnippets.js';
import { EditorContext } from './editorContext.js';
import { UsedDefinitions, type UsedDefinition } from './usedDefinitions.js';
import { pathOf, Workspace } from './workspace.js';

/** Who goes to and fro between two files shall find each one's cache again: what was edited meanwhile can wait. */
const FRESH_MS = 120_000;
/** Other lines than these are another place: what is shown may change with it. */
const SAME_PLACE = 40;
/** A disk that is slower than this is left alone. */
const PATIENCE_MS = 5000;

export interface ProjectContextOptions {
  /** The user's patterns at present. */
  readonly exclusions?: () => ExclusionSettings;
  readonly log?: (message: string) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

const NO_EXCLUSIONS: ExclusionSettings = { completionExclude: [], completionExcludeByFolder: {} };
const DEFAULT_OPTIONS: Required<ProjectContextOptions> = {
  exclusions: () => NO_EXCLUSIONS,
  log: () => undefined,
  now: () => performance.now(),
};

interface Known {
  readonly root: string;
  readonly used: readonly UsedDefinition[];
  /** Names of what is known: the same, the same. */
  readonly state: string;
  readonly importCount: number;
}

/**
 * What a completion is shown of the rest of the project. Reading takes its time and happens in {@link refresh};
 * {@link snippetsFor} answers at once from what is known by then. Snippets come first in a prompt, and each change of
 * theirs costs the whole KV cache: so they stay as they are while the user types, and change with the imports, with
 * another place in the document, and when the document is entered again after something else has been edited.
 */
export class ProjectContext {
  readonly files: ProjectFiles;
  private readonly resolvers: ReadonlyMap<string, ModuleResolver>;
  readonly workspace = new Workspace();
  readonly gate: FileGate;
  /** Those that everything below was decided by. */
  private exclusions: ExclusionSettings = NO_EXCLUSIONS;
  private readonly recent: RecentLocations;
  private readonly editorContext = new EditorContext();
  private readonly known = new Map<string, Known>();
  /** By document, and by what they may take. */
  private readonly plans = new Map<string, Map<number, Plan>>();
  private readonly recentStates = new Map<string, string>();
  private readonly plannedAt = new Map<string, number>();
  private readonly refreshing = new Map<string, Promise<void>>();
  private current: string | undefined;

  private readonly options: Required<ProjectContextOptions>;

  constructor(
    private readonly documents: OpenDocuments,
    private readonly trees: SyntaxTrees,
    options: ProjectContextOptions = {},
  ) {
    this.options = { ...DEFAULT_OPTIONS, ...options };
    this.gate = new FileGate(this.workspace, this.options.exclusions);
    this.files = new ProjectFiles(documents, trees, this.gate);
    this.resolvers = moduleResolvers(this.files);
    this.recent = new RecentLocations(documents);
  }

  /** @param uris of the opened folders; with none, the project around each file is found by what lies in it */
  setFolders(uris: readonly string[]): void {
    this.workspace.setFolders(uris);
  }

  /** Whether a document gets no completions, by the user's patterns or its name. */
  exclusionOf(uri: string): FileExclusion {
    return this.gate.exclusionOf(uri);
  }

  /**
   * Reads what the document imports, as far as it has changed. For when the user rests: a document was opened, the
   * cursor was moved, typing has paused. Work that has begun continues when the signal ends the wait.
   * @throws the signal's reason when aborted
   */
  refresh(document: TextDocument, signal: AbortSignal): Promise<void> {
    const { uri } = document;
    let refreshing = this.refreshing.get(uri);
    if (refreshing === undefined) {
      refreshing = this.read(document, AbortSignal.timeout(PATIENCE_MS))
        .catch((error: unknown) => this.options.log(`not all of the project was read: ${String(error)}`))
        .finally(() => this.refreshing.delete(uri));
      this.refreshing.set(uri, refreshing);
    }
    return abortable(refreshing, signal);
  }

  /**
   * What a prompt shows of other files, from what is known. The same again while the user types.
   * @param characters what all of it may take; one of few values, since each has a choice of its own
   */
  snippetsFor(document: TextDocument, position: Position, characters: number): readonly Snippet[] {
    const { uri } = document;
    this.followExclusions();
    const known = this.known.get(uri);
    const plans = this.plans.get(uri) ?? new Map<number, Plan>();
    this.plans.set(uri, plans);
    const before = plans.get(characters);
    const isEntered = this.current !== uri;
    this.current = uri;
    const now = this.options.now();
    const isFresh = !isEntered || now - (this.plannedAt.get(uri) ?? Number.NEGATIVE_INFINITY) < FRESH_MS;
    const recentState =
      (isFresh ? this.recentStates.get(uri) : undefined) ?? this.recent.stateFor(uri, known?.root);
    this.recentStates.set(uri, recentState);
    if (
      before !== undefined &&
      before.knownState === known?.state &&
      before.recentState === recentState &&
      (!before.isCut || Math.abs(before.line - position.line) <= SAME_PLACE)
    )
      return before.snippets;
    const plan = makePlan({
      document,
      position,
      characters,
      root: known?.root,
      used: known?.used ?? [],
      knownState: known?.state,
      recentState,
      recent: this.recent,
      editorContext: this.editorContext,
    });
    plans.set(characters, plan);
    this.plannedAt.set(uri, now);
    return plan.snippets;
  }

  /** The folder of the project that a document belongs to, once it is known. */
  rootOf(uri: string): string | undefined {
    return this.known.get(uri)?.root;
  }

  /** A line was edited. */
  didChange(uri: string, line: number): void {
    this.recent.edited(uri, line);
  }

  /** The cursor has been moved to a place, without typing. */
  didView(uri: string, { line }: Position): void {
    this.recent.viewed(uri, line);
  }

  didClose(uri: string): void {
    this.recent.forget(uri);
    this.editorContext.forget(uri);
    this.known.delete(uri);
    this.plans.delete(uri);
    this.recentStates.delete(uri);
    this.plannedAt.delete(uri);
  }

  setEditorContext(params: EditorContextParams): void {
    this.editorContext.set(params);
  }

  /** When the user's patterns have changed, what is known may be of files that they now name. */
  private followExclusions(): void {
    const { completionExclude, completionExcludeByFolder } = this.options.exclusions();
    const before = this.exclusions;
    this.exclusions = { completionExclude, completionExcludeByFolder };
    if (JSON.stringify(before) === JSON.stringify(this.exclusions)) return;
    this.known.clear();
    this.plans.clear();
    this.recentStates.clear();
    this.recent.forgetDecisions();
  }

  private async read(document: TextDocument, signal: AbortSignal): Promise<void> {
    const { uri, languageId } = document;
    this.followExclusions();
    const path = pathOf(uri);
    const root = path === undefined ? undefined : await this.workspace.rootOf(path);
    await this.recent.decide(root, (other) => this.gate.allowsDocument(other, root));
    if (path === undefined || root === undefined) return;
    const resolver = this.resolvers.get(languageId);
    const text = document.getText();
    const own = resolver && (await this.ownOutline(document, signal));
    const before = this.known.get(uri);
    const importCount = own?.outline.imports.length ?? 0;
    // A text that is broken at the moment may hide an import: what is known stays.
    if (own?.hasError === true && importCount < (before?.importCount ?? 0)) return;
    const used =
      resolver === undefined || own === undefined
        ? []
        : await new UsedDefinitions(this.files, resolver, root, languageId, signal).find(
            { path, root, outline: own.outline },
            text,
          );
    if (this.documents.get(uri) === undefined) return;
    const state = hashOf([root, ...used.map(stateOf)]);
    if (before?.state !== state) this.known.set(uri, { root, used, state, importCount });
  }

  private async ownOutline(
    document: TextDocument,
    signal: AbortSignal,
  ): Promise<{ readonly outline: FileOutline; readonly hasError: boolean } | undefined> {
    await this.trees.prepare(document);
    signal.throwIfAborted();
    const tree = this.trees.of(document);
    const outline = tree && outlineOf(tree, document.languageId);
    return outline && { outline, hasError: tree.root.hasError };
  }
}

function stateOf({ path, local, how, definition }: UsedDefinition): string {
  return JSON.stringify([path, local, how, definition]);
}

/** Definitions of dozens of files are long; whether they are the same can be told from a hash. */
function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64');
}
