/** Reads what any command says about places in files: compilers, linters, test runners, and traces of interpreters. */
import { stripVTControlCharacters } from 'node:util';

/** A message about a place in some file. */
export interface FileMessage {
  /** As the command writes it. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

const MAX_MESSAGES = 200;
const MAX_LINE_LENGTH = 1000;
const MAX_MESSAGE_LENGTH = 400;
/** A path with an extension, or one with a folder; a drive's letter may precede it. */
const PATH = String.raw`((?:[A-Za-z]:)?[^\s:()"'<>|*?][^:()"'<>|*?]*?)`;
const LEVEL = String.raw`(?:(fatal error|error|warning|warn|note|info|hint)\b\s*(?:\[?([\w/.-]+)\]?)?\s*:?\s*)?`;

/** Forms of one line: path, line, column, level and message. */
const FORMS: readonly RegExp[] = [
  // a.ts(3,5): error TS1234: message; MSBuild
  new RegExp(`^${PATH}\\((\\d+)(?:,(\\d+))?(?:,\\d+)*\\)\\s*:\\s*${LEVEL}(.+)$`, 'i'),
  // a.sh: line 3: message
  new RegExp(`^${PATH}: line (\\d+):()\\s*${LEVEL}(.+)$`, 'i'),
  // a.c:3:5: error: message; a.py:3: message; a.go:3:5: message
  new RegExp(`^\\s*${PATH}:(\\d+)(?::(\\d+))?(?:-\\d+(?::\\d+)?)?:?\\s+(?:-\\s+)?${LEVEL}(.+)$`, 'i'),
];
/** message in a.php on line 3; message at a.pl line 3. */
const AT_END = /^(.+?) (?:in|at) (\S+) (?:on )?line (\d+)\b/;
/** Python's traces: the message comes after all frames. */
const PYTHON_FRAME = /^\s*File "(.+?)", line (\d+)/;
const PYTHON_MESSAGE =
  /^(?:[A-Za-z_][\w.]*(?:Error|Exception|Warning|Exit|Interrupt|Iteration)|AssertionError)\b.*$/;
/** Node's traces: the message comes before the frames. */
const NODE_MESSAGE = /^(?:Uncaught )?(?:[A-Za-z_$][\w$]*(?:Error|Exception))\b.*$/;
const NODE_FRAME = /^\s*at (?:.*\()?(?:file:\/\/)?((?:[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/;
/** Alone in a line, before the code and the message: how node shows what it can't parse. */
const NODE_PLACE = /^(?:file:\/\/)?((?:[A-Za-z]:)?[^\s():]+\.[cm]?[jt]sx?):(\d+)$/;
/** rustc: the place is below the message. */
const RUST_MESSAGE = /^(error|warning)(?:\[(\w+)\])?: (.+)$/;
const RUST_PLACE = /^\s*--> (.+?):(\d+):(\d+)$/;
/** ESLint's default form: a line with the path, and one for each message below it. */
const STYLISH_PLACE = /^\s+(\d+):(\d+)\s+(error|warning)\s+(.+)$/;

export function messagesInOutput(output: string): readonly FileMessage[] {
  const reader = new OutputReader();
  for (const line of stripVTControlCharacters(output).split(/\r?\n/)) {
    reader.read(line.slice(0, MAX_LINE_LENGTH).trimEnd());
    if (reader.messages.length >= MAX_MESSAGES) break;
  }
  return reader.messages;
}

interface Frame {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

class OutputReader {
  readonly messages: FileMessage[] = [];
  private heading = '';
  private rust: { readonly severity: 'error' | 'warning'; readonly message: string } | undefined;
  /** Of a trace that goes on. */
  private pythonFrames: Frame[] = [];
  private nodeMessage: string | undefined;
  private nodePlace: Frame | undefined;

  read(line: string): void {
    if (this.readTrace(line) || this.readRust(line) || this.readStylish(line)) return;
    for (const form of FORMS) {
      const [, path = '', at = '', column = '1', level = 'error', code = '', text = ''] =
        form.exec(line) ?? [];
      if (at === '' || !isPath(path)) continue;
      // What belongs to the message above it.
      if (/^(?:note|info|hint)$/i.test(level)) return;
      const message = code === '' || /^\d/.test(text) ? text : `${code}: ${text}`;
      this.add({ path, line: Number(at), column: Number(column || '1') }, message, severityOf(level));
      return;
    }
    const [, message = '', path = '', at = ''] = AT_END.exec(line) ?? [];
    if (at !== '') this.add({ path, line: Number(at), column: 1 }, message, severityOf(message));
    else this.heading = line;
  }

  private readTrace(line: string): boolean {
    const [, path, at = ''] = PYTHON_FRAME.exec(line) ?? [];
    if (path !== undefined) {
      this.pythonFrames.push({ path, line: Number(at), column: 1 });
      return true;
    }
    if (this.pythonFrames.length > 0) {
      if (!PYTHON_MESSAGE.test(line)) return /^\s/.test(line);
      // The innermost comes last; a caller of it may be the one to change.
      for (const frame of this.pythonFrames.reverse()) this.add(frame, line, 'error');
      this.pythonFrames = [];
      return true;
    }
    const [, script, place = ''] = NODE_PLACE.exec(line) ?? [];
    if (script !== undefined) {
      this.nodePlace = { path: script, line: Number(place), column: 1 };
      return true;
    }
    if (NODE_MESSAGE.test(line)) {
      if (this.nodePlace !== undefined) this.add(this.nodePlace, line, 'error');
      this.nodePlace = undefined;
      this.nodeMessage = line;
      return true;
    }
    const [, file, row = '', column = ''] = NODE_FRAME.exec(line) ?? [];
    if (file === undefined) return false;
    if (this.nodeMessage !== undefined)
      this.add({ path: file, line: Number(row), column: Number(column) }, this.nodeMessage, 'error');
    return true;
  }

  private readRust(line: string): boolean {
    const [, level, code, text = ''] = RUST_MESSAGE.exec(line) ?? [];
    if (level !== undefined) {
      this.rust = { severity: severityOf(level), message: code === undefined ? text : `${code}: ${text}` };
      return true;
    }
    const [, path, row = '', column = ''] = RUST_PLACE.exec(line) ?? [];
    if (path === undefined) return false;
    if (this.rust !== undefined)
      this.add({ path, line: Number(row), column: Number(column) }, this.rust.message, this.rust.severity);
    this.rust = undefined;
    return true;
  }

  private readStylish(line: string): boolean {
    const [, row, column = '', level = '', text = ''] = STYLISH_PLACE.exec(line) ?? [];
    if (row === undefined || this.heading === '') return false;
    this.add(
      { path: this.heading.trim(), line: Number(row), column: Number(column) },
      text,
      severityOf(level),
    );
    return true;
  }

  private add({ path, line, column }: Frame, message: string, severity: 'error' | 'warning'): void {
    const text = message.replace(/\s+/g, ' ').trim().slice(0, MAX_MESSAGE_LENGTH);
    const isKnown = this.messages.some(
      (each) => each.path === path && each.line === line && each.column === column && each.message === text,
    );
    if (line >= 1 && text !== '' && !isKnown)
      this.messages.push({ path, line, column, message: text, severity });
  }
}

function severityOf(level: string): 'error' | 'warning' {
  return /^warn/i.test(level) || /\bwarning\b/i.test(level) ? 'warning' : 'error';
}

/** Times (`12:30:05 …`) and labels (`Note: 3: …`) have the same form. */
function isPath(path: string): boolean {
  return /[./\\]/.test(path) && !/^\d+$/.test(path) && !/^\w+:\/\//.test(path);
}
