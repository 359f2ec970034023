/** The end of what a command has written, as a person sees it in the terminal. */
import { stripVTControlCharacters } from 'node:util';

/** Of a command that writes without an end, no more is kept. */
const MAX_RAW_LENGTH = 32_000;

/** Collects what a command writes and forgets all but its end. */
export class OutputTail {
  private raw = '';

  push(data: string): void {
    // At twice the length, so that not each piece costs a copy.
    this.raw += data.length > MAX_RAW_LENGTH ? data.slice(-MAX_RAW_LENGTH) : data;
    if (this.raw.length > 2 * MAX_RAW_LENGTH) this.raw = this.raw.slice(-MAX_RAW_LENGTH);
  }

  /** Without colours and other control sequences; of a line that was overwritten, its last version. */
  get text(): string {
    return plainText(this.raw.slice(-MAX_RAW_LENGTH));
  }
}

const [ESCAPE, BELL, BACKSPACE] = [27, 7, 8].map((code) => String.fromCharCode(code));
/** Titles, links, and the marks of VS Code's shell integration, which Node's own function doesn't all know. */
const COMMAND = new RegExp(`${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?`, 'g');
const ERASED = new RegExp(`[^${BACKSPACE}\\n]${BACKSPACE}`, 'g');
const CONTROL = /(?![\t\n])\p{Cc}/gu;

export function plainText(raw: string): string {
  return stripVTControlCharacters(raw.replaceAll(COMMAND, ''))
    .replaceAll(/(?<!\r)\r+\n/g, '\n')
    .replaceAll(ERASED, '')
    .split('\n')
    .map((line) => line.split('\r').findLast((part) => part !== '') ?? '')
    .join('\n')
    .replaceAll(CONTROL, '')
    .trim();
}

/** The last lines of a text, at most so many characters. */
export function lastLines(text: string, maxLines: number, maxLength: number): string {
  const lines = text.split('\n').slice(-maxLines);
  while (lines.length > 1 && lines.join('\n').length > maxLength) lines.shift();
  return lines.join('\n').slice(-maxLength);
}

const SECRETS: readonly (readonly [RegExp, string])[] = [
  // `KEY=…` and `"password": "…"`, `--token …`, and headers.
  [
    /((?:(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\w-]{0,40})["']?\s*(?:[=:]\s*|\s(?=[^\s-]))["']?)(?!\$)([^\s"'&|;,]{6,})/gi,
    '$1***',
  ],
  [/\b((?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi, '$1***'],
  [/((?<=\w):\/\/[^\s/:@]+:)[^\s/@]+@/g, '$1***@'],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|sk-|xox[abprs]-|npm_|AKIA|ASIA|AIza)[\w-]{10,}/g, '***'],
  [/\beyJ[\w-]{8,400}\.[\w-]{8,}\.[\w-]*/g, '***'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '***'],
];

/** Chats are saved on this machine: what looks like a password or a key isn't put into one. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((result, [pattern, replacement]) => result.replaceAll(pattern, replacement), text);
}
