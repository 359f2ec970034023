import { languageOf } from '../../language/languageOf.js';

/** How a language writes the comment that documents a symbol. */
export interface DocStyle {
  /** How the prompt calls it. */
  readonly name: string;
  /** Before the declaration, or as the first thing in its body. */
  readonly place: 'above' | 'inside';
  /** First and last line; empty in styles that mark each line. */
  readonly open: string;
  readonly close: string;
  /** The mark that each line in between begins with. */
  readonly each: string;
  /** A fixed beginning of the text. */
  readonly lead?: string;
  /** The text begins with the symbol's name, as in Go. */
  readonly leadsWithName?: boolean;
  /** Comment lines with the same mark that are no documentation and stay. */
  readonly directive?: RegExp;
}

const block = (name: string): DocStyle => ({ name, place: 'above', open: '/**', each: ' * ', close: ' */' });
const marked = (name: string, each: string, more: Partial<DocStyle> = {}): DocStyle => ({
  name,
  place: 'above',
  open: '',
  each,
  close: '',
  ...more,
});
const between = (name: string, open: string, close: string, more: Partial<DocStyle> = {}): DocStyle => ({
  name,
  place: 'above',
  open,
  each: '',
  close,
  ...more,
});

const JSDOC = block('JSDoc comment');
const DOXYGEN = block('Doxygen comment');
const HASH = marked('comment', '# ', {
  directive: /^#(?:!|\s*(?:shellcheck|rubocop|frozen_|-\*-|type:|noqa))/,
});
const XML_DOC = { lead: '<summary>\n' };

/** What documentation is called and looks like; in the other languages it is an ordinary comment. */
const STYLES: Readonly<Record<string, DocStyle>> = {
  c: DOXYGEN,
  clojure: marked('comment', ';; '),
  cpp: DOXYGEN,
  csharp: marked('XML documentation comment', '/// ', XML_DOC),
  'cuda-cpp': DOXYGEN,
  dart: marked('documentation comment', '/// '),
  erlang: marked('comment', '%% '),
  fsharp: marked('documentation comment', '/// '),
  go: marked('doc comment', '// ', { leadsWithName: true, directive: /^\/\/(?:go:|\s*\+build|nolint)/ }),
  groovy: block('Groovydoc comment'),
  haskell: marked('Haddock comment', '-- ', { lead: '| ' }),
  java: block('Javadoc comment'),
  javascript: JSDOC,
  javascriptreact: JSDOC,
  julia: between('docstring', '"""', '"""'),
  kotlin: block('KDoc comment'),
  less: between('comment', '/*', '*/'),
  lua: marked('LuaDoc comment', '--- '),
  'objective-c': DOXYGEN,
  'objective-cpp': DOXYGEN,
  php: block('PHPDoc comment'),
  powershell: between('comment-based help', '<#', '#>', { lead: '.SYNOPSIS\n' }),
  python: {
    name: 'docstring',
    place: 'inside',
    open: '"""',
    each: '',
    close: '"""',
  },
  r: marked('roxygen2 comment', "#' "),
  ruby: { ...HASH, name: 'YARD comment' },
  rust: marked('doc comment', '/// '),
  scala: block('Scaladoc comment'),
  scss: between('comment', '/*', '*/'),
  svelte: JSDOC,
  swift: marked('documentation comment', '/// '),
  typescript: { ...JSDOC, name: 'TSDoc comment' },
  typescriptreact: { ...JSDOC, name: 'TSDoc comment' },
  vb: marked('XML documentation comment', "''' ", XML_DOC),
  vue: JSDOC,
  zig: marked('doc comment', '/// '),
};

/** For what has no place for a docstring inside: `def f(): return 1`, variables. */
export const PYTHON_COMMENT: DocStyle = HASH;

/** @returns `undefined` for languages without comments and for prose */
export function docStyle(languageId: string): DocStyle | undefined {
  const { id, isProse, lineComment, blockComment } = languageOf(languageId);
  const style = STYLES[id];
  if (style !== undefined || isProse) return style;
  if (lineComment === '#') return HASH;
  if (lineComment !== '') return marked('comment', `${lineComment} `);
  return blockComment && between('comment', ...blockComment);
}
