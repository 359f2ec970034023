import type { CompletionContext } from '../cursor/completionContext.js';
import { languageOf } from '../../language/languageOf.js';

/** What editors put behind the cursor by themselves: closing brackets, quotes and tags, and a statement's end. */
const CLOSERS = /^(?:[\s)\]}>"'`;,]|\*\/|-->|<\/[\w.:-]*>)*/;
/** Behind a closing bracket, the rest of a head: `) {`, `):`, `) => {`, `): Promise<void> {`, `) -> int:`. */
const REST_OF_HEAD =
  /^(?:\s*(?::|->|throws|const|noexcept|override)\s*[\w<>[\].,|&*:? ]*)?\s*(?:=>)?\s*(?:\{\s*\}?|:)?[\s)\]}>;,]*$/;
const EMPHASIS = /^[*_~\s]*$/;

/**
 * Whether code stands behind the cursor that a suggestion would push aside: `foo(▮ + 1)`. Closing characters are no
 * such code, nor are a head's last signs (`if (▮) {`) and a comment at the line's end.
 */
export function isMidLine({ lineSuffix, languageId }: CompletionContext): boolean {
  const code = withoutComment(lineSuffix, languageId);
  const closers = CLOSERS.exec(code)?.[0] ?? '';
  const rest = code.slice(closers.length);
  if (rest.trim() === '') return false;
  if (languageOf(languageId).isProse && EMPHASIS.test(rest)) return false;
  if (/[^\x00-\x7f]/.test(rest)) return true;
  return !(/[)\]}>]/.test(closers) ? REST_OF_HEAD.test(rest) : /^[:{]\s*$/.test(rest));
}

function withoutComment(text: string, languageId: string): string {
  const { lineComment: mark } = languageOf(languageId);
  if (mark === '') return text;
  const at = text.indexOf(` ${mark}`);
  return at < 0 ? text : text.slice(0, at);
}
