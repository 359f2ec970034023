/** What is tested: the innermost function or class around a place that a test can call. */
import type { Range } from 'vscode-languageserver-protocol';
import { textsIn } from '../../language/lines.js';
import type { DeclarationLines } from '../../syntax/declarations.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';
import { commonMargin, withoutMargin } from '../codeShape.js';
import { symbolsIn } from '../document/undocumented.js';
import { impossible, type EditSource } from '../editTask.js';

export interface TestSubject {
  readonly name: string;
  /** Of a method: the class around it. */
  readonly className: string | undefined;
  readonly isClass: boolean;
  /** The code that the model is shown, without its common indentation. */
  readonly code: readonly string[];
}

/** A longer class is shown by the method alone. */
const MAX_CLASS_LINES = 80;
const MAX_LINES = 120;
const CLASS = /\b(?:class|struct|record|object|module)\s+[A-Z_a-z]/;
/** Types that have no code of their own. */
const WITHOUT_CODE = /\b(?:interface|enum|trait|protocol|union|type|macro_rules!)\s*[A-Z_a-z(]|^\s*#define\b/;
const PRIVATE = /^\s*(?:@\w+\s+)*private\b|^\s*(?:static\s+|async\s+)*#\w+\s*[(=]/;

/** @throws EngineError `noTestable`, `notReachable`; the signal's reason when aborted */
export async function testSubject(
  source: EditSource,
  { start }: Range,
  syntax: SyntaxReader | undefined,
  signal: AbortSignal,
): Promise<TestSubject> {
  const { lines } = source;
  const around = (await symbolsIn(source, syntax, signal)).filter(
    (each) => each.start <= start.line && start.line < each.end,
  );
  const head = ({ line, headEnd }: DeclarationLines): string =>
    textsIn(lines, { start: line, end: headEnd }).join('\n');
  const found = around.at(-1);
  if (found?.name === undefined || WITHOUT_CODE.test(lines.at(found.line))) throw impossible('noTestable');
  if (PRIVATE.test(head(found))) throw impossible('notReachable');
  const isClass = CLASS.test(lines.at(found.line));
  const owner = around.slice(0, -1).findLast((each) => CLASS.test(lines.at(each.line)));
  const className = owner?.name;
  const isOwnerShort = owner !== undefined && owner.end - owner.start <= MAX_CLASS_LINES;
  const shown = isOwnerShort ? owner : found;
  const code = textsIn(lines, { start: shown.start, end: Math.min(shown.end, shown.start + MAX_LINES) });
  return { name: found.name, className, isClass, code: withoutMargin(code, commonMargin(code)) };
}

/** The name that a test file has to know: the class of a method, or the function itself. */
export function importedName({ name, className }: TestSubject): string {
  return className ?? name;
}

export function subjectName({ name, className }: TestSubject): string {
  return className === undefined ? name : `${className}.${name}`;
}
