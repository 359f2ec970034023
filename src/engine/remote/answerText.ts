import { CONTROL_TEXT } from './infillFamilies.js';

/** No control token that is known has a longer text. */
const MAX_CONTROL_LENGTH = 48;

/**
 * A server's text on its way to the user: what repeats the end of the prompt is taken off, and a control token, which a
 * server with a wrong template lets through, ends it.
 */
export class AnswerText {
  private held = '';
  private repeated: string;
  isEnded = false;

  /** @param repeats the end of the prompt that was not sent, or that the answer may begin with once more */
  constructor(
    repeats: string,
    private readonly isCertain: boolean,
  ) {
    this.repeated = repeats;
  }

  /** Takes a piece; returns what of the text may be shown by now. */
  push(piece: string): string {
    if (this.isEnded) return '';
    this.held += piece;
    const control = CONTROL_TEXT.exec(this.held);
    if (control !== null) {
      this.isEnded = true;
      const before = this.held.slice(0, control.index);
      this.held = '';
      return this.withoutRepeated(before, true);
    }
    const sure = this.held.slice(0, this.held.length - startedControl(this.held));
    const out = this.withoutRepeated(sure, false);
    if (this.repeated === '') this.held = this.held.slice(sure.length);
    return out;
  }

  /** What was held back at the end. */
  flush(): string {
    const { held, isEnded } = this;
    this.held = '';
    this.isEnded = true;
    return isEnded ? '' : this.withoutRepeated(held, true);
  }

  /** @param isWhole whether nothing more will come */
  private withoutRepeated(text: string, isWhole: boolean): string {
    const { repeated } = this;
    if (repeated === '') return text;
    if (!isWhole && text.length < repeated.length && repeated.startsWith(text)) return '';
    this.repeated = '';
    if (text.startsWith(repeated)) return text.slice(repeated.length);
    // The end of the prompt wasn't sent: an answer that disagrees belongs to another place, except for its blanks.
    if (this.isCertain && repeated.trim() === '') return text.replace(/^[ \t]+/, '');
    if (!this.isCertain) return text;
    this.isEnded = true;
    return '';
  }
}

/** Length of what may become a control token's text, at the end. */
function startedControl(text: string): number {
  const start = Math.max(text.lastIndexOf('<'), text.lastIndexOf('['));
  if (start < 0 || text.length - start > MAX_CONTROL_LENGTH) return 0;
  return /^(?:<(?:[|\uFF5C][^|\uFF5C\n>]*[|\uFF5C]?|[a-zA-Z_]*)|\[[A-Z]*)$/u.test(text.slice(start))
    ? text.length - start
    : 0;
}
