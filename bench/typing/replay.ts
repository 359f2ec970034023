import type { CompletionStats, CompletionSource } from '../../src/protocol/completion.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { acceptedPart } from './acceptance.js';
import { checkGhost } from './ghost.js';
import type { InlineSuggest } from './inlineSuggest.js';
import { OpenFile, type FileToType } from './openFile.js';
import type { KeyTiming } from './rhythm.js';
import { TypedDocument, type Edit } from './typedDocument.js';
import type { TypingHabits } from './typingHabits.js';
import { nextStroke, type Stroke } from './typist.js';

/** A visit to one file; `until` is the offset up to which its text is typed. */
export interface Visit {
  readonly file: FileToType;
  readonly until: number;
}

/** The state just before the next key. */
export interface KeyRecord {
  readonly file: string;
  readonly key: string;
  /** `pause` if the user paused after the key, else `key`. */
  readonly kind: 'key' | 'pause';
  /** A wrong key was typed, so nothing that is shown can be right. */
  readonly isTypo: boolean;
  readonly before: string;
  readonly outcome: 'right' | 'wrong' | 'nothing' | 'late';
  readonly isWhole: boolean;
  readonly ghost?: string;
  /** Milliseconds from the key until the ghost text was shown; 0 if it was visible before. */
  readonly shownAfterMs?: number;
  readonly source?: CompletionSource;
  readonly stats?: CompletionStats;
  readonly waitedMs: number;
}

export interface ReplayOptions {
  readonly closesBrackets: boolean;
  readonly habitsOf: (file: FileToType) => TypingHabits;
  readonly timingsOf: (file: FileToType) => readonly KeyTiming[];
  readonly onRecord: (record: KeyRecord) => void;
}

/** Time for a jump to another file or position. */
const JUMP_MS = 1200;
const MOVE_MS = 350;

/** Types into files in real time and records the outcome of each key. */
export class Replay {
  private readonly files = new Map<
    FileToType,
    { readonly open: OpenFile; readonly timings: readonly KeyTiming[] }
  >();
  /** Number of characters accepted instead of typed. */
  acceptedCharacters = 0;
  /** Number of keystrokes that deleted unwanted text. */
  deletions = 0;

  constructor(
    private readonly engine: EngineProcess,
    private readonly suggest: InlineSuggest,
    private readonly options: ReplayOptions,
  ) {}

  async run(visits: readonly Visit[]): Promise<void> {
    for (const { file } of visits) await this.open(file);
    for (const { file, until } of visits) await this.visit(file, until);
    this.suggest.reset();
  }

