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
const DOCSTRING: DocStyle = { name: 'docstring', place: 'inside', open: '"""', each: '', close: '"""' };
const XML_DOC = { lead: '<summary>\n' };

/** What documentation is called and looks like; in the other languages it is an ordinary comment. */
const STYLES: Readonly<Record<string, DocStyle>> = {
  agda: marked('comment', '-- ', { lead: '| ' }),
  apex: block('ApexDoc comment'),
  ballerina: marked('documentation', '# '),
  c: DOXYGEN,
  cairo: marked('doc comment', '/// '),
  clojure: marked('comment', ';; '),
  coq: between('documentation comment', '(**', '*)'),
  cpp: DOXYGEN,
  csharp: marked('XML documentation comment', '/// ', XML_DOC),
  'cuda-cpp': DOXYGEN,
  cython: DOCSTRING,
  d: marked('Ddoc comment', '/// '),
  dart: marked('documentation comment', '/// '),
  elm: between('documentation comment', '{-|', '-}'),
  'emacs-lisp': marked('comment', ';; '),
  erlang: marked('comment', '%% '),
  fsharp: marked('documentation comment', '/// '),
  gdscript: marked('documentation comment', '## '),
  gleam: marked('doc comment', '/// '),
  glsl: DOXYGEN,
  go: marked('doc comment', '// ', { leadsWithName: true, directive: /^\/\/(?:go:|\s*\+build|nolint)/ }),
  groovy: block('Groovydoc comment'),
  haxe: block('doc comment'),
  haskell: marked('Haddock comment', '-- ', { lead: '| ' }),
  java: block('Javadoc comment'),
  javascript: JSDOC,
  javascriptreact: JSDOC,
  julia: between('docstring', '"""', '"""'),
  kotlin: block('KDoc comment'),
  lean: between('docstring', '/--', '-/'),
  less: between('comment', '/*', '*/'),
  lisp: marked('comment', ';; '),
  lua: marked('LuaDoc comment', '--- '),
  metal: DOXYGEN,
  mojo: DOCSTRING,
  move: marked('doc comment', '/// '),
  'objective-c': DOXYGEN,
  'objective-cpp': DOXYGEN,
  ocaml: between('documentation comment', '(**', '*)'),
  php: block('PHPDoc comment'),
  powershell: between('comment-based help', '<#', '#>', { lead: '.SYNOPSIS\n' }),
  prisma: marked('doc comment', '/// '),
  purescript: marked('documentation comment', '-- ', { lead: '| ' }),
  python: DOCSTRING,
  r: marked('roxygen2 comment', "#' "),
  reason: block('doc comment'),
  rescript: block('doc comment'),
  ruby: { ...HASH, name: 'YARD comment' },
  rust: marked('doc comment', '/// '),
  scala: block('Scaladoc comment'),
  scheme: marked('comment', ';; '),
  scss: between('comment', '/*', '*/'),
  slint: marked('doc comment', '/// '),
  smithy: marked('documentation comment', '/// '),
  snakemake: DOCSTRING,
  solidity: marked('NatSpec comment', '/// '),
  starlark: DOCSTRING,
  svelte: JSDOC,
  sway: marked('doc comment', '/// '),
  swift: marked('documentation comment', '/// '),
  typescript: { ...JSDOC, name: 'TSDoc comment' },
  typescriptreact: { ...JSDOC, name: 'TSDoc comment' },
  teal: marked('comment', '--- '),
  typespec: block('doc comment'),
  vala: block('Valadoc comment'),
  vb: marked('XML documentation comment', "''' ", XML_DOC),
  vue: JSDOC,
  vyper: DOCSTRING,
  wgsl: marked('doc comment', '/// '),
  wit: marked('doc comment', '/// '),
  zig: marked('doc comment', '/// '),
};

/** For what has no place for a docstring inside: `def f(): return 1`, variables. */
export const PYTHON_COMMENT: DocStyle = HASH;

/** @returns `undefined` for prose, and for languages that have no comments, or whose comments aren't known */
export function docStyle(languageId: string): DocStyle | undefined {
  const { id, isProse, lineComment, blockComment } = languageOf(languageId);
  const style = STYLES[id];
  if (style !== undefined || isProse) return style;
  if (lineComment === '#') return HASH;
  if (lineComment !== '') return marked('comment', `${lineComment} `);
  return blockComment && between('comment', ...blockComment);
}
