import { CancellationTokenSource, type InlineCompletionItem } from 'vscode-languageserver-protocol/node';
import {
  CursorNotification,
  ExtendedNotification,
  InlineCompletionRequest,
  type CompletionStats,
  type CompletionParams,
  type CursorParams,
} from '../../src/protocol/completion.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { ghostAfter, shownText, type Ghost } from './ghost.js';
import type { OpenFile } from './openFile.js';
import type { Edit } from './typedDocument.js';

export interface SuggestOptions {
  /** From a key to its request, milliseconds. */
  readonly debounceMs: number;
  /** One step of indentation, in blanks; 0 = tabs. */
  readonly indentSize: number;
}

/** One request and what became of it. */
export interface Asked {
  readonly sentAt: number;
  answeredAt?: number;
  isCancelled: boolean;
  hasText: boolean;
  figures?: CompletionStats;
}

/** The completion that is there, and since when what is shown of it. */
export interface Shown {
  readonly ghost: Ghost;
  readonly text: string;
  readonly since: number;
  readonly figures: CompletionStats | undefined;
}

interface Running {
  readonly asked: Asked;
  readonly source: CancellationTokenSource;
}

/**
 * VS Code's inline completions as far as timing goes: who is asked when, what is cancelled, what stays on screen. It
 * gives up after 750 ms by itself; the extension then shows what comes later all the same, and so does this.
 */
export class InlineSuggest {
  readonly requests: Asked[] = [];
  private shownNow: Shown | undefined;
  private running: Running | undefined;
  private timer: NodeJS.Timeout | undefined;
  private file: OpenFile | undefined;

  constructor(
    private readonly engine: EngineProcess,
    private readonly options: SuggestOptions,
  ) {
    engine.connection.onNotification(ExtendedNotification.method, (grown: CursorParams) =>
      this.askAgain(grown),
    );
  }

  get shown(): Shown | undefined {
    return this.shownNow;
  }

  /** The last request, when it is for the state at hand. */
  get current(): Asked | undefined {
    return this.running?.asked;
  }

  /** Another file or another place: what is shown goes, and nothing is asked before a key is typed. */
  async cursorMoved(file: OpenFile): Promise<void> {
    this.file = file;
    this.forget();
    this.shownNow = undefined;
    await this.engine.connection.sendNotification(CursorNotification.method, {
      textDocument: { uri: file.file.uri },
      position: file.position,
    } satisfies CursorParams);
  }

  /** After a key, or after ghost text was accepted. */
  async textChanged(file: OpenFile, edit: Edit): Promise<void> {
    const now = performance.now();
    this.file = file;
    this.forget();
    this.shownNow = this.kept(file, edit, now);
    const change = file.sync(edit);
    this.timer = setTimeout(() => void this.ask(file), this.options.debounceMs);
    await this.engine.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: file.file.uri, version: file.version },
      contentChanges: [change],
    });
  }

  /** Ends what is under way, as closing the editor does. */
  forget(): void {
    clearTimeout(this.timer);
    this.cancel();
    this.running = undefined;
  }

  private kept({ document }: OpenFile, edit: Edit, now: number): Shown | undefined {
    if (this.shownNow === undefined) return undefined;
    const ghost = ghostAfter(this.shownNow.ghost, edit);
    const text = ghost && shownText(ghost, document);
    return ghost === undefined || text === undefined
      ? undefined
      : { ...this.shownNow, ghost, text, since: now };
  }

  private askAgain({ textDocument, position }: CursorParams): void {
    const { file } = this;
    if (file === undefined || this.running === undefined || textDocument.uri !== file.file.uri) return;
    if (file.offsetAt(position) !== file.document.cursor) return;
    // Told before the answer in part has been taken: that one is asked for anew as well.
    this.forget();
    void this.ask(file);
  }

  private async ask(file: OpenFile): Promise<void> {
    const source = new CancellationTokenSource();
    const asked: Asked = { sentAt: performance.now(), isCancelled: false, hasText: false };
    this.requests.push(asked);
    this.running = { asked, source };
    const known = this.engine.figures.length;
    try {
      const params = this.paramsFor(file);
      const items = await this.engine.connection.sendRequest<readonly InlineCompletionItem[] | null>(
        InlineCompletionRequest.method,
        params,
        source.token,
      );
      asked.answeredAt = performance.now();
      const figures = this.engine.figures.slice(known).at(-1);
      if (figures !== undefined) asked.figures = figures;
      if (this.isCurrent(asked) && !asked.isCancelled) this.take(file, items ?? [], asked);
    } catch {
      // Cancelled, most likely: an editor shows nothing then, and says nothing.
      asked.isCancelled = true;
    }
  }

  private isCurrent(asked: Asked): boolean {
    return this.running?.asked === asked;
  }

  private paramsFor({ file, position }: OpenFile): CompletionParams {
    const { indentSize } = this.options;
    return {
      textDocument: { uri: file.uri },
      position,
      context: { triggerKind: 2 },
      indent: { useTabs: indentSize === 0, size: indentSize || 4 },
    };
  }

  private take(file: OpenFile, items: readonly InlineCompletionItem[], asked: Asked): void {
    const now = performance.now();
    for (const { insertText, range } of items) {
      const ghost = {
        start: range === undefined ? file.document.cursor : file.offsetAt(range.start),
        end: range === undefined ? file.document.cursor : file.offsetAt(range.end),
        text: typeof insertText === 'string' ? insertText : insertText.value,
      };
      const text = shownText(ghost, file.document);
      if (text === undefined) continue;
      asked.hasText = true;
      const since = this.shownNow?.text === text ? this.shownNow.since : now;
      this.shownNow = { ghost, text, since, figures: asked.figures };
      return;
    }
    this.shownNow = undefined;
  }

  private cancel(): void {
    const { running } = this;
    if (running === undefined || running.asked.answeredAt !== undefined) return;
    running.asked.isCancelled = true;
    running.source.cancel();
  }
}
