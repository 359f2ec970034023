/**
 * Reads unified diffs as git, `diff -u` and Mercurial write them. What is cut off or damaged is read as far as it goes.
 * Of secret files and of what programs write, no content is kept. jsdiff drops the headings of hunks, and refuses
 * combined diffs and those that are cut off.
 */
import { stripVTControlCharacters } from 'node:util';
import { isSecretFile } from '../../../protocol/secretFiles.js';
import { isGeneratedFile } from './fileKinds.js';
import { headerPaths, pathOf, unquoted } from './diffPaths.js';

interface Hunk {
  /** What git has found above it: mostly the head of a function. */
  readonly heading: string;
  /** Each begins with `+`, `-` or a blank. */
  readonly lines: string[];
}

export interface ChangedFile {
  path: string;
  /** Where it was before, when it was renamed or copied. */
  oldPath?: string;
  change: 'added' | 'removed' | 'renamed' | 'copied' | 'changed';
  content: 'text' | 'binary' | 'submodule' | 'secret' | 'generated';
  hasNewMode: boolean;
  readonly hunks: Hunk[];
  added: number;
  removed: number;
  /** Whether all changed lines were kept. */
  isWhole: boolean;
}

/** Of one file. A model is shown much less; formatting is told from other changes up to here. */
const MAX_FILE_CHARACTERS = 100_000;
const MAX_CHARACTERS = 4_000_000;
const MAX_LINE_LENGTH = 2000;
const MAX_HEADING_LENGTH = 200;

export function readDiff(text: string): readonly ChangedFile[] {
  const reader = new DiffReader();
  const plain = text.includes('\u001b') ? stripVTControlCharacters(text) : text;
  for (let start = 0; start < plain.length;) {
    const end = plain.indexOf('\n', start);
    const line = plain.slice(start, end < 0 ? undefined : end);
    reader.read(line.endsWith('\r') ? line.slice(0, -1) : line);
    start = end < 0 ? plain.length : end + 1;
  }
  return reader.files;
}

class DiffReader {
  readonly files: ChangedFile[] = [];
  private file: ChangedFile | undefined;
  private hunk: Hunk | undefined;
  /** Lines of the hunk that are still to come; of a combined diff, until the next header. */
  private left = { old: 0, new: 0 };
  /** Columns of signs: two in a merge's combined diff. */
  private columns = 1;
  private oldName = '';
  private characters = 0;
  private fileCharacters = 0;

  read(line: string): void {
    if (this.hunk !== undefined && this.isInHunk(line)) this.readChange(this.hunk, line);
    else this.readHeader(line);
  }

  private isInHunk(line: string): boolean {
    if (this.columns > 1) return /^[ +-]/.test(line) || line.startsWith('\\');
    // Some tools strip the blank of an empty line. Other lines show that the counts are wrong.
    return line.startsWith('\\') || ((this.left.old > 0 || this.left.new > 0) && /^(?:[ +-]|$)/.test(line));
  }

  private readHeader(line: string): void {
    const [, command, paths = ''] = /^diff --(git|cc|combined) (.+)$/.exec(line) ?? [];
    if (command !== undefined) {
      const both = command === 'git' ? headerPaths(paths) : [unquoted(paths), unquoted(paths)];
      this.begin(both?.[1] ?? '');
      if (both === undefined || this.file === undefined || both[0] === both[1]) return;
      this.file.oldPath = both[0];
      return;
    }
    const [, submodule] = /^Submodule (.+) [0-9a-f]{4,}(?:\.{2,3}[0-9a-f]{4,})?/.exec(line) ?? [];
    if (submodule !== undefined) this.begin(submodule).content = 'submodule';
    else if (line.startsWith('--- ')) this.readOldName(line.slice(4));
    else if (line.startsWith('+++ ')) this.readNewName(line.slice(4));
    else if (line.startsWith('@@')) this.beginHunk(line);
    else if (this.file !== undefined) readExtended(this.file, line);
  }

