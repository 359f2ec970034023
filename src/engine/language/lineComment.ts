const HASH =
  'python ruby shellscript perl perl6 r yaml dockercompose toml dockerfile makefile julia elixir powershell coffeescript nix graphql properties ignore cmake';
const DASHES = 'sql lua haskell ada elm';
const NONE = 'html xml svg markdown plaintext css json handlebars vue-html';

const MARKS: ReadonlyMap<string, string> = new Map([
  ...HASH.split(' ').map((id) => [id, '#'] as const),
  ...DASHES.split(' ').map((id) => [id, '--'] as const),
  ...NONE.split(' ').map((id) => [id, ''] as const),
  ['latex', '%'],
  ['tex', '%'],
  ['erlang', '%'],
  ['matlab', '%'],
  ['clojure', ';'],
  ['lisp', ';'],
  ['scheme', ';'],
  ['ini', ';'],
  ['vb', "'"],
  ['bat', 'REM'],
]);

/** What begins a comment that ends with its line; empty where there is none. */
export function lineComment(languageId: string): string {
  return MARKS.get(languageId) ?? '//';
}
