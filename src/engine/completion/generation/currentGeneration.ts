import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CancelReason } from '../../../protocol/completion.js';
import type { StatusReporter } from '../../status/statusReporter.js';
import { Cancellation } from '../completionOutcomes.js';
import { cursorContextAt, type CursorContext } from '../cursor/cursorContext.js';
import type { Clock } from './clock.js';
import type { CompletionModel } from './completionModel.js';
import { Generation } from './generation.js';
import type { GenerationTask } from './generationTask.js';

/** After a cancelled request VS Code sends the next one 50 ms later; a slow client gets more time. */
const GRACE_MS = 250;
/** What an editor may have inserted after the cursor. No attempt begins inside a run: long ones stay linear. */
const CLOSING = /(?<![\s)\]}>"'`;])[\s)\]}>"'`;]*$/;

export interface CurrentGenerationDeps {
  readonly model: CompletionModel;
  readonly status: Pick<StatusReporter, 'during'>;
  readonly clock: Clock;
  /** Called when a generation has ended, in whatever state, before those that wait for it are resumed. */
  readonly onDidEnd: (generation: Generation) => void;
}

/** The generation that runs, if any: there is one at a time. */
export class CurrentGeneration {
  private generation: Generation | undefined;
  private cancelGrace: () => void = () => undefined;

  constructor(private readonly deps: CurrentGenerationDeps) {}

  get isRunning(): boolean {
    return this.generation !== undefined;
  }

  /** Whether it is one that no request waits for yet. */
  get isPrefetch(): boolean {
    return this.generation?.isPrefetch === true;
  }

  get uri(): string | undefined {
    return this.generation?.task.cursor.uri;
  }

  /** The generation, now promoted to the foreground, if it agrees with a cursor and a request's options. */
  following(
    cursor: CursorContext,
    { isInvoked, maxLines }: Pick<GenerationTask, 'isInvoked' | 'maxLines'>,
  ): Generation | undefined {
    const { generation } = this;
    if (generation === undefined || !generation.follows(cursor)) return undefined;
    const { task } = generation;
    if (task.isInvoked !== isInvoked || task.maxLines !== maxLines) return undefined;
    this.cancelGrace();
    if (generation.isPrefetch) this.showStatus(generation);
    generation.promote();
    return generation;
  }

  /** Ends the generation unless what it writes leads from the cursor. */
  keepFor(cursor: CursorContext): void {
    const { generation } = this;
    if (generation === undefined) return;
    if (generation.follows(cursor) || generation.leadsFrom(cursor)) this.cancelGrace();
    else this.abort('textChanged');
  }

  /** Starts a generation in place of the one that runs. */
  start(task: GenerationTask, priority: 'completion' | 'warm-up'): Generation {
    this.abort('superseded');
    const generation = new Generation(task, priority, this.deps.clock);
    this.generation = generation;
    if (priority === 'completion') this.showStatus(generation);
    void generation.run(this.deps.model, () => {
      if (this.generation === generation) this.generation = undefined;
      this.deps.onDidEnd(generation);
    });
    return generation;
  }

  abort(reason: CancelReason): void {
    this.cancelGrace();
    this.generation?.abort(new Cancellation(reason));
    this.generation = undefined;
  }

  /** Ends the generation unless a request follows it soon. */
  abortSoon(): void {
    this.cancelGrace();
    const { generation } = this;
    this.cancelGrace = this.deps.clock.schedule(GRACE_MS, () => {
      if (this.generation === generation) this.abort('client');
    });
  }

  /** Ends the generation if its document can't have become what it writes, wherever the cursor is now. */
  abortUnlessFitting(document: TextDocument): void {
    const { generation } = this;
    if (generation?.task.cursor.uri !== document.uri) return;
    // The selected item is not in the document yet: the next request will tell.
    if (generation.task.cursor.isVirtual) return;
    const end = document.getText().length - generation.task.cursor.remaining;
    const line = document.positionAt(end).line;
    const lineStart = document.offsetAt({ line: Math.max(0, line - 1), character: 0 });
    const closing =
      CLOSING.exec(document.getText().slice(lineStart, Math.max(lineStart, end)))?.[0].length ?? 0;
    for (let offset = Math.max(0, end); offset >= Math.max(0, end - closing); offset--) {
      const cursor = cursorContextAt(document, document.positionAt(offset));
      if (generation.follows(cursor) || generation.leadsFrom(cursor)) return;
    }
    this.abort('textChanged');
  }

  private showStatus(generation: Generation): void {
    void this.deps.status.during('completion', () => generation.ended);
  }
}
