import type { SourceFile } from './sourceFiles.js';

const MIN_LENGTH = 8;
const MAX_LENGTH = 110;
/** Lines above, so that there is something to go by. */
const FIRST = 8;

/** Numbers of the lines that are code somebody could want completed: no comment, docstring, import or lone bracket. */
export function codeLines({ text, language }: Pick<SourceFile, 'text' | 'language'>): number[] {
  const lines = text.split('\n');
  const isProse = language === 'python' ? docstrings() : blockComments();
  const isImport = importsOfSeveralLines();
  return lines.flatMap((line, number) => {
    const isOther = [isProse(line), isImport(line)].includes(true);
    const code = line.trim();
    const isWanted =
      !isOther &&
      number >= FIRST &&
      code.length >= MIN_LENGTH &&
      code.length <= MAX_LENGTH &&
      /[\p{L}]{2}/u.test(code) &&
      !/\s(?:#|\/\/)\s/.test(code) &&
      !/^(?:\/\/|#|\/?\*|['"]|import\b|from\b|export \{|export \*|[)\]}])/.test(code);
    return isWanted ? [number] : [];
  });
}

/** Says of each line in turn whether it belongs to a docstring. */
function docstrings(): (line: string) => boolean {
  let isInside = false;
  return (line) => {
    const marks = line.match(/"""|'''/g)?.length ?? 0;
    const wasInside = isInside;
    if (marks % 2 === 1) isInside = !isInside;
    return wasInside || marks > 0;
  };
}

function blockComments(): (line: string) => boolean {
  let isInside = false;
  return (line) => {
    const wasInside = isInside;
    if (isInside) isInside = !line.includes('*/');
    else if (/^\s*\/\*/.test(line)) isInside = !line.includes('*/');
    return wasInside || /^\s*\/\*/.test(line);
  };
}

function importsOfSeveralLines(): (line: string) => boolean {
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