  private begin(path: string): ChangedFile {
    this.file = {
      path,
      change: 'changed',
      content: 'text',
      hasNewMode: false,
      hunks: [],
      added: 0,
      removed: 0,
      isWhole: true,
    };
    this.files.push(this.file);
    this.hunk = undefined;
    this.oldName = '';
    this.fileCharacters = 0;
    return this.file;
  }

  private readOldName(given: string): void {
    // `diff -u` has no line that begins a file.
    if (this.file === undefined || this.file.hunks.length > 0 || this.oldName !== '') this.begin('');
    this.oldName = given;
  }

  private readNewName(given: string): void {
    const file = this.file ?? this.begin('');
    const [before, after] = [pathOf(this.oldName, given), pathOf(given, this.oldName)];
    if (before === undefined) file.change = 'added';
    if (after === undefined) file.change = 'removed';
    file.path = after ?? before ?? file.path;
    if (before === undefined || after === undefined || before === after) delete file.oldPath;
    else if (file.change === 'changed') file.oldPath = before;
  }

  private beginHunk(line: string): void {
    const file = this.file;
    if (file === undefined) return;
    const [, signs = '@@', ranges = '', heading = ''] = /^(@@+) (.*?) @@+(?: (.*))?$/.exec(line) ?? [];
    this.columns = signs.length - 1;
    const [, oldCount, newCount] = /^-\d+(?:,(\d+))? \+\d+(?:,(\d+))?$/.exec(ranges) ?? [];
    this.left = { old: Number(oldCount ?? 1), new: Number(newCount ?? 1) };
    if (file.content === 'text') file.content = contentOf(file);
    this.hunk = { heading: heading.slice(0, MAX_HEADING_LENGTH).trim(), lines: [] };
    file.hunks.push(this.hunk);
    if (file.content !== 'text') file.hunks.length = 0;
  }

  private readChange(hunk: Hunk, line: string): void {
    const file = this.file;
    if (file === undefined || line.startsWith('\\')) return;
    const signs = line.slice(0, this.columns);
    const sign = signs.includes('+') ? '+' : signs.includes('-') ? '-' : ' ';
    if (sign !== '+') this.left.old--;
    if (sign !== '-') this.left.new--;
    if (sign === '+') file.added++;
    if (sign === '-') file.removed++;
    if (sign !== ' ' && line.slice(this.columns).startsWith('Subproject commit ')) file.content = 'submodule';
    if (file.content !== 'text') return;
    const isKept =
      line.length <= MAX_LINE_LENGTH &&
      this.fileCharacters < MAX_FILE_CHARACTERS &&
      this.characters < MAX_CHARACTERS;
    if (!isKept) {
      file.isWhole = false;
      return;
    }
    this.fileCharacters += line.length;
    this.characters += line.length;
    hunk.lines.push(sign + line.slice(this.columns));
  }
}

/** git's own lines between the file's first one and its hunks. */
function readExtended(file: ChangedFile, line: string): void {
  const [, key, value = ''] =
    /^(new file mode|deleted file mode|old mode|new mode|rename from|rename to|copy from|copy to|index|Binary files|GIT binary patch)(?: (.*))?$/.exec(
      line,
    ) ?? [];
  switch (key ?? '') {
    case 'new file mode':
    case 'deleted file mode':
      file.change = key === 'new file mode' ? 'added' : 'removed';
      delete file.oldPath;
      break;
    case 'new mode':
      file.hasNewMode = true;
      break;
    case 'rename from':
    case 'copy from':
      file.oldPath = unquoted(value);
      file.change = key === 'rename from' ? 'renamed' : 'copied';
      break;
    case 'rename to':
    case 'copy to':
      file.path = unquoted(value);
      break;
    case 'Binary files':
    case 'GIT binary patch':
      file.content = contentOf(file) === 'secret' ? 'secret' : 'binary';
      break;
  }
  if (/ 160000$|^(?:new|deleted) file mode 160000$/.test(line)) file.content = 'submodule';
  else if (file.content === 'text') file.content = contentOf(file);
}

function contentOf({ path, oldPath = path }: ChangedFile): ChangedFile['content'] {
  if (isSecretFile(path) || isSecretFile(oldPath)) return 'secret';
  return isGeneratedFile(path) ? 'generated' : 'text';
}
