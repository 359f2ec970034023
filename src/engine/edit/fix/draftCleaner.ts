import { restoreIndent, withMargin, type CodeShape } from '../codeShape.js';
import { isBlank } from '../../language/lines.js';

/** What an answer is compared with. */
export interface CleaningContext {
  /** The fence that the answer began with. */
  readonly fence: string;
  /** The lines to correct, as the model saw them. */
  readonly code: readonly string[];
  readonly shape: CodeShape;
  /** The code begins inside a fenced block of the document. */
  readonly isInFence?: boolean;
  /** The lines around them, which small models often repeat. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface CleanedDraft {
  readonly lines: readonly string[];
  /** The answer has closed its fence: only explanations follow. */
  readonly isEnded: boolean;
}

/**
 * The code in an answer, with the document's indentation.
 * @param isWhole false while the answer is being written: its unfinished last line is left out
 */
export function cleanDraft(answer: string, context: CleaningContext, isWhole: boolean): CleanedDraft {
  const all = withoutThoughts(answer).split(/\r\n|\n|\r/);
  const start = codeStart(all, context);
  const written = isWhole ? all : all.slice(0, -1);
  const { body, isEnded } = untilFence(written.slice(start), context);
  const isDone = isWhole || isEnded;
  const own = withoutEcho(body, context, isDone);
  const lines = withoutBlankEdges(own);
  const restored = restoreTrailingBlanks(
    restoreIndent(lines, context.code, context.shape.unit),
    context.code,
  );
  return { lines: withMargin(restored, context.shape.margin), isEnded };
}

function withoutThoughts(answer: string): string {
  return answer.replace(/^\s*<think>[^]*?(?:<\/think>\s*|$)/, '');
}

const FENCE_LINE = /^\s*`{3,}[\w+#-]*\s*$/;
const SENTENCE =
  /^(?:here(?:['’]s| is| are)|sure\b|certainly\b|okay\b|(?:the )?(?:corrected|fixed|updated)\b)/i;

/** The line after what the model writes before the code: a fence of its own, a sentence. */
function codeStart(all: readonly string[], { code }: CleaningContext): number {
  let start = 0;
  for (; start < all.length; start++) {
    const line = all[start] ?? '';
    if (code[0]?.trim() === line.trim() && !isBlank(line)) break;
    if (
      !isBlank(line) &&
      !FENCE_LINE.test(line) &&
      !(SENTENCE.test(line.trim()) && /[:.!]$/.test(line.trim()))
    )
      break;
  }
  return start;
}

function untilFence(
  lines: readonly string[],
  { fence, code, isInFence = false }: CleaningContext,
): { body: readonly string[]; isEnded: boolean } {
  const closing = new RegExp(`^\\s*\`{${fence.length},}\\s*$`);
  const own = new FenceWalk(isInFence);
  code.forEach((line) => own.take(line));
  const walk = new FenceWalk(isInFence);
  for (const [index, line] of lines.entries()) {
    if (closing.test(line)) return { body: lines.slice(0, index), isEnded: true };
    walk.take(line);
    // Small models close with three backticks what was opened with four.
    if (walk.bare > own.bare || (own.isOpen && walk.count > own.count))
      return { body: lines.slice(0, index), isEnded: true };
    if (line.endsWith(fence) && !code.some((own) => own.endsWith(fence))) {
      return { body: [...lines.slice(0, index), line.slice(0, -fence.length)], isEnded: true };
    }
  }
  return { body: lines, isEnded: false };
}

/** Whether a text ends inside a fenced block. */
export function endsInFence(lines: readonly string[]): boolean {
  const walk = new FenceWalk(false);
  lines.forEach((line) => walk.take(line));
  return walk.isOpen;
}

/** Follows the code blocks of a text, and counts those that begin with a fence that names no language. */
class FenceWalk {
  bare = 0;
  count = 0;

  constructor(public isOpen: boolean) {}

  take(line: string): void {
    if (!/^\s*`{3,}/.test(line)) return;
    if (this.isOpen && !/^\s*`{3,}\s*$/.test(line)) return;
    if (!this.isOpen && /^\s*`{3,}\s*$/.test(line)) this.bare++;
    this.count++;
    this.isOpen = !this.isOpen;
  }
}

/** Leaves out lines around the code that the answer repeats at its start or its end. */
function withoutEcho(
  body: readonly string[],
  { code, before, after }: CleaningContext,
  isDone: boolean,
): readonly string[] {
  const echoBefore = overlap(before, body);
  const startsWithEcho = echoBefore > 0 && body[0]?.trim() !== code[0]?.trim();
  const rest = startsWithEcho ? body.slice(echoBefore) : body;
  if (!isDone) return rest;
  const echoAfter = overlap(rest, after);
  const endsWithEcho = echoAfter > 0 && rest.at(-1)?.trim() !== code.at(-1)?.trim();
  return endsWithEcho ? rest.slice(0, rest.length - echoAfter) : rest;
}

/** How many lines at the end of `first` are repeated at the start of `second`. Lines of brackets alone don't count. */
function overlap(first: readonly string[], second: readonly string[]): number {
  for (let count = Math.min(first.length, second.length); count > 0; count--) {
    const tail = first.slice(-count);
    const isSame = tail.every((line, index) => line.trim() === second[index]?.trim());
    if (isSame && tail.some((line) => /\w/.test(line))) return count;
  }
  return 0;
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  if (first < 0) return [];
  return lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

/** Models leave out trailing spaces; a diff would show the line as changed. */
function restoreTrailingBlanks(lines: readonly string[], code: readonly string[]): readonly string[] {
  const original = new Map(code.map((line) => [line.trimEnd(), line]));
  const known = new Set(code);
  return lines.map((line) => (known.has(line) ? line : (original.get(line.trimEnd()) ?? line.trimEnd())));
}
