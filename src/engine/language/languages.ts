/**
 * What languages look like: the one table that everything about comments, brackets, indentation, file names and
 * Markdown fences is read from. `languageOf.ts` looks languages up.
 */
export interface Language {
  /** VS Code's id. */
  readonly id: string;
  /** How a sentence for the model names it. */
  readonly name: string;
  /** What follows the opening fence of a Markdown code block. */
  readonly fence: string;
  /** Begins a comment that ends with its line; empty where there is none. */
  readonly lineComment: string;
  readonly blockComment: readonly [open: string, close: string] | undefined;
  /** Sentences: no scopes, no brackets that must close, and phrases of a chat may be what is wanted. */
  readonly isProse: boolean;
  /** Blocks are in braces, so that no word opens or continues one by itself. */
  readonly hasBraces: boolean;
  /** Brackets may close without having been opened, as after a shell's `case` pattern. */
  readonly hasUnpairedBrackets: boolean;
  /** Whether `'` encloses a string or one character, or also occurs alone (lifetimes, symbols, text). */
  readonly apostrophe: 'string' | 'character' | 'alone';
  /** Whether a backtick encloses a string. */
  readonly hasBackticks: boolean;
  /** What opens code inside a string in double quotes; empty where nothing does. Template strings have `${`. */
  readonly interpolation: string;
  /** Characters of which one must precede a string that has interpolation, as in `f"{a}"`; empty: any string has it. */
  readonly interpolationPrefix: string;
  /**
   * `free`: the width of the indentation has no meaning. `blocks`: a block ends where the indentation does. `exact`:
   * the width is part of what the line says, or tabs are required, so that lines must not be indented differently.
   */
  readonly indentation: 'free' | 'blocks' | 'exact';
  /** The usual columns of a step. */
  readonly indentSize: number;
  /** Whether a colon at a line's end opens a block. */
  readonly colonOpensBlock: boolean;
  /** Whether the text is made of tags, or has them within code. */
  readonly tags: 'none' | 'embedded' | 'all';
  /** How a function begins: with a keyword, with its type (`int f(`), or with its name (`f() {`). */
  readonly functions: 'keyword' | 'typed' | 'named';
  /** Lines that begin with `#` are a preprocessor's. */
  readonly hasPreprocessor: boolean;
  /** A line that ends with `{` is a selector. */
  readonly isStyleSheet: boolean;
}

/** A row of the table. What is left out is as in {@link NEUTRAL}. */
interface LanguageRow extends Partial<Omit<Language, 'id'>> {
  readonly name: string;
  /** Other ids: those of Neovim, Helix, Zed, Sublime Text and Emacs, and names that models write after a fence. */
  readonly aliases?: string;
  /** `*.py` is an ending, anything else a whole file name. */
  readonly files?: string;
  /** Programs on a `#!` line, without their versions. */
  readonly interpreters?: string;
}

/** A language that the table doesn't have is assumed to look like this. */
export const NEUTRAL: Omit<Language, 'id' | 'name' | 'fence'> = {
  lineComment: '//',
  blockComment: ['/*', '*/'],
  isProse: false,
  hasBraces: false,
  hasUnpairedBrackets: false,
  apostrophe: 'string',
  hasBackticks: true,
  interpolation: '',
  interpolationPrefix: '',
  indentation: 'free',
  indentSize: 2,
  colonOpensBlock: false,
  tags: 'none',
  functions: 'keyword',
  hasPreprocessor: false,
  isStyleSheet: false,
};

const NO_COMMENT = { lineComment: '', blockComment: undefined } as const;
const HASH = { lineComment: '#', blockComment: undefined } as const;
const DASHES = { lineComment: '--', blockComment: undefined } as const;
const PERCENT = { lineComment: '%', blockComment: undefined } as const;
const LISP = { lineComment: ';', blockComment: undefined, apostrophe: 'alone' } as const;
const BRACES = { hasBraces: true } as const;
const WIDE_BRACES = { hasBraces: true, indentSize: 4 } as const;
const C = { ...WIDE_BRACES, apostrophe: 'character', functions: 'typed', hasPreprocessor: true } as const;
const MARKUP = { lineComment: '', blockComment: ['<!--', '-->'], apostrophe: 'alone', tags: 'all' } as const;
const PROSE = { ...NO_COMMENT, isProse: true, apostrophe: 'alone' } as const;
const STYLE = { ...BRACES, isStyleSheet: true } as const;

