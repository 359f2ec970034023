import { languageOf } from './languageOf.js';
import { opensBlock } from './lineRole.js';
import { indentWidth } from './lines.js';
import type { IndentUnit, TextAround } from './textAround.js';

/** Characters around the cursor that are read: enough to tell, and cheap enough for each token. */
const CHARACTERS_BEFORE = 4000;
const CHARACTERS_AFTER = 2000;
/** Share of lines that are indented by whole steps. The rest is aligned with something. */
const MIN_SHARE_ON_STEPS = 0.8;
/** Weight of the line after one that opens a block. Other steps may be alignments. */
const OPENED_WEIGHT = 10;

/** @returns the editor's unit, or the one of the text around the cursor; `undefined` when nothing there is indented */
export function indentUnit(around: TextAround): IndentUnit | undefined {
  if (around.indent !== undefined) return around.indent;
  const all = (around.prefix.slice(-CHARACTERS_BEFORE) + around.suffix.slice(0, CHARACTERS_AFTER)).split(
    '\n',
  );
  const tabs = all.filter((line) => line.startsWith('\t')).length;
  const spaces = all.filter((line) => line.startsWith('  ')).length;
  // A comment's body is aligned, not indented.
  const lines = all.filter((line) => line.trim() !== '' && !/^\s*\*/.test(line));
  if (tabs > spaces) return { useTabs: true, size: 4 };
  const step = commonStep(lines, around.languageId);
  if (step !== undefined) return { useTabs: false, size: step };
  return spaces === 0 ? undefined : { useTabs: false, size: languageOf(around.languageId).indentSize };
}

/** The most common step in columns from a line to the next, if most lines are indented by multiples of it. */
function commonStep(lines: readonly string[], languageId: string): number | undefined {
  const counts = new Map<number, number>();
  let above = '';
  for (const line of lines) {
    const step = indentWidth(line) - indentWidth(above);
    const weight = opensBlock(above, languageId) && !/[([]$/.test(above.trimEnd()) ? OPENED_WEIGHT : 1;
    if (step >= 2 && step <= 8) counts.set(step, (counts.get(step) ?? 0) + weight);
    above = line;
  }
  const widths = lines.map((line) => indentWidth(line));
  const isCommon = (step: number): boolean =>
    widths.filter((width) => width % step === 0).length >= MIN_SHARE_ON_STEPS * widths.length;
  return [...counts].sort(([, a], [, b]) => b - a).find(([step]) => isCommon(step))?.[0];
}
