/** Counts brackets: of a text that arrives in pieces, and of a whole one. Strings and comments are passed over. */
import { codeOnly } from './codeOnly.js';
import { languageOf, type Language } from './languageOf.js';

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const QUOTES = new Set(['"', "'", '`']);

interface Opener {
  readonly character: string;
  /** For a quote: what opens code inside its string; empty where nothing does. */
  readonly interpolation: string;
}

/** A bracket or quote that closes what was open before the scan's mark, or nothing. */
export interface ExcessCloser {
  readonly character: string;
  /** Its offset in the text since the mark. */
  readonly at: number;
}

/**
 * Follows brackets, quotes and line comments through a text that arrives in pieces. Good enough for a few lines: a
 * quote that isn't closed ends with its line, except in template strings, and block comments are not known.
 */
export class BracketScanner {
  /** Openers, the outermost first. A quote on top means that the scan is inside a string. */
  private readonly open: Opener[] = [];
  private base = 0;
  private at = 0;
  private isEscaped = false;
  private isComment = false;
  private last = '';
  private readonly language: Language;
  private readonly comment: string;
  private readonly found: ExcessCloser[] = [];

  constructor(languageId: string) {
    this.language = languageOf(languageId);
    this.comment = this.language.isProse ? '' : this.language.lineComment;
  }

  /** What is open, the innermost last. */
  get opened(): readonly string[] {
    return this.open.map(({ character }) => character);
  }

  /** What has closed something that was open before the mark, or nothing at all. */
  get excess(): readonly ExcessCloser[] {
    return this.found;
  }

  /** Whether the text since the mark has closed all that it opened, and doesn't end in a string or comment. */
  get isLevel(): boolean {
    return this.open.length <= this.base && !this.isInString && !this.isComment;
  }

  private get isInString(): boolean {
    return QUOTES.has(this.open.at(-1)?.character ?? '');
  }

  /** From here on, closing what was opened earlier is excess. */
  mark(): void {
    this.base = this.open.length;
    this.at = 0;
    this.found.length = 0;
  }

  push(text: string): this {
    for (const character of text) {
      this.take(character);
      this.last = character;
      this.at += character.length;
    }
    return this;
  }

  private take(character: string): void {
    if (character === '\n') {
      this.endLine();
      return;
    }
    if (this.isComment) return;
    if (this.isEscaped) {
      this.isEscaped = false;
      return;
    }
    if (this.isInString) {
      this.takeInString(character);
      return;
    }
    if (this.beginsComment(character)) this.isComment = true;
    else if (this.isQuote(character))
      this.open.push({ character, interpolation: this.interpolation(character) });
    else if ('([{'.includes(character)) this.open.push({ character, interpolation: '' });
    else if (character in OPENING) this.close(character, OPENING[character] ?? '');
  }

  private takeInString(character: string): void {
    const string = this.open.at(-1);
    if (character === '\\') this.isEscaped = true;
    else if (string?.interpolation !== '' && (this.last + character).endsWith(string?.interpolation ?? ''))
      this.open.push({ character: '{', interpolation: '' });
    else if (character === string?.character) this.close(character, character);
  }

  private interpolation(quote: string): string {
    if (quote === '`') return '${';
    const { interpolation, interpolationPrefix } = this.language;
    if (interpolationPrefix !== '')
      return this.last !== '' && interpolationPrefix.includes(this.last) ? interpolation : '';
    return quote === '"' ? interpolation : '';
  }

  private close(character: string, opener: string): void {
    const isOwn = this.open.length > this.base;
    if (this.open.at(-1)?.character !== opener) {
      // A mismatch. It is ignored while the text has something open of its own.
      if (!isOwn) this.found.push({ character, at: this.at });
      return;
    }
    this.open.pop();
    if (isOwn) return;
    this.base = this.open.length;
    this.found.push({ character, at: this.at });
  }

  private endLine(): void {
    this.isComment = false;
    this.isEscaped = false;
    if (this.isInString && this.open.at(-1)?.character !== '`') {
      this.open.pop();
      this.base = Math.min(this.base, this.open.length);
    }
  }

  private beginsComment(character: string): boolean {
    const { comment } = this;
    if (comment === '') return false;
    // A quote begins strings too: it is left to the strings.
    if (comment.length === 1) return character === comment && comment !== '"' && /^\s?$/.test(this.last);
    return this.last + character === comment;
  }

  private isQuote(character: string): boolean {
    if (!QUOTES.has(character)) return false;
    if (character === "'") return this.language.apostrophe !== 'alone';
    return character !== '`' || this.language.hasBackticks;
  }
}

/**
 * The brackets of a whole text that nothing closes, and those that close nothing: `({` or `}`; empty when all is
 * balanced, and in languages where brackets needn't be.
 */
export function unbalancedBrackets(text: string, languageId: string): string {
  const language = languageOf(languageId);
  if (language.isProse || language.hasUnpairedBrackets) return '';
  const open: string[] = [];
  let surplus = '';
  for (const character of codeOnly(text, language)) {
    if ('([{'.includes(character)) open.push(character);
    else if (character in OPENING) {
      if (open.at(-1) === OPENING[character]) open.pop();
      else surplus += character;
    }
  }
  return surplus + open.join('');
}
