import { TextDocument } from 'vscode-languageserver-textdocument';

/** What a compiler would change, as its output says. */
export interface ToolFix {
  readonly edits: readonly ToolEdit[];
  /** What columns count. */
  readonly unit: 'bytes' | 'characters';
}

/** Lines and columns count from 1; the end is excluded. */
export interface ToolEdit {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

/** @returns the text after it; `undefined` when the edits overlap, or aren't in the text */
export function withToolFix(text: string, { edits, unit }: ToolFix): string | undefined {
  const lines = text.split('\n');
  const document = TextDocument.create('', '', 0, text);
  const positionOf = (line: number, column: number): { line: number; character: number } | undefined => {
    const whole = lines[line - 1];
    if (whole === undefined || column < 1) return undefined;
    const before =
      unit === 'bytes'
        ? Buffer.from(whole, 'utf8')
            .subarray(0, column - 1)
            .toString('utf8')
        : [...whole].slice(0, column - 1).join('');
    return { line: line - 1, character: before.length };
  };
  const changes = edits.flatMap(({ line, column, endLine, endColumn, newText }) => {
    const [start, end] = [positionOf(line, column), positionOf(endLine, endColumn)];
    return start === undefined || end === undefined ? [] : [{ range: { start, end }, newText }];
  });
  if (changes.length !== edits.length || changes.length === 0) return undefined;
  try {
    return TextDocument.applyEdits(document, changes);
  } catch {
    return undefined; // they overlap
  }
}
