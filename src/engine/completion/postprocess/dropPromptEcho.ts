import type { CompletionContext } from '../cursor/completionContext.js';
import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

/** Whole lines that name a file, as prompts head their parts: `// src/foo.ts`, `# Path: x`, `--- a/x.c`. */
const LABEL = /^(?:(?:file ?path|path|file(?:name)?|filename)\s*:\s*\S+|later in this file:?)$/i;
const FILE_PATH =
  /^(?:[\w@.~-]+[\\/])+[\w@.-]+\.[a-z]\w{0,4}$|^[\w@-]+\.(?:py|tsx?|jsx?|mjs|cjs|go|rs|java|cc?|cpp|h|hpp|css|html|md|ya?ml|sh|rb|php|cs|kt|swift|vue|json)$/i;
const MARKS = /^(?:\/\/|#|--|;|%|\/\*+|<!--)\s*|\s*(?:\*\/|-->)$/g;
/** Shorter lines are the same in many files. */
const TELLING = 8;
/** Lines of another file, word for word, that are no coincidence. */
const ECHOED_LINES = 3;

/**
 * Takes out what the prompt had put around the code: comments that head its parts, and other files' code that was
 * shown for reference. At the beginning such lines are removed; further down, the text ends before them.
 */
export const dropPromptEcho: Rule = (text, context) => {
  const lines = text.split('\n');
  const isWholeLine = context.linePrefix.trim() === '';
  const first = isWholeLine ? echoAtStart(lines, context) : 0;
  const end = lines.findIndex((line, i) => i >= Math.max(first, 1) && isHeading(line, context));
  const kept = lines.slice(first, end < 0 ? undefined : end);
  return first === 0 && end < 0 ? text : kept.join('\n').replace(/^\s*\n/, first > 0 ? '' : '$&');
};

/** Lines at the beginning that are scaffolding: headings, and what follows them or begins like a snippet. */
function echoAtStart(lines: readonly string[], context: CompletionContext): number {
  let count = 0;
  while (count < lines.length && isHeading(lines[count] ?? '', context)) count++;
  const echoed = echoedLines(lines.slice(count), context);
  return count + (count > 0 || echoed >= ECHOED_LINES ? echoed : 0);
}

function isHeading(line: string, { languageId, snippets = [] }: CompletionContext): boolean {
  const trimmed = line.trim();
  if (trimmed.startsWith('--- ') || trimmed.startsWith('+++ ')) return FILE_PATH.test(trimmed.slice(4));
  const { lineComment: mark } = languageOf(languageId);
  const isComment = /^(?:\/\*|<!--)/.test(trimmed) || (mark !== '' && trimmed.startsWith(mark));
  if (!isComment) return false;
  const said = trimmed.replace(MARKS, '').trim();
  if (LABEL.test(said) || FILE_PATH.test(said)) return true;
  return snippets.some(({ path, text }) => said === path || isLineOf(said, text));
}

/** A snippet's line that has come back as the comment that it was shown in. */
function isLineOf(said: string, snippet: string): boolean {
  return said.length >= TELLING && snippet.split('\n').some((line) => line.trim() === said);
}

/** How many lines are the beginning of a snippet, word for word. */
function echoedLines(lines: readonly string[], { snippets = [] }: CompletionContext): number {
  const counts = snippets.map(({ text }) => {
    const snippet = text.split('\n').filter((line) => line.trim() !== '');
    let count = 0;
    while (count < snippet.length && snippet[count]?.trim() === lines[count]?.trim()) count++;
    return count;
  });
  return Math.max(0, ...counts);
}
