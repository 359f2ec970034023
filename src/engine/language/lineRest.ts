/** What follows the cursor on its line: code, or only what closes what is open and ends a block's head. */
import { languageOf, type Language } from './languageOf.js';

/** What editors insert after the cursor, or people write first: the ends of brackets, quotes, tags and statements. */
const CLOSER =
  String.raw`[\s)\]}>"'` + String.raw`\x60;,]|[?!.](?=[\s)\]}>"';,]*$)|(?<=[)\]}>])\(\)|<\/[\w.:-]*>|\/>`;
/** Ends of template tags: `%}`, `-%>`, `?>`, `#}`, `--}}`, `!!}`; R's pipe `%>%` is none. */
const TEMPLATE_CLOSER = String.raw`[-+~=_]?[%?#][}>](?!%)|-{1,2}\}\}?|~\}\}|!!\}`;
/** After a closing bracket, the rest of a head: `) {`, `):`, `) => {`, `): Promise<void> {`, `) -> int:`, `) as f:`. */
const REST_OF_HEAD =
  /^(?:as\s+[\w<>[\].$]+)?(?:\s*(?::|->|throws|const|noexcept|override)\s*[\w<>[\].,|&*:? ]*)?\s*(?:=>|=$)?\s*(?:\{\s*\}?|:)?[\s)\]}>;,]*$/i;
/** After a closing bracket, words and types up to a brace: `) (int, error) {`, `) async {`, `) -> Result<(), E> {`. */
const TYPED_HEAD =
  /^(?!.*(?:&&|\|\||\s(?:[<>*?|&]|[<>]=)\s|\b(?:and|or|not|if|else|unless|until|while|instanceof)\b))(?:->|!(?!=)|[\w\s<>[\](),.:|&*?'@])+(?:(?:=>?\s*)?\{\s*\}?|=>)\s*$/;
/** After a closing bracket, a value: what is before it is its target or its type, or what a module exports. */
const ASSIGNMENT = /^(?:(?::\s*[\w<>[\].?]+\s+)?(?:=|:=|\?=|<-)\s+\S|from\s+["'])/;
/** After a closing bracket, the type of the result, or conditions on types: `) -> "Foo":`, `) when x > 0 ->`, `) where T : new()`. */
const RESULT_OR_GUARD =
  /^(?:->\s*[^;]*(?:\{\s*\}?|:)|(?:when|where)\s[^;{}]*(?:\{|->|\bdo)?|returns?\s[\w.\s(),]*\b(?:is|as(?:\s*\$\w*\$)?)|result\s*\(\w*\))\s*$/i;
/** After a closing bracket, an operator that the next line continues: `) &&`, `] +`, `) |>`, `) %>%`. */
const CONTINUED = /^\s*(?:&&|\|\||[|+]>|%\w*>?%|\?\?|<>|\+\+|[-+*/%&|^?.]|and|or|xor)\s*$/i;
/** After a closing bracket, the last of several results: `), nil`. */
const LAST_VALUE = /,\s*$/;
/** After the end of a value, the other attributes of a tag. */
const ATTRIBUTES =
  /^\s?[\w:@.#*-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*\}))?(?:\s[\w:@.#*-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*\}))?)*\s?\/?>$/;
/** What is longer is code; some of the patterns take the square of its length. */
const MAX_HEAD_LENGTH = 400;
/** After a closing brace and a comma, the last arguments of a call: `}, [deps]);`, `}, 100);`. */
const LAST_ARGUMENTS = /^[\w\s.,[\]'"$-]*\)[\s)\]};,]*$/;
const PROSE_END = /^[*_~$|\s.,;:!?)\]"']*$/;

const patterns = new Map<
  string,
  { readonly closers: RegExp; readonly heads: RegExp; readonly comment: RegExp }
>();

/** Whether nothing on the rest of the line is code that a suggestion before it would push aside. */
export function onlyCloses(rest: string, languageId: string): boolean {
  const language = languageOf(languageId);
  const { closers, heads } = patternsOf(language);
  const code = withoutComment(rest, language);
  const closed = closers.exec(code)?.[0] ?? '';
  // Some patterns may divide a run of blanks between their parts in many ways.
  const head = code.slice(closed.length).replace(/\s+/g, ' ');
  if (head.trim() === '') return true;
  if (language.isProse && PROSE_END.test(head)) return true;
  if (head.length > MAX_HEAD_LENGTH || /[^\x00-\x7f]/.test(head)) return false;
  if (heads.test(head)) return true;
  if (language.tags !== 'none' && /["'}]\s*$/.test(closed) && ATTRIBUTES.test(head.trimEnd())) return true;
  if (!/[)\]}>]/.test(closed)) return /^[:{]\s*$/.test(head);
  if (REST_OF_HEAD.test(head) || ASSIGNMENT.test(head)) return true;
  if (/\}\s*,\s*$/.test(closed) && LAST_ARGUMENTS.test(head)) return true;
  if (/[)\]}]/.test(closed) && LAST_VALUE.test(closed) && /^\w+;?\s*$/.test(head)) return true;
  // After `>` it may be a comparison.
  if (!/[)\]}]\s*$/.test(closed)) return false;
  return [TYPED_HEAD, RESULT_OR_GUARD, CONTINUED].some((pattern) => pattern.test(head));
}

