/** Finds the symbols of a document that have no comment. */
import { isComment } from '../../language/codeOnly.js';
import { languageOf } from '../../language/languageOf.js';
import { withoutMagics } from '../../language/notebookCell.js';
import { documentable } from '../../syntax/documentable.js';
import type { DeclarationLines } from '../../syntax/declarations.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';
import type { IndentSetting } from '../codeShape.js';
import type { EditSource } from '../editTask.js';
import { findDeclaration, looksLikeDeclaration } from './declaration.js';
import type { DocStyle } from './docStyle.js';
import { findDocTarget, type DocTarget } from './docTarget.js';

/** A symbol without a comment, and where one would go. */
export interface Undocumented {
  readonly declaration: DeclarationLines;
  readonly place: DocTarget;
}

/** @throws the signal's reason when aborted */
export async function undocumentedIn(
  source: EditSource,
  style: DocStyle,
  indent: IndentSetting,
  syntax: SyntaxReader | undefined,
  signal: AbortSignal,
): Promise<readonly Undocumented[]> {
  const declarations = await symbolsIn(source, syntax, signal);
  return declarations
    .map((declaration) => ({ declaration, place: findDocTarget(source, declaration, style, indent) }))
    .filter(({ declaration, place }) => !hasComment(source, declaration, place));
}

/**
 * All functions and types, in the text's order; none inside of a function.
 * @throws the signal's reason when aborted
 */
export async function symbolsIn(
  source: EditSource,
  syntax: SyntaxReader | undefined,
  signal: AbortSignal,
): Promise<readonly DeclarationLines[]> {
  const { uri, languageId, text } = source;
  const inTree = await syntax?.read(languageId, withoutMagics(uri, languageId, text), documentable, signal);
  return inTree ?? byLooks(source);
}

/**
 * Any comment right above counts where documentation goes above: it may be one that says enough, or a directive to a
 * tool, which must stay next to the code.
 */
function hasComment(
  { lines, languageId }: EditSource,
  { start, headEnd }: DeclarationLines,
  { style, span }: DocTarget,
): boolean {
  if (style.place === 'inside') return span.end > headEnd;
  const above = lines.at(start - 1).trim();
  const close = languageOf(languageId).blockComment?.[1];
  const isShebang = start === 1 && above.startsWith('#!');
  return (
    span.start < start ||
    (!isShebang && isComment(above, languageOf(languageId))) ||
    (close !== undefined && above.endsWith(close))
  );
}

const SYMBOL =
  /\b(?:func|function\*?|def|fn|fun|sub|class|interface|struct|enum|union|trait|protocol|module|record|object|mixin|extension|defmodule|defp?|defmacro|procedure|subroutine)\b|\(/;
const CONTAINER =
  /\b(?:class|interface|struct|enum|union|trait|protocol|module|record|object|mixin|extension|defmodule)\b/;
const VALUE =
  /^(?:(?:export|public|private|protected|internal|static|final|local)\s+)*(?:let|var|val|const)\b/;
/** Their heads look like declarations, but name none. */
const NO_SYMBOLS = new Set(['css', 'scss', 'less', 'sass', 'stylus']);

/** Without a grammar: the lines that look like functions and types, none inside of a function. */
function byLooks({ lines, languageId }: EditSource): readonly DeclarationLines[] {
  if (NO_SYMBOLS.has(languageId)) return [];
  const found: DeclarationLines[] = [];
  for (let line = 0; line < lines.count;) {
    const text = lines.at(line).trim();
    const declaration =
      SYMBOL.test(text) && !VALUE.test(text) && looksLikeDeclaration(lines.at(line))
        ? declarationAtLine(line)
        : undefined;
    if (declaration !== undefined) found.push(declaration);
    line = declaration === undefined || CONTAINER.test(text) ? line + 1 : Math.max(line + 1, declaration.end);
  }
  return found;

  function declarationAtLine(line: number): DeclarationLines | undefined {
    const place = { line, character: 0 };
    const query = { range: { start: place, end: place }, isSelection: false };
    const declaration = findDeclaration(lines, query, languageId);
    return declaration?.line === line ? declaration : undefined;
  }
}
