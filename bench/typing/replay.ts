import type { CompletionStats, CompletionSource } from '../../src/protocol/completion.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { acceptedPart } from './acceptance.js';
import { judge } from './ghost.js';
import type { InlineSuggest } from './inlineSuggest.js';
import { OpenFile, type FileToType } from './openFile.js';
import type { Beat } from './rhythm.js';
import { TypedDocument, type Edit } from './typedDocument.js';
import type { TypingHabits } from './typingHabits.js';
import { nextStroke, type Stroke } from './typist.js';

/** A stay in one file, up to where its text is typed then. */
export interface Visit {
  readonly file: FileToType;
  readonly until: number;
}

/** How things stood when the next key came. */
export interface KeyRecord {
  readonly file: string;
  readonly key: string;
  /** Whether a pause followed the key, or the next one in the usual time. */
  readonly kind: 'key' | 'pause';
  /** A wrong key: what is shown then can't be right. */
  readonly isSlip: boolean;
  readonly before: string;
  readonly outcome: 'right' | 'wrong' | 'nothing' | 'late';
  readonly isWhole: boolean;
  readonly ghost?: string;
  /** From the key until what was shown last, milliseconds; 0 when it was there before the key. */
  readonly shownAfterMs?: number;
  readonly source?: CompletionSource;
  readonly figures?: CompletionStats;
  readonly waitedMs: number;
}

export interface ReplayOptions {
  readonly closesBrackets: boolean;
  readonly habitsOf: (file: FileToType) => TypingHabits;
  readonly beatsOf: (file: FileToType) => readonly Beat[];
  readonly onRecord: (record: KeyRecord) => void;
}

/** A jump to another place takes so long, milliseconds. */
const JUMP_MS = 1200;
const MOVE_MS = 350;

/** Types into files by the clock, and writes down what each key ended with. */
export class Replay {
  private readonly files = new Map<
    FileToType,
    { readonly open: OpenFile; readonly beats: readonly Beat[] }
  >();
  /** Characters that were accepted instead of typed. */
  acceptedCharacters = 0;
  /** Strokes that took away what had been put in for nothing. */
  deletions = 0;

  constructor(
    private readonly engine: EngineProcess,
    private readonly suggest: InlineSuggest,
    private readonly options: ReplayOptions,
  ) {}

  async run(visits: readonly Visit[]): Promise<void> {
    for (const { file } of visits) await this.open(file);
    for (const { file, until } of visits) await this.visit(file, until);
    this.suggest.forget();
  }

