import type { CompletionContext } from '../cursor/completionContext.js';
import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

/** Lines that name a file, like the headings in prompts: `// src/foo.ts`, `# Path: x`, `--- a/x.c`. */
const LABEL = /^(?:(?:file ?path|path|file(?:name)?|filename)\s*:\s*\S+|later in this file:?)$/i;
const FILE_PATH =
  /^(?:[\w@.~-]+[\\/])+[\w@.-]+\.[a-z]\w{0,4}$|^[\w@-]+\.(?:py|tsx?|jsx?|mjs|cjs|go|rs|java|cc?|cpp|h|hpp|css|html|md|ya?ml|sh|rb|php|cs|kt|swift|vue|json)$/i;
const MARKS = /^(?:\/\/|#|--|;|%|\/\*+|<!--)\s*|(?<!\s)\s*(?:\*\/|-->)$/g;
/** Shorter lines are the same in many files. */
const MIN_ECHO_LENGTH = 8;
/** So many consecutive lines of another file are no coincidence. */
const MIN_ECHOED_LINES = 3;

/**
 * Takes out what the prompt had around the code: comments that head its parts, and code of other files. At the
 * beginning of the text such lines are removed; further down, the text ends before them.
 */
export const dropPromptEcho: Rule = {
  name: 'dropPromptEcho',
  drop: (text, context) => {
    const lines = text.split('\n');
    const isWholeLine = context.linePrefix.trim() === '';
    const first = isWholeLine ? echoAtStart(lines, context) : 0;
    const end = lines.findIndex((line, i) => i >= Math.max(first, 1) && isHeading(line, context));
    const kept = lines.slice(first, end < 0 ? undefined : end);
    return first === 0 && end < 0 ? text : kept.join('\n').replace(/^\s*\n/, first > 0 ? '' : '$&');
  },
  mightBeDropped: ({ line }, { languageId }) =>
    isHeadingBegun(line, languageOf(languageId).lineComment) ? 1 : 0,
};

/** How many lines at the beginning are the prompt's: headings, and what follows them or begins like a snippet. */
function echoAtStart(lines: readonly string[], context: CompletionContext): number {
  let count = 0;
  while (count < lines.length && isHeading(lines[count] ?? '', context)) count++;
  const echoed = echoedLines(lines.slice(count), context);
  return count + (count > 0 || echoed >= MIN_ECHOED_LINES ? echoed : 0);
}

function isHeading(line: string, { languageId, snippets = [] }: CompletionContext): boolean {
  const trimmed = line.trim();
  if (trimmed.startsWith('--- ') || trimmed.startsWith('+++ ')) return FILE_PATH.test(trimmed.slice(4));
  const { lineComment } = languageOf(languageId);
  const isComment = /^(?:\/\*|<!--)/.test(trimmed) || (lineComment !== '' && trimmed.startsWith(lineComment));
  if (!isComment) return false;
  const comment = trimmed.replace(MARKS, '').trim();
  if (LABEL.test(comment) || FILE_PATH.test(comment)) return true;
  return snippets.some(({ path, text }) => comment === path || isLineOf(comment, text));
}

/** Whether a comment is a snippet's line, as prompts without infill tokens show it. */
function isLineOf(comment: string, snippet: string): boolean {
  return comment.length >= MIN_ECHO_LENGTH && snippet.split('\n').some((line) => line.trim() === comment);
}

/** How many lines are the beginning of a snippet. */
function echoedLines(lines: readonly string[], { snippets = [] }: CompletionContext): number {
  const counts = snippets.map(({ text }) => {
    const snippet = text.split('\n').filter((line) => line.trim() !== '');
    let count = 0;
    while (count < snippet.length && snippet[count]?.trim() === lines[count]?.trim()) count++;
    return count;
  });
  return Math.max(0, ...counts);
}

/** Whether a line, of which this is the beginning, may be a comment that names a file: one of a single word so far. */
function isHeadingBegun(line: string, lineComment: string): boolean {
  const marks = [lineComment, '/*', '<!--', '---', '+++'].filter((mark) => mark !== '');
  const begun = marks.find((mark) => line.startsWith(mark));
  if (begun === undefined) return false;
  const comment = line.slice(begun.length).replace(/(?<!\s)\s*(?:\*\/?|-{1,2}>?)$/, '');
  return /^\s*\S*$|^\s*(?:file ?path|path|file|later)\b/i.test(comment);
}