// One language a line.
// prettier-ignore
export const LANGUAGES: Readonly<Record<string, LanguageRow>> = {
  ada: { name: 'Ada', files: '*.adb *.ads', ...DASHES },
  asciidoc: { name: 'AsciiDoc', aliases: 'adoc asciidoctor', files: '*.adoc *.asciidoc', ...PROSE, lineComment: '//' },
  bat: { name: 'batch', aliases: 'dosbatch batch batchfile cmd', files: '*.bat *.cmd', lineComment: 'REM', blockComment: undefined },
  bibtex: { name: 'BibTeX', aliases: 'bib', files: '*.bib', ...PERCENT },
  c: { name: 'C', files: '*.c', ...C },
  clojure: { name: 'Clojure', aliases: 'clj', files: '*.clj *.cljs *.cljc *.edn', ...LISP },
  cmake: { name: 'CMake', files: '*.cmake CMakeLists.txt', ...HASH },
  coffeescript: { name: 'CoffeeScript', aliases: 'coffee', files: '*.coffee Cakefile', interpreters: 'coffee', ...HASH, indentation: 'blocks' },
  cpp: { name: 'C++', aliases: 'c++', files: '*.cpp *.cc *.cxx *.c++ *.h *.hh *.hpp *.hxx *.h++ *.inl *.ipp *.tpp', ...C },
  csharp: { name: 'C#', aliases: 'cs c# c-sharp', files: '*.cs *.csx *.cake', ...C, interpolation: '{', interpolationPrefix: '$' },
  css: { name: 'CSS', files: '*.css', ...STYLE, lineComment: '' },
  csv: { name: 'CSV', aliases: 'tsv', files: '*.csv *.tsv', ...NO_COMMENT },
  'cuda-cpp': { name: 'CUDA C++', aliases: 'cuda', files: '*.cu *.cuh', ...C, indentSize: 2 },
  dart: { name: 'Dart', files: '*.dart', interpreters: 'dart', ...BRACES, functions: 'typed', interpolation: '${' },
  diff: { name: 'Diff', aliases: 'patch', files: '*.diff *.patch', ...NO_COMMENT },
  dockercompose: { name: 'Docker Compose', fence: 'yaml', aliases: 'yaml.docker-compose docker-compose', files: 'docker-compose.yml docker-compose.yaml compose.yml compose.yaml', ...HASH, indentation: 'exact', colonOpensBlock: true },
  dockerfile: { name: 'Dockerfile', aliases: 'docker containerfile', files: '*.dockerfile *.containerfile Dockerfile Containerfile', ...HASH },
  elixir: { name: 'Elixir', aliases: 'ex', files: '*.ex *.exs', interpreters: 'elixir', ...HASH, interpolation: '#{' },
  elm: { name: 'Elm', files: '*.elm', ...DASHES },
  erlang: { name: 'Erlang', aliases: 'erl', files: '*.erl *.hrl', interpreters: 'escript', ...PERCENT },
  fsharp: { name: 'F#', aliases: 'f# fs', files: '*.fs *.fsi *.fsx', blockComment: ['(*', '*)'] },
  'git-commit': { name: 'Git commit message', fence: '', aliases: 'gitcommit', files: 'COMMIT_EDITMSG MERGE_MSG', ...PROSE, lineComment: '#' },
  'git-rebase': { name: 'Git rebase message', aliases: 'gitrebase', files: 'git-rebase-todo', ...HASH },
  go: { name: 'Go', aliases: 'golang', files: '*.go', ...WIDE_BRACES, apostrophe: 'character' },
  graphql: { name: 'GraphQL', aliases: 'gql', files: '*.graphql *.gql', ...HASH },
  groovy: { name: 'Groovy', files: '*.groovy *.gradle *.gvy Jenkinsfile', interpreters: 'groovy', ...BRACES, functions: 'typed', interpolation: '${' },
  haml: { name: 'Haml', files: '*.haml', indentation: 'exact' },
  handlebars: { name: 'Handlebars', aliases: 'hbs html.handlebars', files: '*.hbs *.handlebars', ...MARKUP },
  haskell: { name: 'Haskell', aliases: 'hs', files: '*.hs *.lhs', interpreters: 'runghc runhaskell', lineComment: '--', blockComment: ['{-', '-}'], apostrophe: 'alone' },
  hlsl: { name: 'HLSL', files: '*.hlsl *.fx *.cginc', ...BRACES, functions: 'typed', hasPreprocessor: true },
  html: { name: 'HTML', aliases: 'xhtml htm', files: '*.html *.htm *.xhtml', ...MARKUP },
  ignore: { name: 'Ignore', aliases: 'gitignore git-ignore', files: '.gitignore .npmignore .dockerignore .vscodeignore', ...HASH },
  ini: { name: 'INI', aliases: 'dosini cfg', files: '*.ini *.cfg .gitconfig .editorconfig', lineComment: ';', blockComment: undefined },
  java: { name: 'Java', files: '*.java *.jav', ...WIDE_BRACES, apostrophe: 'character', functions: 'typed' },
  javascript: { name: 'JavaScript', aliases: 'js node', files: '*.js *.mjs *.cjs *.es6', interpreters: 'node nodejs', ...BRACES },
  javascriptreact: { name: 'JavaScript (JSX)', fence: 'jsx', aliases: 'jsx javascript.jsx', files: '*.jsx', ...BRACES, tags: 'embedded' },
  json: { name: 'JSON', files: '*.json *.webmanifest .prettierrc', ...BRACES, ...NO_COMMENT },
  jsonc: { name: 'JSON', aliases: 'json5 hjson', files: '*.jsonc *.json5 *.code-workspace tsconfig.json jsconfig.json', ...BRACES },
  jsonl: { name: 'JSON Lines', aliases: 'ndjson', files: '*.jsonl *.ndjson', ...BRACES, ...NO_COMMENT },
  julia: { name: 'Julia', aliases: 'jl', files: '*.jl', interpreters: 'julia', ...HASH },
  kotlin: { name: 'Kotlin', aliases: 'kt', files: '*.kt *.kts', interpreters: 'kotlin', ...WIDE_BRACES, apostrophe: 'character', interpolation: '${' },
  latex: { name: 'LaTeX', aliases: 'plaintex context', files: '*.tex *.ltx', ...PROSE, lineComment: '%' },
  less: { name: 'Less', files: '*.less', ...STYLE },
  lisp: { name: 'Lisp', aliases: 'common-lisp commonlisp emacs-lisp elisp', files: '*.lisp *.lsp *.el', interpreters: 'sbcl emacs', ...LISP },
  log: { name: 'Log', files: '*.log', ...NO_COMMENT },
  lua: { name: 'Lua', files: '*.lua', interpreters: 'lua luajit', lineComment: '--', blockComment: ['--[[', ']]'], hasBackticks: false },
  makefile: { name: 'Makefile', aliases: 'make mk makefile-gmake makefile-bsdmake', files: '*.mk *.mak Makefile GNUmakefile', interpreters: 'make', ...HASH, indentation: 'exact' },
  markdown: { name: 'Markdown', aliases: 'md mdx gfm rmd rmarkdown quarto prompt instructions youtu-prompt', files: '*.md *.markdown *.mdx *.rmd *.qmd', ...PROSE, blockComment: ['<!--', '-->'], tags: 'embedded' },
  matlab: { name: 'MATLAB', aliases: 'octave', interpreters: 'octave', ...PERCENT },
  nim: { name: 'Nim', files: '*.nim *.nims', ...HASH, indentation: 'blocks' },
  nix: { name: 'Nix', files: '*.nix', lineComment: '#' },
  'objective-c': { name: 'Objective-C', aliases: 'objc objectivec obj-c', files: '*.m', ...C, indentSize: 2 },
  'objective-cpp': { name: 'Objective-C++', aliases: 'objcpp objective-c++', files: '*.mm', ...C, indentSize: 2 },
  ocaml: { name: 'OCaml', aliases: 'ml', files: '*.ml *.mli', interpreters: 'ocaml', lineComment: '', blockComment: ['(*', '*)'], apostrophe: 'alone' },
  perl: { name: 'Perl', aliases: 'pl', files: '*.pl *.pm', interpreters: 'perl', ...HASH, ...BRACES },
  perl6: { name: 'Raku', fence: 'raku', aliases: 'raku', files: '*.raku *.rakumod *.p6', interpreters: 'raku', ...HASH, ...BRACES },
  php: { name: 'PHP', files: '*.php *.phtml', interpreters: 'php', ...WIDE_BRACES, functions: 'typed', interpolation: '{$', tags: 'embedded' },
  plaintext: { name: 'Plaintext', fence: '', aliases: 'text txt plain', files: '*.txt *.text LICENSE', ...PROSE },
  powershell: { name: 'PowerShell', aliases: 'ps1 pwsh posh', files: '*.ps1 *.psm1 *.psd1', interpreters: 'pwsh', lineComment: '#', blockComment: ['<#', '#>'], ...BRACES },
  properties: { name: 'Properties', aliases: 'jproperties java-properties dotenv', files: '*.properties .env', ...HASH },
  proto3: { name: 'Protocol Buffers', fence: 'protobuf', aliases: 'proto protobuf', files: '*.proto', ...BRACES },
  pug: { name: 'Pug', aliases: 'jade', files: '*.pug *.jade', indentation: 'exact' },
  python: { name: 'Python', aliases: 'py python3 cython starlark', files: '*.py *.pyi *.pyw *.pyx *.bzl SConstruct SConscript BUILD.bazel', interpreters: 'python pypy', ...HASH, hasBackticks: false, interpolation: '{', interpolationPrefix: 'fF', indentation: 'blocks', indentSize: 4, colonOpensBlock: true },
  r: { name: 'R', files: '*.r .Rprofile', interpreters: 'rscript', ...HASH, ...BRACES },
  razor: { name: 'Razor', aliases: 'cshtml aspnetcorerazor', files: '*.cshtml *.razor', ...MARKUP },
  restructuredtext: { name: 'reStructuredText', aliases: 'rst', files: '*.rst', ...PROSE, indentation: 'exact' },
  ruby: { name: 'Ruby', aliases: 'rb', files: '*.rb *.rake *.gemspec *.ru Gemfile Rakefile Podfile', interpreters: 'ruby', ...HASH, interpolation: '#{' },
  rust: { name: 'Rust', aliases: 'rs', files: '*.rs', interpreters: 'rust-script', ...WIDE_BRACES, apostrophe: 'alone' },
  sass: { name: 'Sass', files: '*.sass', indentation: 'exact' },
  scala: { name: 'Scala', aliases: 'sbt', files: '*.scala *.sc *.sbt', interpreters: 'scala', ...BRACES, apostrophe: 'character' },
  scheme: { name: 'Scheme', aliases: 'racket', files: '*.scm *.ss *.rkt', interpreters: 'guile racket', ...LISP },
  scss: { name: 'SCSS', files: '*.scss', ...STYLE },
  shaderlab: { name: 'ShaderLab', files: '*.shader', ...BRACES, functions: 'typed', hasPreprocessor: true },
  shellscript: { name: 'shell', fence: 'sh', aliases: 'sh bash zsh ksh fish shell console shell-script', files: '*.sh *.bash *.zsh *.ksh *.fish *.bats .bashrc .bash_profile .profile .zshrc PKGBUILD', interpreters: 'sh bash zsh ksh dash ash fish bats', ...HASH, hasUnpairedBrackets: true, interpolation: '${', functions: 'named' },
  sql: { name: 'SQL', aliases: 'mysql plsql pgsql postgres sqlite tsql', files: '*.sql *.ddl', lineComment: '--', hasBackticks: false },
  svelte: { name: 'Svelte', files: '*.svelte', tags: 'all' },
  svg: { name: 'SVG', files: '*.svg', ...MARKUP },
  swift: { name: 'Swift', files: '*.swift', interpreters: 'swift', ...WIDE_BRACES, apostrophe: 'character' },
  terraform: { name: 'Terraform', aliases: 'hcl tf terraform-vars opentofu', files: '*.tf *.tfvars *.hcl', lineComment: '#', ...BRACES },
  tex: { name: 'TeX', files: '*.sty *.cls', ...PERCENT },
  toml: { name: 'TOML', files: '*.toml Cargo.lock Pipfile', ...HASH },
  typescript: { name: 'TypeScript', aliases: 'ts', files: '*.ts *.mts *.cts', interpreters: 'tsx ts-node deno bun', ...BRACES },
  typescriptreact: { name: 'TypeScript (TSX)', fence: 'tsx', aliases: 'tsx typescript.tsx', files: '*.tsx', ...BRACES, tags: 'embedded' },
  vb: { name: 'Visual Basic', aliases: 'vbnet visualbasic', files: '*.vb *.vbs *.bas', lineComment: "'", blockComment: undefined, apostrophe: 'alone' },
  vue: { name: 'Vue', files: '*.vue', tags: 'all' },
  'vue-html': { name: 'Vue HTML', fence: 'html', ...MARKUP },
  xml: { name: 'XML', files: '*.xml *.xsd *.csproj *.plist *.xaml', ...MARKUP },
  xsl: { name: 'XSL', aliases: 'xslt', files: '*.xsl *.xslt', ...MARKUP },
  yaml: { name: 'YAML', aliases: 'yml yaml.ansible yaml.gitlab helm github-actions-workflow', files: '*.yaml *.yml .clang-format', ...HASH, indentation: 'exact', colonOpensBlock: true },
  zig: { name: 'Zig', files: '*.zig *.zon', ...BRACES },
};
