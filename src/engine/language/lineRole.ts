import { languageOf, type Language } from './languageOf.js';

export type LineRole =
  | 'blank'
  /** Only closes: `}`, `});`, `end`, `fi`, `</div>`. */
  | 'closer'
  /** Continues an open statement: `} else {`, `except E:`, `case 1:`. */
  | 'continuation'
  /** Begins a function, a class, a type. */
  | 'definition'
  /** A decorator, an annotation, or one selector of several: belongs to the definition below. */
  | 'attribute'
  | 'comment'
  /** `#if`, `#include`: at the margin, whatever is around it. */
  | 'preprocessor'
  | 'statement';

const WORD_CLOSER = /^(?:end|fi|done|esac|endif|endfor|endwhile|endfunction|endmodule)\b[\w\s]*[;,)]?$/;
const CONTINUATION_WORD =
  /^(?:else|elif|elsif|elseif|except|catch|finally|rescue|ensure|when|then|until)\b(?!\s*[=.,([])/;
const CONTINUATION_CALL = /^(?:elif|elsif|elseif|except|catch|when)\s*\(/;
const LABEL =
  /^(?:case\b.*:(?!=)|case\b.*->|default\s*(?::(?!:)|->)|(?:public|private|protected|signals)\s*:)/;
const ATTRIBUTE = /^(?:@[\w.]+(?:\(.*\))?\s*$|@\w[\w.]*\(|#!?\[|\[[A-Z]\w*(?:\(.*\))?\]$|template\s*<)/;
const MODIFIERS =
  '(?:(?:export|default|declare|public|private|protected|internal|static|async|final|abstract|sealed|override|virtual|inline|extern|unsafe|partial|open|data|suspend|const|readonly|pub(?:\\([^)]*\\))?)\\s+)*';
const DEFINITION = new RegExp(
  `^${MODIFIERS}(?:function\\b|def\\s|class\\s|interface\\s+\\w|struct\\s+\\w|enum\\s|union\\s+\\w|trait\\s|impl\\b|fn\\s|func\\s|fun\\s|namespace\\s|module\\s+\\w|mod\\s+\\w|type\\s+\\w+(?:<.*>)?\\s*(?:=|struct|interface|func|\\w)|macro_rules!|protocol\\s+\\w|extension\\s+\\w|sub\\s+\\w|record\\s+\\w|typedef\\s)`,
);
/** `static int read_all(FILE *f) {`: a type, a name and parameters, and no assignment or call. */
const TYPED_FUNCTION =
  /^(?!(?:return|else|throw|new|await|case|if|while|for|switch|using|delete|goto|do|try|catch|assert|synchronized)\b)(?:[\w:<>,[\]~&*?]+\s+)+[*&]*[\w:~]+\s*\([^;={}]*(?:\)[^;={}()]*\{?|,)?$/;
const SHELL_FUNCTION = /^[\w-]+\s*\(\)\s*\{?$/;

const BARE_JUMP =
  /^(?:(?:break|continue|goto|return|yield|exit)(?: [\w.'"[\]{}-]+)?|(?:throw|raise)(?: new)? \w+(?:\(\))?);?$/;

/** What a line is to the block around it, as far as its first and last characters tell. */
export function lineRole(line: string, languageId: string): LineRole {
  const text = line.trim();
  if (text === '') return 'blank';
  const language = languageOf(languageId);
  if (language.hasPreprocessor && text.startsWith('#')) return 'preprocessor';
  if (isComment(text, language)) return 'comment';
  if (/^[)\]}]/.test(text)) return closerOrContinuation(text);
  if (/^<\/[\w.:-]*>?$/.test(text) || WORD_CLOSER.test(text)) return 'closer';
  if (language.isStyleSheet)
    return text.endsWith('{') ? 'definition' : text.endsWith(',') ? 'attribute' : 'statement';
  if (CONTINUATION_WORD.test(text) || CONTINUATION_CALL.test(text) || LABEL.test(text)) return 'continuation';
  if (ATTRIBUTE.test(text)) return 'attribute';
  if (DEFINITION.test(text) || (language.functions === 'typed' && TYPED_FUNCTION.test(text)))
    return 'definition';
  if (language.functions === 'named' && SHELL_FUNCTION.test(text)) return 'definition';
  return 'statement';
}

/** Whether the line opens a block, so that what is indented below belongs to it. */
export function opensBlock(line: string, languageId: string): boolean {
  const language = languageOf(languageId);
  const text = withoutComment(line.trim(), language);
  if (/(?:[{([]|=>|->)$/.test(text)) return true;
  if (!language.hasBraces && /\b(?:do|then|else|begin)$|\bdo\s*\|[^|]*\|$/.test(text)) return true;
  if (/:$/.test(text)) return language.colonOpensBlock || LABEL.test(text);
  return language.tags === 'all' && /^<(?!\/|!|(?:br|hr|img|input|meta|link)\b)[^>]*[^/]?>$/.test(text);
}

/**
 * Whether a line that continues a statement names the branch that it begins: `} else {`, `except E:`, `case 1:`, but
 * not `):` or `}) => {`, which close what was opened.
 */
export function namesBranch(line: string): boolean {
  return /^[}\s]*\w/.test(line);
}

/**
 * Whether a line, without its indentation, is a bare jump statement: `continue;`, `return [];`,
 * `raise NotImplementedError()`. Consecutive guard clauses may repeat it.
 */
export function isJumpStatement(text: string): boolean {
  return BARE_JUMP.test(text);
}

/** `}` and `}, 100);` close; `} else {`, `}) => {` and `):` open another block. */
function closerOrContinuation(text: string): LineRole {
  if (/^[)\]}]+\s*(?:else|catch|finally|while|until|elif|except)\b/.test(text))
    return /^\}\s*while\b.*;$/.test(text) ? 'closer' : 'continuation';
  return /(?:[{([:]|=>|->)$/.test(text) ? 'continuation' : 'closer';
}

function isComment(text: string, { lineComment: mark }: Language): boolean {
  if (mark === '#') return text.startsWith('#');
  if (mark !== '' && text.startsWith(mark)) return true;
  return text.startsWith('/*') || text.startsWith('<!--') || /^\*(?:\s|\/|$)/.test(text);
}

function withoutComment(text: string, { lineComment: mark }: Language): string {
  if (mark === '') return text;
  const at = text.lastIndexOf(` ${mark}`);
  return at > 0 && !/["'`]/.test(text.slice(at)) ? text.slice(0, at).trimEnd() : text;
}
