import type { Model, Token } from '../model/model.js';

const UNFINISHED = '\uFFFD';

/** Turns tokens into text piece by piece; a character that spans tokens comes out whole or not yet. */
export class TextStream {
  /** Tokens whose text isn't out yet. */
  private pending: Token[] = [];
  /** Some tokens before them: a vocabulary may write a token differently at the very start. */
  private context: Token[] = [];

  constructor(private readonly model: Model) {}

  push(token: Token): string {
    this.pending.push(token);
    const before = this.model.detokenize(this.context);
    const text = this.model.detokenize([...this.context, ...this.pending]).slice(before.length);
    // A model may write U+FFFD itself: no character is longer than four tokens.
    if (text.endsWith(UNFINISHED) && this.pending.length < 4) return '';
    this.context = [...this.context, ...this.pending].slice(-4);
    // The context must not begin inside a character.
    while (this.context.length > 0 && this.model.detokenize(this.context).startsWith(UNFINISHED))
      this.context.shift();
    this.pending = [];
    return text;
  }

  /** What is left at the end. */
  flush(): string {
    const before = this.model.detokenize(this.context);
    const text = this.model.detokenize([...this.context, ...this.pending]).slice(before.length);
    this.pending = [];
    return text.replaceAll(UNFINISHED, '');
  }
}
