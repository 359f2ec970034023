/** What there is to know of a language. The rows are in `languages.ts`; `languageOf.ts` looks them up. */
export interface Language {
  /** VS Code's id, or that of the extension that most people have. */
  readonly id: string;
  /** How a sentence for the model names it. */
  readonly name: string;
  /** What follows the opening fence of a Markdown code block. */
  readonly fence: string;
  /** Begins a comment that ends with its line; empty where there is none, or where it isn't known. */
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
  /** Words and signs between blanks that end the head of a block, as in `if … then`; all of them open what follows. */
  readonly headEnds: string;
  /**
   * What else closes something in this language, as a pattern: raw strings, quotations, a second kind of comments. What
   * every language has, and the end of `blockComment`, is in `lineRest.ts`.
   */
  readonly closers: string;
  /** At a line's end: the statement continues on the next line. */
  readonly lineContinuation: string;
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
export interface LanguageRow extends Partial<Omit<Language, 'id'>> {
  readonly name: string;
  /** Other ids: those of Neovim, Helix, Zed, Sublime Text and Emacs, and names that models write after a fence. */
  readonly aliases?: string;
  /** `*.py` is an ending, anything else a whole file name. */
  readonly files?: string;
  /** Programs on a `#!` line, without their versions. */
  readonly interpreters?: string;
}

export const NEUTRAL: Omit<Language, 'id' | 'name' | 'fence'> = {
  lineComment: '',
  blockComment: undefined,
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
  headEnds: '',
  closers: '',
  lineContinuation: '\\',
  tags: 'none',
  functions: 'keyword',
  hasPreprocessor: false,
  isStyleSheet: false,
};

/** A language that the table doesn't have: nothing is written as a comment, and no line is indented differently. */
export const UNKNOWN: typeof NEUTRAL = { ...NEUTRAL, indentation: 'exact' };

export const SLASHES = { lineComment: '//', blockComment: ['/*', '*/'] } as const;
export const HASH = { lineComment: '#' } as const;
export const DASHES = { lineComment: '--' } as const;
export const PERCENT = { lineComment: '%' } as const;
export const SEMICOLON = { lineComment: ';' } as const;
export const LISP = { lineComment: ';', apostrophe: 'alone', closers: String.raw`\|#` } as const;
export const BRACES = { ...SLASHES, hasBraces: true } as const;
export const WIDE_BRACES = { ...BRACES, indentSize: 4 } as const;
export const C = {
  ...WIDE_BRACES,
  apostrophe: 'character',
  functions: 'typed',
  hasPreprocessor: true,
} as const;
export const MARKUP = { blockComment: ['<!--', '-->'], apostrophe: 'alone', tags: 'all' } as const;
export const PROSE = { isProse: true, apostrophe: 'alone' } as const;
/** Like Python: a colon opens a block, and the indentation ends it. */
export const COLONS = {
  ...HASH,
  hasBackticks: false,
  indentation: 'blocks',
  indentSize: 4,
  colonOpensBlock: true,
} as const;
export const YAML = { ...HASH, indentation: 'exact', colonOpensBlock: true } as const;
/** The ML family. */
export const ML = {
  headEnds: 'then do in with of begin -> =',
  closers: String.raw`[|>]\}|\|\]|@{1,2}>`,
  apostrophe: 'alone',
} as const;
