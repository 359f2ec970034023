import { indentWidth } from './lines.js';
import type { CompletionContext } from '../completion/cursor/completionContext.js';
import { languageOf } from './languageOf.js';
import { opensBlock } from './lineRole.js';

/** One step of indentation. */
export interface IndentUnit {
  readonly useTabs: boolean;
  /** Columns of a step, and of a tab. */
  readonly size: number;
}

/** Text around the cursor that is looked at: enough to tell, and cheap for each token. */
const BEFORE = 4000;
const AFTER = 2000;
/** Share of lines that stand on whole steps; the rest is aligned. */
const MAX_COUNT = 0.8;

/**
 * The editor's unit, or else the one that the text around the cursor is written with; `undefined` when nothing there
 * is indented.
 */
export function indentUnit(context: CompletionContext): IndentUnit | undefined {
  if (context.indent !== undefined) return context.indent;
  const all = (context.prefix.slice(-BEFORE) + context.suffix.slice(0, AFTER)).split('\n');
  const tabs = all.filter((line) => line.startsWith('\t')).length;
  const spaces = all.filter((line) => line.startsWith('  ')).length;
  // A comment's body is aligned, not indented.
  const lines = all.filter((line) => line.trim() !== '' && !/^\s*\*/.test(line));
  if (tabs > spaces) return { useTabs: true, size: 4 };
  const step = commonStep(lines, context.languageId);
  if (step !== undefined) return { useTabs: false, size: step };
  return spaces === 0 ? undefined : { useTabs: false, size: languageOf(context.languageId).indentSize };
}

/** By how much a line is mostly indented further than the line above it; behind one that opens a block it tells most. */
function commonStep(lines: readonly string[], languageId: string): number | undefined {
  const counts = new Map<number, number>();
  let above = '';
  for (const line of lines) {
    const step = indentWidth(line) - indentWidth(above);
    const weight = opensBlock(above, languageId) && !/[([]$/.test(above.trimEnd()) ? 10 : 1;
    if (step >= 2 && step <= 8) counts.set(step, (counts.get(step) ?? 0) + weight);
    above = line;
  }
  const widths = lines.map((line) => indentWidth(line));
  const isCommon = (step: number): boolean =>
    widths.filter((width) => width % step === 0).length >= MAX_COUNT * widths.length;
  return [...counts].sort(([, a], [, b]) => b - a).find(([step]) => isCommon(step))?.[0];
}
