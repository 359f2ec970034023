/** How the lines of a text are indented and ended, to take that off for the model and put it back afterwards. */
import { indentOf, isBlank } from '../../language/lines.js';

export interface CodeShape {
  /** The indentation that all lines have. */
  readonly margin: string;
  /** What one step of indentation is. */
  readonly unit: string;
  readonly lineEnd: '\n' | '\r\n';
}

export interface IndentSetting {
  readonly useTabs: boolean;
  readonly size: number;
}

export function shapeOf(text: string, lineEnd: '\n' | '\r\n', setting: IndentSetting): CodeShape {
  const lines = text.split(/\r\n|\n|\r/);
  const margin = commonMargin(lines);
  const inner = lines.map((line) => indentOf(line).slice(margin.length)).filter((indent) => indent !== '');
  const usesTabs =
    inner.length > 0
      ? inner.every((indent) => indent.startsWith('\t'))
      : margin.includes('\t') || (margin === '' && setting.useTabs);
  return { margin, unit: usesTabs ? '\t' : ' '.repeat(setting.size), lineEnd };
}

export function lineEndOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** The longest run of blanks that all lines with a text begin with. */
export function commonMargin(lines: readonly string[]): string {
  let margin: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = indentOf(line);
    margin ??= indent;
    while (!indent.startsWith(margin)) margin = margin.slice(0, -1);
  }
  return margin ?? '';
}

export function withoutMargin(lines: readonly string[], margin: string): string[] {
  return lines.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()));
}

export function withMargin(lines: readonly string[], margin: string): string[] {
  return lines.map((line) => (isBlank(line) ? line : margin + line));
}
