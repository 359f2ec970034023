import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TriggerGate } from '../../../protocol/completion.js';
import { isSecretFile } from '../../../protocol/secretFiles.js';
import { languageOf } from '../../language/languageOf.js';
import { onlyCloses } from '../../language/lineRest.js';
import type { CompletionContext } from '../cursor/completionContext.js';

/** Longer lines are minified code or data: no suggestion could be right, and reading them takes long. */
const MAX_LINE_LENGTH = 5000;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const WORD_END = /[\p{L}\p{M}\p{N}_$]$/u;
const WORD_START = /^[\p{L}\p{M}\p{N}_$]/u;
/** The gate that keeps a position from any completion, automatic or explicit; `undefined` if none does. */
export function positionGate(
  document: TextDocument,
  position: Position,
  {
    allowSecretFile = false,
    isExcluded = false,
  }: { readonly allowSecretFile?: boolean; readonly isExcluded?: boolean } = {},
): TriggerGate | undefined {
  if (isExcluded) return 'excludedFile';
  if (!allowSecretFile && isSecretFile(document.uri)) return 'secretFile';
  return isUnsupportedPosition(document, position) ? 'unsupportedPosition' : undefined;
}

/** The gate that keeps a cursor from an automatic completion; `undefined` if none does. */
export function automaticGate(context: CompletionContext): TriggerGate | undefined {
  if (isMidWord(context)) return 'midWord';
  return isMidLine(context) ? 'midLine' : undefined;
}

/** A line too long to be written by hand, or a cursor inside what is displayed as one character. */
export function isUnsupportedPosition(document: TextDocument, { line, character }: Position): boolean {
  const start = { line, character: 0 };
  const end = { line, character: Number.MAX_SAFE_INTEGER };
  if (document.offsetAt(end) - document.offsetAt(start) > MAX_LINE_LENGTH) return true;
  const text = document.getText({ start, end });
  // Each ASCII character is one of its own, except for a line break, into which no cursor can be put.
  if (character >= text.length || !/[^\0-\x7f]/.test(text.slice(Math.max(0, character - 1), character + 1)))
    return false;
  return graphemes.segment(text).containing(character)?.index !== character;
}

/** Whether the cursor is inside a word: the user changes what is there instead of continuing it. */
export function isMidWord({ linePrefix, lineSuffix, languageId }: CompletionContext): boolean {
  // In prose a dollar sign encloses a formula.
  if (lineSuffix.startsWith('$') && languageOf(languageId).isProse) return false;
  return WORD_END.test(linePrefix) && WORD_START.test(lineSuffix);
}

/**
 * Whether code follows the cursor that a suggestion would push aside: `foo(▮ + 1)`. What only closes, the last
 * characters of a head (`if (▮) {`, `if ▮ then`) and a comment at the line's end are no such code.
 */
export function isMidLine({ lineSuffix, languageId }: CompletionContext): boolean {
  return !onlyCloses(lineSuffix, languageId);
}