  private async open(file: FileToType): Promise<void> {
    if (this.files.has(file)) return;
    const document = new TypedDocument(
      file.text,
      file.start,
      this.options.habitsOf(file),
      this.options.closesBrackets,
    );
    this.files.set(file, { open: new OpenFile(file, document), timings: this.options.timingsOf(file) });
    await this.engine.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: file.uri, languageId: file.language, version: 1, text: file.text },
    });
  }

  private async visit(file: FileToType, until: number): Promise<void> {
    const visited = this.files.get(file);
    if (visited === undefined) return;
    const { open, timings } = visited;
    const { document } = open;
    await this.suggest.cursorMoved(open);
    let due = performance.now() + JUMP_MS;
    await sleepUntil(due);
    const maxStrokes = 6 * (file.goal.end - file.start) + 200;
    const used = new Set<number>();
    for (let strokes = 0; strokes < maxStrokes; strokes++) {
      const hasReached =
        document.cursor >= until && file.goal.text.startsWith(document.text.slice(0, document.cursor));
      if (hasReached && until < file.goal.end) return;
      const stroke = nextStroke(document, file.goal);
      if (stroke === undefined) return;
      const timing = used.has(document.cursor) ? undefined : timings[document.cursor - file.start];
      if (stroke.kind === 'type' || stroke.kind === 'enter') used.add(document.cursor);
      const pressed = performance.now();
      const { key, isTypo, isTyped } = await this.press(open, stroke, timing);
      if (!isTyped) {
        due += MOVE_MS;
        await sleepUntil(due);
        continue;
      }
      const wait = this.waitAfter(open, timings, used);
      due = Math.max(due, pressed - 50) + wait.ms;
      await sleepUntil(due);
      this.record(open, { key, isTypo, kind: wait.isPause ? 'pause' : 'key', pressed });
    }
    throw new Error(`${file.name}: typing did not produce the text`);
  }

  private async press(
    open: OpenFile,
    stroke: Stroke,
    timing: KeyTiming | undefined,
  ): Promise<{ key: string; isTypo: boolean; isTyped: boolean }> {
    const { document } = open;
    if (stroke.kind === 'move') {
      document.moveTo(stroke.offset);
      await this.suggest.cursorMoved(open);
      return { key: '→', isTypo: false, isTyped: false };
    }
    const accepted = timing?.accepts === true ? this.accept(open) : undefined;
    const isTypo = accepted === undefined && stroke.kind === 'type' && timing?.typo !== undefined;
    const edit = accepted ?? (isTypo ? document.type(timing.typo ?? '') : applyStroke(document, stroke));
    if (stroke.kind === 'delete') this.deletions++;
    await this.suggest.textChanged(open, edit);
    return { key: accepted === undefined ? keyLabel(stroke, isTypo) : '⇥ accept', isTypo, isTyped: true };
  }

  private accept({ document, file }: OpenFile): Edit | undefined {
    const { shown } = this.suggest;
    if (shown === undefined) return undefined;
    const part = acceptedPart(shown.ghost, shown.text, document, file.goal);
    if (part === undefined) return undefined;
    this.acceptedCharacters += part.characters;
    return document.replace(part.start, part.end, part.text);
  }

  /** Time until the next key, with or without a pause before it. */
  private waitAfter(
    { document, file }: OpenFile,
    timings: readonly KeyTiming[],
    used: ReadonlySet<number>,
  ): { ms: number; isPause: boolean } {
    const timing = timings[document.cursor - file.start];
    if (timing === undefined) return { ms: timings[0]?.waitMs ?? 0, isPause: false };
    if (!timing.isPause) return { ms: timing.waitMs, isPause: false };
    const isDue = !used.has(document.cursor) && nextStroke(document, file.goal)?.kind === 'type';
    return isDue ? { ms: timing.waitMs, isPause: true } : { ms: timing.withoutPauseMs, isPause: false };
  }

  private record(
    { document, file }: OpenFile,
    key: { key: string; isTypo: boolean; kind: 'key' | 'pause'; pressed: number },
  ): void {
    const { shown, current } = this.suggest;
    const verdict =
      shown === undefined ? undefined : checkGhost(shown.ghost, shown.text, document, file.goal);
    const noGhost = current?.answeredAt === undefined ? 'late' : 'nothing';
    const stats = shown?.stats ?? current?.stats;
    this.options.onRecord({
      file: file.name,
      key: key.key,
      kind: key.kind,
      isTypo: key.isTypo,
      before: document.text.slice(Math.max(0, document.cursor - 40), document.cursor),
      outcome: verdict === undefined ? noGhost : verdict.isRight ? 'right' : 'wrong',
      isWhole: verdict?.isWhole ?? false,
      ...(shown === undefined
        ? {}
        : { ghost: shown.text, shownAfterMs: Math.max(0, shown.since - key.pressed) }),
      ...(stats === undefined ? {} : { stats, source: stats.source }),
      waitedMs: performance.now() - key.pressed,
    });
  }
}

function applyStroke(document: TypedDocument, stroke: Exclude<Stroke, { kind: 'move' }>): Edit {
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

function keyLabel(stroke: Stroke, isTypo: boolean): string {
  if (isTypo) return '✗';
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
