/** A way to fix a problem, before it is checked. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditOrigin } from '../../../../protocol/edit.js';
import type { LineSpan } from '../../../language/lines.js';
import type { Proposal } from '../../check/check.js';

export interface Candidate extends Proposal {
  readonly origin: EditOrigin;
  /** It is only offered when a check proves it: it is one guess of many. */
  readonly needsProof: boolean;
}

/** What the sources of candidates know about the place of a fix. */
export interface FixPlace {
  readonly languageId: string;
  readonly text: string;
  /** The text by lines, without their ends. */
  readonly lines: readonly string[];
  /** The lines of the diagnostics, or those that the user has selected. */
  readonly target: LineSpan;
  /** What the diagnostics say, the worst first. */
  readonly messages: readonly string[];
}

/**
 * A candidate from the whole text after it.
 * @returns `undefined` when nothing has changed
 */
export function candidateOf(
  before: string,
  after: string,
  kind: Pick<Candidate, 'origin' | 'needsProof'>,
): Candidate | undefined {
  if (before === after) return undefined;
  const [old, now] = [before, after].map((text) => TextDocument.create('', '', 0, text));
  if (old === undefined || now === undefined) return undefined;
  const lineOf = (document: TextDocument, line: number): string =>
    document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  // At least one line is replaced by one, so that no line break has to be added or removed at the edges.
  const most = Math.min(old.lineCount, now.lineCount) - 1;
  let start = 0;
  while (start < most && lineOf(old, start) === lineOf(now, start)) start++;
  let same = 0;
  while (
    same < most - start &&
    lineOf(old, old.lineCount - 1 - same) === lineOf(now, now.lineCount - 1 - same)
  )
    same++;
  const textOf = (document: TextDocument): string => {
    const lines = document.getText({
      start: { line: start, character: 0 },
      end: { line: document.lineCount - same, character: 0 },
    });
    return same === 0 ? lines : lines.replace(/(?:\r\n|\n|\r)$/, '');
  };
  return {
    ...kind,
    span: { start, end: old.lineCount - same },
    oldText: textOf(old),
    newText: textOf(now),
    document: after,
    isFinished: true,
  };
}

/** The text with one line replaced; an added line break ends as the line above it does. */
export function withLine({ text }: Pick<FixPlace, 'text'>, line: number, newLine: string): string {
  const document = TextDocument.create('', '', 0, text);
  const whole = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const end = whole.length - whole.replace(/[\r\n]+$/, '').length;
  const lineEnd = whole.slice(whole.length - end) || '\n';
  return TextDocument.applyEdits(document, [
    {
      range: { start: { line, character: 0 }, end: { line, character: whole.length - end } },
      newText: newLine.replaceAll('\n', lineEnd),
    },
  ]);
}
