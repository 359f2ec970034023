import type { TextEdit } from 'vscode-languageserver/node';
import type { EditResult } from '../../protocol/edit.js';

/**
 * An edit of the lines that differ, instead of all that were written anew: cursors, folds and marks in the others stay
 * where they are.
 */
export function changedLines({
  range,
  oldText,
  newText,
}: Pick<EditResult, 'range' | 'oldText' | 'newText'>): TextEdit {
  const old = oldText.split(/\r\n|\n/);
  const lines = newText.split(/\r\n|\n/);
  // One line is left on both sides, so that a line's end never has to be added or taken away.
  const most = Math.min(old.length, lines.length) - 1;
  let above = 0;
  while (above < most && old[above] === lines[above]) above++;
  let below = 0;
  while (above + below < most && old.at(-1 - below) === lines.at(-1 - below)) below++;
  return {
    range: {
      start: { line: range.start.line + above, character: above === 0 ? range.start.character : 0 },
      end: { line: range.end.line - below, character: old.at(-1 - below)?.length ?? 0 },
    },
    newText: lines.slice(above, lines.length - below).join(newText.includes('\r\n') ? '\r\n' : '\n'),
  };
}
