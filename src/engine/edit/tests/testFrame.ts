/** The fixed parts of a test file: what is written by code, so that the model writes only the tests. */
import type { Framework } from './framework.js';
import type { TestSubject } from './testSubject.js';

/** A line that makes names known. */
export interface TestImport {
  readonly line: string;
  readonly names: readonly string[];
  /** It is left out unless the tests use a name of it. */
  readonly isOptional?: boolean;
}

export interface TestFrame {
  /** The first lines of a new file: its package, its opening tag. */
  readonly head: readonly string[];
  readonly imports: readonly TestImport[];
  /** What is around the tests. */
  readonly open: readonly string[];
  readonly close: readonly string[];
  /** The beginning of the first test: the model continues it. */
  readonly start: string;
  /** A test that tests nothing. */
  readonly empty: readonly string[];
  /** Into an existing file the tests go without `open` and `close`, before the last closing line. */
  readonly isMember: boolean;
  /** Blank lines between tests. */
  readonly gap: number;
  /** With one group: the names of tests that must differ. */
  readonly testName?: RegExp;
  /** What a test checks with. */
  readonly assertion: RegExp;
  /** Names that need no import. */
  readonly globals: string;
}

/** What is known about the two files. */
export interface FramePlace {
  readonly framework: Framework;
  readonly subject: TestSubject;
  readonly languageId: string;
  /** The text of the source. */
  readonly source: string;
  /** Paths with slashes, relative to the framework's root. */
  readonly sourcePath: string;
  readonly testPath: string;
  /** Files of the project, relative to its root. */
  readonly files: readonly string[];
  /** Another test, or the source: for the way in which files are imported here. */
  readonly example: string;
}

/** With the first letter in upper case, without blanks and dashes: `add_all` becomes `AddAll`. */
export function pascal(name: string): string {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** In lower case with underscores. */
export function snake(name: string): string {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
}
