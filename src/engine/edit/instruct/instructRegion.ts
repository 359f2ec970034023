/** Where an instruction applies, and what the model is shown of the code around it. */
import type { EditParams } from '../../../protocol/edit.js';
import { indentOf, isBlank, textsIn, type Lines, type LineSpan } from '../../language/lines.js';
import { leadingMagics } from '../../language/notebookCell.js';
import { linesAround, shapeOf, withoutMargin, type CodeShape, type IndentSetting } from '../codeShape.js';
import { impossible, type EditSource } from '../editTask.js';
import { endsInFence } from '../fix/draftCleaner.js';
import { findRegion, wholeLines } from '../fix/region.js';

const LINES_BEFORE = 20;
const LINES_AFTER = 10;

export interface InstructRegion {
  readonly span: LineSpan;
  readonly shape: CodeShape;
  /** The lines to change, without their common indentation; none where new code is written at a blank place. */
  readonly code: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The region begins inside a fenced block of the document. */
  readonly isInFence: boolean;
}

/**
 * The selection in whole lines, else the enclosing symbol or block; on a blank line, or a selection of such, that place.
 * @throws EngineError `emptyRegion`
 */
export function instructRegion(source: EditSource, params: EditParams): InstructRegion {
  const { lines, uri } = source;
  const asked = wholeLines(lines, params.range);
  const isBlankPlace = textsIn(lines, asked).every((line) => isBlank(line));
  const found = isBlankPlace ? asked : findRegion(lines, params);
  if (found === undefined) throw impossible('emptyRegion');
  // Magics are the notebook's.
  const magics = leadingMagics(uri, textsIn(lines, { start: 0, end: found.end }));
  const span = { start: Math.max(found.start, magics), end: found.end };
  if (span.start >= span.end) throw impossible('emptyRegion');
  const old = textsIn(lines, span);
  const shape = isBlankPlace ? shapeAtBlank(lines, span, params.indent) : shapeOf(old, params.indent);
  const around = (start: number, end: number): string[] => linesAround(lines, start, end, shape.margin);
  return {
    span,
    shape,
    code: isBlankPlace ? [] : withoutMargin(old, shape.margin),
    before: around(span.start - LINES_BEFORE, span.start),
    after: around(span.end, span.end + LINES_AFTER),
    isInFence: endsInFence(textsIn(lines, { start: 0, end: span.start })),
  };
}

/** The indentation that the cursor stands at, or else the one that the code around a blank line asks for. */
function shapeAtBlank(lines: Lines, { start, end }: LineSpan, setting: IndentSetting): CodeShape {
  const unit = setting.useTabs ? '\t' : ' '.repeat(setting.size);
  const own = indentOf(lines.at(start));
  if (own !== '') return { margin: own, unit };
  const above = neighbour(lines, start - 1, -1);
  const below = neighbour(lines, end, 1);
  if (/[:{([]\s*$/.test(above)) return { margin: indentOf(above) + unit, unit };
  if (/^\s*(?:[\])}]|end\b)/.test(below)) return { margin: indentOf(above), unit };
  const [one, other] = [indentOf(above), indentOf(below)];
  return { margin: one.length < other.length ? one : other, unit };
}

function neighbour(lines: Lines, from: number, step: 1 | -1): string {
  for (let at = from; at >= 0 && at < lines.count; at += step) {
    const line = lines.at(at);
    if (!isBlank(line)) return line;
  }
  return '';
}