/**
 * What the rest of a line begins with, if that closes something by more than one character or ends a head: `*)`,
 * `%}`, `then`. A text before it must not have it as well.
 */
export function firstCloser(
  rest: string,
  languageId: string,
): { readonly text: string; readonly isHeadEnd: boolean } | undefined {
  const language = languageOf(languageId);
  const { comment } = patternsOf(language);
  const text = rest.trimStart();
  const end = comment.exec(text)?.[0];
  const found = end ?? headEndsOf(language).find((each) => isHeadEnd(text, each));
  return found !== undefined && found.length > 1 ? { text: found, isHeadEnd: end === undefined } : undefined;
}

function isHeadEnd(text: string, end: string): boolean {
  return text.toLowerCase().startsWith(end) && !(/\w$/.test(end) && /^\w/.test(text.slice(end.length)));
}

function withoutComment(text: string, { lineComment: mark }: Language): string {
  // A quote begins strings as well.
  if (mark === '' || mark === '"') return text;
  const at = text.indexOf(` ${mark}`);
  return at < 0 ? text : text.slice(0, at);
}

function headEndsOf({ headEnds }: Language): readonly string[] {
  return headEnds === '' ? [] : headEnds.split(' ');
}

function patternsOf(language: Language): {
  readonly closers: RegExp;
  readonly heads: RegExp;
  readonly comment: RegExp;
} {
  let found = patterns.get(language.id);
  if (found === undefined) {
    const close = language.blockComment?.[1] ?? '*/';
    const comments = [...new Set([close, '*/', '-->'])].map(escaped);
    const own = language.closers === '' ? [] : [language.closers];
    const multi = [...own, ...comments, TEMPLATE_CLOSER, String.raw`\/>`].join('|');
    const words = headEndsOf(language).map((end) => escaped(end) + (/\w$/.test(end) ? String.raw`\b` : ''));
    const parameters = headEndsOf(language).includes('|') ? [String.raw`\|[\w, *&]+\|`] : [];
    const ends = [...words, ...parameters, '=>', '->', String.raw`\{(?:\s*\})?`, ':'];
    const continued =
      language.lineContinuation === ''
        ? ''
        : String.raw`|(?:\s*(?:&&|\|\|?))?\s*${escaped(language.lineContinuation)}\s*$`;
    found = {
      closers: new RegExp(`^(?:${multi}|${CLOSER})*`),
      heads: new RegExp(String.raw`^(?:\s*(?:${ends.join('|')}))*[\s)\]}>;,.]*(?:\s*$${continued})`, 'i'),
      comment: new RegExp(`^(?:${multi})`),
    };
    patterns.set(language.id, found);
  }
  return found;
}

function escaped(text: string): string {
  return text.replace(/[^\w\s]/g, String.raw`\$&`);
}
