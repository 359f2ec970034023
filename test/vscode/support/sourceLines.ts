import { findSourceMap } from 'node:module';

/**
 * A stack with the source lines instead of the bundle's. VS Code formats stacks itself, so Node's source map support
 * doesn't apply.
 */
export function withSourceLines(stack: string): string {
  return stack.replace(/([^\s(]+\.cjs):(\d+):(\d+)/g, (found, file: string, line: string, column: string) => {
    const entry = findSourceMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) return found;
    const source = entry.originalSource.replace(/^file:\/\/|^(\.\.\/)+/g, '');
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
