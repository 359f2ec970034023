import type { SourceFile } from './sourceFiles.js';

const MIN_LENGTH = 8;
const MAX_LENGTH = 110;
/** Lines above the first candidate, so that the model has some context. */
const MIN_LINES_ABOVE = 8;

/** Line numbers of code that is worth completing: no comments, docstrings, imports or lone brackets. */
export function codeLines({ text, language }: Pick<SourceFile, 'text' | 'language'>): number[] {
  const lines = text.split('\n');
  const isComment = language === 'python' ? docstringDetector() : blockCommentDetector();
  const isImport = multiLineImportDetector();
  return lines.flatMap((line, number) => {
    const isExcluded = [isComment(line), isImport(line)].includes(true);
    const code = line.trim();
    const isCandidate =
      !isExcluded &&
      number >= MIN_LINES_ABOVE &&
      code.length >= MIN_LENGTH &&
      code.length <= MAX_LENGTH &&
      /[\p{L}]{2}/u.test(code) &&
      !/\s(?:#|\/\/)\s/.test(code) &&
      !/^(?:\/\/|#|\/?\*|['"]|import\b|from\b|export \{|export \*|[)\]}])/.test(code);
    return isCandidate ? [number] : [];
  });
}

/** Takes the lines in order and returns whether each one belongs to a docstring. */
function docstringDetector(): (line: string) => boolean {
  let isInside = false;
  return (line) => {
    const quotes = line.match(/"""|'''/g)?.length ?? 0;
    const wasInside = isInside;
    if (quotes % 2 === 1) isInside = !isInside;
    return wasInside || quotes > 0;
  };
}

function blockCommentDetector(): (line: string) => boolean {
  let isInside = false;
  return (line) => {
    const wasInside = isInside;
    if (isInside) isInside = !line.includes('*/');
    else if (/^\s*\/\*/.test(line)) isInside = !line.includes('*/');
    return wasInside || /^\s*\/\*/.test(line);
  };
}

function multiLineImportDetector(): (line: string) => boolean {
  let end: RegExp | undefined;
  return (line) => {
    const wasInside = end !== undefined;
    if (end?.test(line)) end = undefined;
    else if (/^\s*(?:import|from|export)\b[^)}]*[({]\s*(?:#.*)?$/.test(line) && !/[=]/.test(line))
      end = /[)}]/;
    else if (/^\s*(?:import|from)\b.*\\$/.test(line)) end = /[^\\]$/;
    return wasInside;
  };
}
