import type { SourceFile } from '../corpus/sourceFiles.js';

/** Languages that can be typed: those of the quality benchmark and of the classes in `bench/corpus/typed`. */
export type TypingLanguage = SourceFile['language'] | 'go' | 'java' | 'rust';

/** How an editor assists typing in a language, following VS Code's language configuration. */
export interface TypingHabits {
  /** Opening characters and what the editor inserts after the cursor. */
  readonly pairs: Readonly<Record<string, string>>;
  /** A line that matches is followed by a more indented one. */
  readonly opensBlock: RegExp;
  /** Whether a closing bracket at the start of a line gets the indentation of its opening line. */
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
  // A single quote may start a lifetime.
  rust: { ...COMPILED, pairs: { ...BRACKETS, '"': '"' } },
  python: { pairs: { ...BRACKETS, ...QUOTES }, opensBlock: /[{([:]\s*$/, dedentsClosers: false },
};

/** @param text the file, from which the indentation is detected */
export function habitsFor(language: TypingLanguage, text: string): TypingHabits {
  return { ...HABITS[language], unit: indentUnit(text, language) };
}

function indentUnit(text: string, language: TypingLanguage): string {
  const indents = text.match(/^[ \t]+(?=[^\s*])/gm) ?? [];
  if (indents.some((indent) => indent.startsWith('\t'))) return '\t';
  if (indents.length === 0) return language === 'python' ? '    ' : '  ';
  return ' '.repeat(Math.max(2, Math.min(8, ...indents.map((indent) => indent.length))));
}
