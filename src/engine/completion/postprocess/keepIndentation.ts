import { indentUnit } from '../../language/indentUnit.js';
import { languageOf } from '../../language/languageOf.js';
import { opensBlock } from '../../language/lineRole.js';
import { indentOf, indentWidth } from '../../language/lines.js';
import { heredocEnd, isInText } from '../../language/multilineText.js';
import { linesAbove, linesBelow, type IndentUnit } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { COMPARED_LINES, type Rule } from './rule.js';

/** Columns of a tab in the sums of this file, however wide the editor shows it. */
const TAB = 4;

/** Indents as the file does: with tabs where it has tabs, with its number of spaces where it has spaces. */
export const keepIndentation: Rule = {
  name: 'keepIndentation',
  drop: (text, context) => {
    const { linePrefix, languageId } = context;
    const { indentation, isProse } = languageOf(languageId);
    if (indentation === 'exact' || isProse) return text;
    const unit = indentUnit(context);
    if (unit !== undefined && !unit.useTabs && hasTabsInText(context)) return text;
    const lines = text.split('\n');
    if (unit === undefined) return text;
    const first = linePrefix + (lines[0] ?? '');
    const isWholeLine = linePrefix.trim() === '';
    if (lines.length === 1 && (!isWholeLine || indentOf(text) === '')) return text;
    const full = [first, ...lines.slice(1)];
    // At the margin all of the indentation is the text's.
    const base = linePrefix === '' ? 0 : indentWidth(first, TAB);
    const step = ownStep(full, languageId) ?? (indentWidth(first, TAB) % TAB === 0 ? undefined : 2);
    // Lines between its steps are aligned with something: then nothing is changed.
    const isEven = full.every(
      (line) => line.trim() === '' || (indentWidth(line, TAB) - base) % (step ?? 1) === 0,
    );
    const change = changeOf(unit, base, isEven || unit.useTabs ? step : undefined);
    const start = isWholeLine ? change(first) : first;
    // What is before the cursor can't be changed.
    const own = start.startsWith(linePrefix) ? start.slice(linePrefix.length) : (lines[0] ?? '');
    return [own, ...lines.slice(1).map(change)].join('\n');
  },
};

/** Whether the cursor is in a text or a here-document in which tabs mean something, as in a Makefile or after `<<-`. */
function hasTabsInText(context: CompletionContext): boolean {
  if (!isInText(context)) return false;
  const near = [...linesAbove(context, COMPARED_LINES), ...linesBelow(context, COMPARED_LINES)];
  return heredocEnd(context) !== undefined || near.some((line) => line.startsWith('\t'));
}

/** Columns of a step in the text, from the first block that it opens; `undefined` when it opens none. */
function ownStep(lines: readonly string[], languageId: string): number | undefined {
  for (const [i, line] of lines.entries()) {
    const next = lines[i + 1];
    // After `(` lines may be aligned, or indented twice.
    if (next === undefined || next.trim() === '' || !/[{:]$/.test(line.trimEnd())) continue;
    const step = indentWidth(next, TAB) - indentWidth(line, TAB);
    if (step > 0 && opensBlock(line, languageId)) return step;
  }
  return undefined;
}

function changeOf(unit: IndentUnit, base: number, step: number | undefined): (line: string) => string {
  return (line) => {
    const blanks = indentOf(line);
    const rest = line.slice(blanks.length);
    if (blanks === '' || rest === '') return line;
    if (unit.useTabs) return inTabs(blanks, base, step) + rest;
    if (blanks.includes('\t')) return blanks.replaceAll('\t', ' '.repeat(unit.size)) + rest;
    return inSteps(blanks, base, step, unit.size) + rest;
  };
}

/** Spaces as tabs. A blank before a star, and spaces after tabs that are no whole steps, are an alignment. */
function inTabs(blanks: string, base: number, step = TAB): string {
  const spaces = blanks.replaceAll('\t', '').length;
  if (spaces < Math.min(step, 2) || (spaces < blanks.length && spaces % step !== 0)) return blanks;
  const width = indentWidth(blanks, TAB);
  if (blanks.includes('\t') || width < base)
    return '\t'.repeat(Math.floor(width / TAB)) + ' '.repeat(width % TAB);
  const beyond = width - base;
  return '\t'.repeat(Math.floor(base / TAB) + Math.floor(beyond / step)) + ' '.repeat(beyond % step);
}

/** Steps of twice or half the file's width become the file's. What is between steps is aligned, and stays. */
function inSteps(blanks: string, base: number, step: number | undefined, size: number): string {
  const beyond = blanks.length - base;
  const isOther = step !== undefined && (step * 2 === size || step === size * 2);
  if (!isOther || beyond <= 0 || beyond % step !== 0) return blanks;
  return ' '.repeat(base + (beyond / step) * size);
}
