import type { SourceFile } from '../corpus/sourceFiles.js';

/** Files of these can be typed: those of the quality benchmark, and of the classes in `bench/corpus/typed`. */
export type TypingLanguage = SourceFile['language'] | 'go' | 'java' | 'rust';

/** What an editor does by itself while one types in a language: VS Code's own settings for it. */
export interface TypingHabits {
  /** Opening characters with what is put in behind the cursor. */
  readonly pairs: Readonly<Record<string, string>>;
  /** A line that ends so is followed by a deeper one. */
  readonly opensBlock: RegExp;
  /** Whether a closing bracket at a line's start takes the line back to where it was opened. */
  readonly dedentsClosers: boolean;
  /** One step of indentation. */
  readonly unit: string;
}

const QUOTES = { '"': '"', "'": "'" };
const BRACKETS = { '(': ')', '[': ']', '{': '}' };
const SCRIPT = {
  pairs: { ...BRACKETS, ...QUOTES, '`': '`' },
  opensBlock: /[{([]\s*$/,
  dedentsClosers: true,
};

const COMPILED = { ...SCRIPT, pairs: { ...BRACKETS, ...QUOTES } };

const HABITS: Readonly<Record<TypingLanguage, Omit<TypingHabits, 'unit'>>> = {
  typescript: SCRIPT,
  javascript: SCRIPT,
  go: SCRIPT,
  java: COMPILED,
  // A single quote may begin a lifetime.
  rust: { ...COMPILED, pairs: { ...BRACKETS, '"': '"' } },
  python: { pairs: { ...BRACKETS, ...QUOTES }, opensBlock: /[{([:]\s*$/, dedentsClosers: false },
};

/** @param text the file, off which its indentation is read */
export function habitsFor(language: TypingLanguage, text: string): TypingHabits {
  return { ...HABITS[language], unit: indentUnit(text, language) };
}

function indentUnit(text: string, language: TypingLanguage): string {
  const indents = text.match(/^[ \t]+(?=[^\s*])/gm) ?? [];
  if (indents.some((indent) => indent.startsWith('\t'))) return '\t';
  if (indents.length === 0) return language === 'python' ? '    ' : '  ';
  return ' '.repeat(Math.max(2, Math.min(8, ...indents.map((indent) => indent.length))));
}
