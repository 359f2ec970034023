/** The indentation of a line, where the message is about that. */
import { indentOf, indentWidth, isBlank } from '../../../language/lines.js';
import { candidateOf, withLine, type Candidate, type FixPlace } from './candidate.js';

/** Lines above the message that may be the wrong one. */
const MAX_LINES_ABOVE = 200;

/**
 * The line at the level that is nearest to its indentation, of those that the lines above have opened. Where two are as
 * near, neither is offered unless only one of them is correct: another level is often another program.
 */
export async function* indentationCandidates(
  place: FixPlace,
  isCorrect: (candidate: Candidate) => Promise<boolean>,
): AsyncGenerator<Candidate, void> {
  const { lines, target, messages } = place;
  if (!messages.some((message) => /indent/i.test(message))) return;
  const step = stepOf(lines);
  const line = offLevel(lines, target.start, step) ?? target.start;
  const text = (lines[line] ?? '').trimStart();
  const correct: Candidate[] = [];
  for (const indent of nearest(lines[line] ?? '', levelsAt(lines, line, step))) {
    const candidate = candidateOf(place.text, withLine(place, line, indent + text), {
      origin: 'syntax',
      needsProof: true,
    });
    if (candidate !== undefined && (await isCorrect(candidate))) correct.push(candidate);
  }
  if (correct.length === 1) yield* correct;
  for (const candidate of [...aboveUnexpected(place), ...headTooDeep(place, step)])
    if (await isCorrect(candidate)) yield candidate;
}

/** "unexpected indent": the one line above that has left the level of its neighbours. */
function aboveUnexpected(place: FixPlace): readonly Candidate[] {
  const { lines, target, messages } = place;
  if (!messages.some((message) => /unexpected indent/i.test(message))) return [];
  const own = lines[target.start] ?? '';
  const above = lastLine(lines, target.start);
  const before = above === undefined ? undefined : lastLine(lines, above);
  if (above === undefined || before === undefined) return [];
  const text = lines[above] ?? '';
  const isBetween = indentOf(lines[before] ?? '') === indentOf(own) && indentWidth(text) < indentWidth(own);
  if (!isBetween || /:\s*$/.test(text)) return [];
  return candidateAt(place, above, indentOf(own) + text.trimStart());
}

/** "expected an indented block": a head that is as deep as its block of several lines. */
function headTooDeep(place: FixPlace, step: string): readonly Candidate[] {
  const { lines, target, messages } = place;
  if (!messages.some((message) => /expected an indented block/i.test(message))) return [];
  const head = lastLine(lines, target.start);
  const own = indentOf(lines[target.start] ?? '');
  if (head === undefined || indentOf(lines[head] ?? '') !== own || !own.endsWith(step)) return [];
  const next = lines.slice(target.start + 1).find((line) => !isBlank(line)) ?? '';
  if (indentWidth(next) < indentWidth(own)) return [];
  return candidateAt(place, head, own.slice(step.length) + (lines[head] ?? '').trimStart());
}

function lastLine(lines: readonly string[], from: number): number | undefined {
  for (let line = from - 1; line >= 0; line--) if (!isBlank(lines[line] ?? '')) return line;
  return undefined;
}

function candidateAt(place: FixPlace, line: number, newLine: string): readonly Candidate[] {
  const candidate = candidateOf(place.text, withLine(place, line, newLine), {
    origin: 'syntax',
    needsProof: true,
  });
  return candidate === undefined ? [] : [candidate];
}

/** What most lines are indented by multiples of: the wrong one may be the first. */
function stepOf(lines: readonly string[]): string {
  const indents = lines.filter((line) => !isBlank(line)).map(indentOf);
  const isTab = (indent: string): boolean => indent.startsWith('\t');
  const deeper = indents.filter((indent) => indent !== '');
  if (deeper.filter(isTab).length > deeper.length / 2) return '\t';
  const widths = deeper.filter((indent) => !isTab(indent)).map(({ length }) => length);
  const share = (step: number): number => widths.filter((width) => width % step === 0).length / widths.length;
  const isTwo = share(4) === 0 || widths.filter((width) => width % 4 === 2).length > 1;
  const step = isTwo && share(2) > 0.5 ? 2 : share(4) >= 0.5 ? 4 : (widths[0] ?? 4);
  return ' '.repeat(step);
}

/** The nearest line, from the message's upwards, that is between two levels. */
function offLevel(lines: readonly string[], from: number, step: string): number | undefined {
  if (step.startsWith('\t')) return undefined;
  for (let line = from; line >= Math.max(0, from - MAX_LINES_ABOVE); line--) {
    const own = lines[line] ?? '';
    if (isBlank(own)) continue;
    if (indentOf(own).includes('\t') || indentOf(own).length % step.length !== 0) return line;
    // The block's head: what is above it has been read.
    if (line < from && indentOf(own) === '') return undefined;
  }
  return undefined;
}

/** What a line may be indented by: as the blocks that are open above it. */
function levelsAt(lines: readonly string[], line: number, step: string): readonly string[] {
  const above = lines.slice(0, line).filter((each) => !isBlank(each));
  const last = above.at(-1) ?? '';
  if (/[:{]\s*(?:#.*)?$/.test(last)) return [indentOf(last) + step];
  const levels: string[] = [];
  for (const each of above.toReversed()) {
    const indent = indentOf(each);
    if (levels.every((level) => indentWidth(indent) < indentWidth(level))) levels.push(indent);
    if (indent === '') break;
  }
  return levels.filter((level) => step.startsWith('\t') || level.length % step.length === 0);
}

function nearest(line: string, levels: readonly string[]): readonly string[] {
  const own = indentOf(line);
  const others = levels.filter((level) => level !== own);
  // A tab is as wide as an editor shows it.
  if (own.includes('\t') !== (levels[0] ?? '').includes('\t') && own !== '') return others;
  const distance = (level: string): number => Math.abs(indentWidth(level) - indentWidth(own));
  const least = Math.min(...others.map(distance));
  return others.filter((level) => distance(level) === least);
}
