import type { Model, Token } from '../../model/model.js';

/** How bytes are written that make no character, or no whole one yet. */
const UNFINISHED = '\uFFFD';
/** No character is longer than this many bytes, so none takes more tokens. */
const MAX_CHARACTER_LENGTH = 4;
/** Tokens kept before those that are new: a vocabulary may write a token differently at the very start. */
const KEPT = 4;

/** Turns tokens into text piece by piece; a character that spans tokens comes out whole or not yet. */
export class TextStream {
  private tokens: Token[] = [];
  /** Characters of those tokens' text that are out. */
  private sent = 0;
  /** Tokens since the text last ended with a whole character. */
  private unfinished = 0;

  constructor(private readonly model: Pick<Model, 'detokenize'>) {}

  push(token: Token): string {
    this.tokens.push(token);
    const text = this.model.detokenize(this.tokens);
    if (!text.endsWith(UNFINISHED)) {
      this.unfinished = 0;
      const out = text.slice(this.sent);
      this.sent = text.length;
      this.forget();
      return out;
    }
    this.unfinished++;
    // What stays unfinished for longer never was a character, or the model has written U+FFFD itself.
    const settled =
      this.unfinished >= MAX_CHARACTER_LENGTH ? text.length - 1 : text.replace(/\uFFFD+$/, '').length;
    const out = text.slice(this.sent, settled);
    this.sent = Math.max(this.sent, settled);
    if (this.tokens.length > 4 * KEPT) this.keepLast(KEPT);
    return out;
  }

  /** What is left at the end, without a character that the end has cut off. */
  flush(): string {
    const text = this.model.detokenize(this.tokens);
    const out = text.slice(this.sent).replaceAll(UNFINISHED, '');
    this.sent = text.length;
    return out;
  }

  /** Leaves out old tokens, where the rest still begins with a whole character. */
  private forget(): void {
    if (this.tokens.length <= 2 * KEPT) return;
    for (let count = KEPT; count < 2 * KEPT; count++) {
      if (this.model.detokenize(this.tokens.slice(-count)).startsWith(UNFINISHED)) continue;
      this.keepLast(count);
      return;
    }
  }

  private keepLast(count: number): void {
    this.tokens = this.tokens.slice(-count);
    const text = this.model.detokenize(this.tokens);
    this.sent = text.endsWith(UNFINISHED) ? text.length - 1 : text.length;
  }
}