  private async open(file: FileToType): Promise<void> {
    if (this.files.has(file)) return;
    const document = new TypedDocument(
      file.text,
      file.start,
      this.options.habitsOf(file),
      this.options.closesBrackets,
    );
    this.files.set(file, { open: new OpenFile(file, document), beats: this.options.beatsOf(file) });
    await this.engine.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: file.uri, languageId: file.language, version: 1, text: file.text },
    });
  }

  private async visit(file: FileToType, until: number): Promise<void> {
    const visited = this.files.get(file);
    if (visited === undefined) return;
    const { open, beats } = visited;
    const { document } = open;
    await this.suggest.cursorMoved(open);
    let due = performance.now() + JUMP_MS;
    await sleepUntil(due);
    const most = 6 * (file.goal.end - file.start) + 200;
    const used = new Set<number>();
    for (let strokes = 0; strokes < most; strokes++) {
      const isThere =
        document.cursor >= until && file.goal.text.startsWith(document.text.slice(0, document.cursor));
      if (isThere && until < file.goal.end) return;
      const stroke = nextStroke(document, file.goal);
      if (stroke === undefined) return;
      const beat = used.has(document.cursor) ? undefined : beats[document.cursor - file.start];
      if (stroke.kind === 'type' || stroke.kind === 'enter') used.add(document.cursor);
      const pressed = performance.now();
      const { key, isSlip, isTyped } = await this.perform(open, stroke, beat);
      if (!isTyped) {
        due += MOVE_MS;
        await sleepUntil(due);
        continue;
      }
      const wait = this.waitAfter(open, beats, used);
      due = Math.max(due, pressed - 50) + wait.ms;
      await sleepUntil(due);
      this.record(open, { key, isSlip, kind: wait.isPause ? 'pause' : 'key', pressed });
    }
    throw new Error(`${file.name}: the text wasn't reached by typing`);
  }

  private async perform(
    open: OpenFile,
    stroke: Stroke,
    beat: Beat | undefined,
  ): Promise<{ key: string; isSlip: boolean; isTyped: boolean }> {
    const { document } = open;
    if (stroke.kind === 'move') {
      document.moveTo(stroke.offset);
      await this.suggest.cursorMoved(open);
      return { key: '→', isSlip: false, isTyped: false };
    }
    const accepted = beat?.accepts === true ? this.accept(open) : undefined;
    const isSlip = accepted === undefined && stroke.kind === 'type' && beat?.slip !== undefined;
    const edit = accepted ?? (isSlip ? document.type(beat.slip ?? '') : strike(document, stroke));
    if (stroke.kind === 'delete') this.deletions++;
    await this.suggest.textChanged(open, edit);
    return { key: accepted === undefined ? nameOf(stroke, isSlip) : '⇥ accept', isSlip, isTyped: true };
  }

  private accept({ document, file }: OpenFile): Edit | undefined {
    const { shown } = this.suggest;
    if (shown === undefined) return undefined;
    const part = acceptedPart(shown.ghost, shown.text, document, file.goal);
    if (part === undefined) return undefined;
    this.acceptedCharacters += part.characters;
    return document.replace(part.start, part.end, part.text);
  }

  /** Until the next key, which is known already: a pause comes before it or not. */
  private waitAfter(
    { document, file }: OpenFile,
    beats: readonly Beat[],
    used: ReadonlySet<number>,
  ): { ms: number; isPause: boolean } {
    const beat = beats[document.cursor - file.start];
    if (beat === undefined) return { ms: beats[0]?.waitMs ?? 0, isPause: false };
    if (!beat.isPause) return { ms: beat.waitMs, isPause: false };
    const isDue = !used.has(document.cursor) && nextStroke(document, file.goal)?.kind === 'type';
    return isDue ? { ms: beat.waitMs, isPause: true } : { ms: beat.usualMs, isPause: false };
  }

  private record(
    { document, file }: OpenFile,
    key: { key: string; isSlip: boolean; kind: 'key' | 'pause'; pressed: number },
  ): void {
    const { shown, current } = this.suggest;
    const verdict = shown === undefined ? undefined : judge(shown.ghost, shown.text, document, file.goal);
    const none = current?.answeredAt === undefined ? 'late' : 'nothing';
    const figures = shown?.figures ?? current?.figures;
    this.options.onRecord({
      file: file.name,
      key: key.key,
      kind: key.kind,
      isSlip: key.isSlip,
      before: document.text.slice(Math.max(0, document.cursor - 40), document.cursor),
      outcome: verdict === undefined ? none : verdict.isRight ? 'right' : 'wrong',
      isWhole: verdict?.isWhole ?? false,
      ...(shown === undefined
        ? {}
        : { ghost: shown.text, shownAfterMs: Math.max(0, shown.since - key.pressed) }),
      ...(figures === undefined ? {} : { figures, source: figures.source }),
      waitedMs: performance.now() - key.pressed,
    });
  }
}

function strike(document: TypedDocument, stroke: Exclude<Stroke, { kind: 'move' }>): Edit {
  switch (stroke.kind) {
    case 'type':
      return document.type(stroke.text);
    case 'enter':
      return document.enter();
    case 'backspace':
      return document.backspace();
    case 'tab':
      return document.replace(document.cursor, document.cursor, stroke.text);
    case 'delete':
      return document.delete(stroke.count);
  }
}

function nameOf(stroke: Stroke, isSlip: boolean): string {
  if (isSlip) return '✗';
  return {
    type: 'text' in stroke ? stroke.text : '',
    enter: '⏎',
    backspace: '⌫',
    tab: '⇥',
    delete: '⌦',
    move: '→',
  }[stroke.kind];
}

async function sleepUntil(time: number): Promise<void> {
  const milliseconds = time - performance.now();
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
