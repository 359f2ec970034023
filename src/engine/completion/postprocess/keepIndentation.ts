import { indentOf, indentWidth } from '../../language/lines.js';
import { indentUnit, type IndentUnit } from '../../language/indentUnit.js';
import { opensBlock } from '../../language/lineRole.js';
import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

/** Columns of a tab in this file's sums; how wide an editor shows it doesn't matter to them. */
const TAB = 4;

/** Indents as the file does: with tabs where it has tabs, with the editor's number of spaces where it has spaces. */
export const keepIndentation: Rule = (text, context) => {
  const { linePrefix, languageId } = context;
  const { indentation, isProse } = languageOf(languageId);
  if (indentation === 'exact' || isProse) return text;
  const unit = indentUnit(context);
  const lines = text.split('\n');
  if (unit === undefined) return text;
  const first = linePrefix + (lines[0] ?? '');
  const isWholeLine = linePrefix.trim() === '';
  if (lines.length === 1 && (!isWholeLine || indentOf(text) === '')) return text;
  const full = [first, ...lines.slice(1)];
  // At the margin the text brings its own indentation: none of it is the file's yet.
  const base = linePrefix === '' ? 0 : indentWidth(first, TAB);
  const step = ownStep(full, languageId) ?? (indentWidth(first, TAB) % TAB === 0 ? undefined : 2);
  // Lines that stand between its steps are aligned with something: then none of it is changed.
  const isEven = full.every(
    (line) => line.trim() === '' || (indentWidth(line, TAB) - base) % (step ?? 1) === 0,
  );
  const change = changeOf(unit, base, isEven || unit.useTabs ? step : undefined);
  const start = isWholeLine ? change(first) : first;
  // What stands before the cursor stays as it is.
  const own = start.startsWith(linePrefix) ? start.slice(linePrefix.length) : (lines[0] ?? '');
  return [own, ...lines.slice(1).map(change)].join('\n');
};

/** Columns by which the text indents the first block that it opens; `undefined` when it opens none. */
function ownStep(lines: readonly string[], languageId: string): number | undefined {
  for (const [i, line] of lines.entries()) {
    const next = lines[i + 1];
    // Behind `(` people also align, or indent twice.
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

/** Spaces as tabs. A blank before a star, and what makes no whole steps behind tabs, is an alignment. */
function inTabs(blanks: string, base: number, step = TAB): string {
  const spaces = blanks.replaceAll('\t', '').length;
  if (spaces < Math.min(step, 2) || (spaces < blanks.length && spaces % step !== 0)) return blanks;
  const width = indentWidth(blanks, TAB);
  if (blanks.includes('\t') || width < base)
    return '\t'.repeat(Math.floor(width / TAB)) + ' '.repeat(width % TAB);
  const beyond = width - base;
  return '\t'.repeat(Math.floor(base / TAB) + Math.floor(beyond / step)) + ' '.repeat(beyond % step);
}

/** Steps of twice or half the file's width become the file's; what follows no step is aligned, and stays. */
function inSteps(blanks: string, base: number, step: number | undefined, size: number): string {
  const beyond = blanks.length - base;
  const isOther = step !== undefined && (step * 2 === size || step === size * 2);
  if (!isOther || beyond <= 0 || beyond % step !== 0) return blanks;
  return ' '.repeat(base + (beyond / step) * size);
}
