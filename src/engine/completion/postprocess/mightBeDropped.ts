import type { CompletionContext } from '../cursor/completionContext.js';
import { isExtendedName } from './isExtendedName.js';
import { linesAbove } from '../../language/textAround.js';
import { languageOf } from '../../language/languageOf.js';
import { mightBecome } from './mightBecome.js';

/** Lines before a line that it may repeat. */
const FAR = 4;
/** A sentence to the user is known for one by then. */
const OPENING = 24;
const TALK =
  /^\s*(?:sure|certainly|of|course|okay|absolutely|here|here's|i|i'm|i'm sorry|i apologi[sz]e|as|an|ai|to|this|the|in|explanation|当|以|下|上|这|很|好)(?:\b|[^\x00-\x7f])/i;
const NAME = /^\s*[\p{L}\p{N}_$.-]*/u;

/**
 * Whether the line that is being written may turn out to be talk, a heading of the prompt, or a repetition.
 * @param last what there is of it
 * @param whole the lines before it
 * @param below the next lines of the document
 */
export function mightBeDropped(
  last: string,
  whole: readonly string[],
  below: readonly string[],
  context: CompletionContext,
): boolean {
  const { linePrefix, languageId } = context;
  const isFirst = whole.every((each) => each.trim() === '');
  const line = (whole.length === 0 ? linePrefix + last : last).trim();
  if (line === '') return false;
  if (mayBeHeading(line, languageId)) return true;
  const above = whole.length > 0 && linePrefix.trim() !== '' ? [linePrefix] : [];
  if (!isFirst) {
    const before = [...linesAbove(context, FAR).reverse(), ...above, ...whole].slice(-FAR);
    return mayBeRepetition(line, [...before, ...below]) || mayGrow(line, whole.at(-1) ?? '');
  }
  if (!languageOf(languageId).isProse && last.length < OPENING && TALK.test(last)) return true;
  return (
    mayBeRepetition(line, [...above, ...linesAbove(context, FAR), ...below]) ||
    mightBecome(line, below[0] ?? '')
  );
}

function mayBeRepetition(line: string, others: readonly string[]): boolean {
  return others.some((other) => other.trim().startsWith(line));
}

/** What closes may yet open again, or be one bracket of several; a name may go on growing. */
function mayGrow(line: string, before: string): boolean {
  const [name = ''] = NAME.exec(line) ?? [];
  return /^[)\]}]/.test(line) || (name !== '' && isExtendedName(name, NAME.exec(before)?.[0] ?? ''));
}

/** A comment of one word so far may name a file. */
function mayBeHeading(line: string, languageId: string): boolean {
  const marks = [languageOf(languageId).lineComment, '/*', '<!--', '---', '+++'].filter(
    (mark) => mark !== '',
  );
  const begun = marks.find((mark) => line.startsWith(mark));
  if (begun === undefined) return false;
  const said = line.slice(begun.length).replace(/\s*(?:\*\/?|-{1,2}>?)$/, '');
  return /^\s*\S*$|^\s*(?:file ?path|path|file|later)\b/i.test(said);
}
