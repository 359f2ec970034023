const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** Where `'` encloses one character only, and may stand alone (Rust's lifetimes, C++'s digit separators). */
const SINGLE_CHARACTER = new Set(['c', 'cpp', 'csharp', 'go', 'java', 'kotlin', 'rust', 'scala', 'swift']);
const HASH_COMMENTS = new Set([
  'python',
  'ruby',
  'shellscript',
  'perl',
  'r',
  'yaml',
  'toml',
  'elixir',
  'julia',
]);
/** Brackets mean nothing in prose, and `case` patterns of a shell are closed without being opened. */
const WITHOUT_BRACKETS = new Set(['markdown', 'plaintext', 'latex', 'restructuredtext', 'shellscript']);

/**
 * The brackets that nothing closes, and those that close nothing: `({` or `}`; empty when all is balanced. Strings
 * and comments are passed over as well as can be without a grammar.
 */
export function unbalancedBrackets(text: string, languageId: string): string {
  if (WITHOUT_BRACKETS.has(languageId)) return '';
  const open: string[] = [];
  let surplus = '';
  for (const character of codeOnly(text, languageId)) {
    if ('([{'.includes(character)) open.push(character);
    else if (character in PAIRS) {
      if (open.at(-1) === PAIRS[character]) open.pop();
      else surplus += character;
    }
  }
  return surplus + open.join('');
}

function codeOnly(text: string, languageId: string): string {
  const single = SINGLE_CHARACTER.has(languageId)
    ? "'(?:\\\\[^'\\n]*|[^'\\\\\\n])'"
    : "'(?:\\\\.|[^'\\\\\\n])*'";
  const comment = HASH_COMMENTS.has(languageId) ? '#[^\\n]*' : '//[^\\n]*|/\\*[^]*?\\*/';
  const long = '"""[^]*?"""|' + "'''[^]*?'''";
  const other = '"(?:\\\\.|[^"\\\\\\n])*"|`(?:\\\\[^]|[^`\\\\])*`';
  return text.replace(new RegExp([long, comment, other, single].join('|'), 'g'), '');
}
