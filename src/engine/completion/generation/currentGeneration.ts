import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { StatusReporter } from '../../status/statusReporter.js';
import type { Generation, GenerationTask } from './generation.js';
import type { Generator } from './generator.js';
import { cursorContextAt, type CursorContext } from '../cursor/cursorContext.js';

/** After a cancelled request the next one comes with VS Code's own delay of 50 ms; a slow client gets some more. */
const GRACE_MS = 250;
/** What an editor may have put behind the cursor by itself. */
const CLOSING = /[\s)\]}>"'`;]*$/;

/** The one decoding that runs, if any. */
export class CurrentGeneration {
  private generation: Generation | undefined;
  private grace: NodeJS.Timeout | undefined;

  constructor(
    private readonly generator: Pick<Generator, 'start'>,
    private readonly status: Pick<StatusReporter, 'during'>,
    private readonly onEnd: (generation: Generation) => void,
  ) {}

  get isRunning(): boolean {
    return this.generation !== undefined;
  }

  /** Whether it is one that nobody waits for yet. */
  get isPrefetch(): boolean {
    return this.generation?.kind === 'warm-up';
  }

  get uri(): string | undefined {
    return this.generation?.task.place.uri;
  }

  /** The decoding that agrees with a place, now in the foreground. */
  following(
    place: CursorContext,
    { isInvoked, maxLines }: Pick<GenerationTask, 'isInvoked' | 'maxLines'>,
  ): Generation | undefined {
    const { generation } = this;
    if (generation === undefined || !generation.follows(place)) return undefined;
    const { task } = generation;
    if (task.isInvoked !== isInvoked || task.maxLines !== maxLines) return undefined;
    clearTimeout(this.grace);
    if (generation.kind !== 'completion') this.show(generation);
    generation.kind = 'completion';
    return generation;
  }

  /** Ends the decoding unless the user is on the way that it takes. */
  keepFor(place: CursorContext): void {
    const { generation } = this;
    if (generation === undefined) return;
    if (generation.follows(place) || generation.leadsFrom(place)) clearTimeout(this.grace);
    else this.abort();
  }

  /** Begins a decoding in place of the one before. */
  begin(task: GenerationTask, kind: 'completion' | 'warm-up'): Generation {
    this.abort();
    const generation = this.generator.start(task, kind, (ended) => {
      if (this.generation === ended) this.generation = undefined;
      this.onEnd(ended);
    });
    this.generation = generation;
    if (kind === 'completion') this.show(generation);
    return generation;
  }

  abort(): void {
    clearTimeout(this.grace);
    this.generation?.abort();
    this.generation = undefined;
  }

  /** Ends it unless a request comes that goes on with it. */
  abortSoon(): void {
    clearTimeout(this.grace);
    const { generation } = this;
    this.grace = setTimeout(() => {
      if (this.generation === generation) this.abort();
    }, GRACE_MS);
    this.grace.unref();
  }

  /** Ends it when its document can't have become what it writes, wherever the cursor may be now. */
  abortUnlessFitting(document: TextDocument): void {
    const { generation } = this;
    if (generation?.task.place.uri !== document.uri) return;
    // The item is not in the document yet; the next request tells.
    if (generation.task.place.isVirtual) return;
    const end = document.getText().length - generation.task.place.remaining;
    const line = document.positionAt(end).line;
    const lineStart = document.offsetAt({ line: Math.max(0, line - 1), character: 0 });
    const closing =
      CLOSING.exec(document.getText().slice(lineStart, Math.max(lineStart, end)))?.[0].length ?? 0;
    for (let offset = Math.max(0, end); offset >= Math.max(0, end - closing); offset--) {
      const place = cursorContextAt(document, document.positionAt(offset));
      if (generation.follows(place) || generation.leadsFrom(place)) return;
    }
    this.abort();
  }

  private show(generation: Generation): void {
    void this.status.during('completion', () => generation.ended);
  }
}
