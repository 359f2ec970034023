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
import { ghostAfterEdit, visibleText, type Ghost } from './ghost.js';
import type { OpenFile } from './openFile.js';
import type { Edit } from './typedDocument.js';

export interface SuggestOptions {
  /** Delay between a key and its request, milliseconds. */
  readonly debounceMs: number;
  /** Indentation width in blanks; 0 = tabs. */
  readonly indentSize: number;
}

/** One request and its outcome. */
export interface RequestRecord {
  readonly sentAt: number;
  answeredAt?: number;
  isCancelled: boolean;
  hasText: boolean;
  stats?: CompletionStats;
}

/** The current completion, the text shown of it, and since when. */
export interface ShownGhost {
  readonly ghost: Ghost;
  readonly text: string;
  readonly since: number;
  readonly stats: CompletionStats | undefined;
}

interface PendingRequest {
  readonly request: RequestRecord;
  readonly source: CancellationTokenSource;
}

/**
 * Reproduces the timing of VS Code's inline completions: when it sends requests, what it cancels, what stays visible.
 * VS Code itself stops waiting after 750 ms, but the extension shows later results too, and so does this class.
 */
export class InlineSuggest {
  readonly requests: RequestRecord[] = [];
  private currentlyShown: ShownGhost | undefined;
  private pending: PendingRequest | undefined;
  private timer: NodeJS.Timeout | undefined;
  private file: OpenFile | undefined;

  constructor(
    private readonly engine: EngineProcess,
    private readonly options: SuggestOptions,
  ) {
    engine.connection.onNotification(ExtendedNotification.method, (params: CursorParams) =>
      this.requestAgain(params),
    );
  }

  get shown(): ShownGhost | undefined {
    return this.currentlyShown;
  }

  /** The request for the current state, if there is one. */
  get current(): RequestRecord | undefined {
    return this.pending?.request;
  }

  /** The cursor moved to another file or position: hides the ghost text; nothing is requested until a key is typed. */
  async cursorMoved(file: OpenFile): Promise<void> {
    this.file = file;
    this.reset();
    this.currentlyShown = undefined;
    await this.engine.connection.sendNotification(CursorNotification.method, {
      textDocument: { uri: file.file.uri },
      position: file.position,
    } satisfies CursorParams);
  }

  /** A key was typed or ghost text was accepted. */
  async textChanged(file: OpenFile, edit: Edit): Promise<void> {
    const now = performance.now();
    this.file = file;
    this.reset();
    this.currentlyShown = this.keepShown(file, edit, now);
    const change = file.sync(edit);
    this.timer = setTimeout(() => void this.request(file), this.options.debounceMs);
    await this.engine.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: file.file.uri, version: file.version },
      contentChanges: [change],
    });
  }

  /** Cancels the timer and the pending request, as closing the editor does. */
  reset(): void {
    clearTimeout(this.timer);
    this.cancel();
    this.pending = undefined;
  }

  private keepShown({ document }: OpenFile, edit: Edit, now: number): ShownGhost | undefined {
    if (this.currentlyShown === undefined) return undefined;
    const ghost = ghostAfterEdit(this.currentlyShown.ghost, edit);
    const text = ghost && visibleText(ghost, document);
    return ghost === undefined || text === undefined
      ? undefined
      : { ...this.currentlyShown, ghost, text, since: now };
  }

  private requestAgain({ textDocument, position }: CursorParams): void {
    const { file } = this;
    if (file === undefined || this.pending === undefined || textDocument.uri !== file.file.uri) return;
    if (file.offsetAt(position) !== file.document.cursor) return;
    // The notification can arrive before the partial result is shown; that one is requested again too.
    this.reset();
    void this.request(file);
  }

  private async request(file: OpenFile): Promise<void> {
    const source = new CancellationTokenSource();
    const record: RequestRecord = { sentAt: performance.now(), isCancelled: false, hasText: false };
    this.requests.push(record);
    this.pending = { request: record, source };
    const previousCount = this.engine.stats.length;
    try {
      const params = this.paramsFor(file);
      const items = await this.engine.connection.sendRequest<readonly InlineCompletionItem[] | null>(
        InlineCompletionRequest.method,
        params,
        source.token,
      );
      record.answeredAt = performance.now();
      const stats = this.engine.stats.slice(previousCount).at(-1);
      if (stats !== undefined) record.stats = stats;
      if (this.isCurrent(record) && !record.isCancelled) this.show(file, items ?? [], record);
    } catch {
      // Most likely cancelled: an editor then shows nothing and reports no error.
      record.isCancelled = true;
    }
  }

  private isCurrent(record: RequestRecord): boolean {
    return this.pending?.request === record;
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

  private show(file: OpenFile, items: readonly InlineCompletionItem[], record: RequestRecord): void {
    const now = performance.now();
    for (const { insertText, range } of items) {
      const ghost = {
        start: range === undefined ? file.document.cursor : file.offsetAt(range.start),
        end: range === undefined ? file.document.cursor : file.offsetAt(range.end),
        text: typeof insertText === 'string' ? insertText : insertText.value,
      };
      const text = visibleText(ghost, file.document);
      if (text === undefined) continue;
      record.hasText = true;
      const since = this.currentlyShown?.text === text ? this.currentlyShown.since : now;
      this.currentlyShown = { ghost, text, since, stats: record.stats };
      return;
    }
    this.currentlyShown = undefined;
  }

  private cancel(): void {
    const { pending } = this;
    if (pending === undefined || pending.request.answeredAt !== undefined) return;
    pending.request.isCancelled = true;
    pending.source.cancel();
  }
}
