import type { Model, Token } from '../../model/model.js';

export interface AnswerPiece {
  readonly kind: 'thinking' | 'text';
  readonly text: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Tells a model's thoughts from its answer, while both stream in and the tags may be cut anywhere. A thought is one
 * only at the very start: an answer may well write about `<think>`.
 */
export class ThinkingSplitter {
  private state: 'start' | 'thinking' | 'text';
  /** What can't be told yet: blanks, or the beginning of a tag. */
  private held = '';
  private hasThought = false;

  /** @param isOpen whether the prompt has opened the thought already */
  constructor(isOpen: boolean) {
    this.state = isOpen ? 'thinking' : 'start';
  }

  /** Whether what comes next, or is held back, may be of the answer. */
  get isInText(): boolean {
    return this.state === 'text' || (this.state === 'start' && this.held.trim() !== '');
  }

  push(text: string): readonly AnswerPiece[] {
    this.held += text;
    const pieces: AnswerPiece[] = [];
    let before: string;
    do {
      before = this.state;
      pieces.push(...this.step());
    } while (this.state !== before);
    return pieces;
  }

  /** What is left when the model has ended. */
  flush(): readonly AnswerPiece[] {
    const text = this.state === 'thinking' ? this.held.trimEnd() : this.held;
    this.held = '';
    if (text.trim() === '' && this.state !== 'text') return [];
    return text === '' ? [] : [{ kind: this.state === 'thinking' ? 'thinking' : 'text', text }];
  }

  private step(): readonly AnswerPiece[] {
    switch (this.state) {
      case 'start':
        return this.atStart();
      case 'thinking':
        return this.inThought();
      case 'text': {
        const text = this.held;
        this.held = '';
        return text === '' ? [] : [{ kind: 'text', text }];
      }
    }
  }

  private atStart(): readonly AnswerPiece[] {
    const text = this.held.trimStart();
    if (text.startsWith(OPEN)) {
      this.held = text.slice(OPEN.length);
      this.state = 'thinking';
    } else if (text.startsWith(CLOSE)) {
      // Told not to think, some models still close the thought that they didn't open.
      this.held = text.slice(CLOSE.length);
      return this.atStart();
    } else if (!OPEN.startsWith(text) && !CLOSE.startsWith(text)) {
      this.held = text;
      this.state = 'text';
    }
    return [];
  }

  private inThought(): readonly AnswerPiece[] {
    const end = this.held.indexOf(CLOSE);
    if (end >= 0) {
      const thought = this.thought(this.held.slice(0, end).trimEnd());
      this.held = this.held.slice(end + CLOSE.length);
      // What follows is the answer, or an opening tag once more.
      this.state = 'start';
      return thought;
    }
    // Blanks at the end may be the last before the tag, and the tag may have begun.
    const sure = this.held.slice(0, this.held.length - startedTag(this.held)).trimEnd();
    const thought = this.thought(sure);
    this.held = this.held.slice(sure.length);
    return thought;
  }

  private thought(text: string): readonly AnswerPiece[] {
    const piece = this.hasThought ? text : text.trimStart();
    if (piece === '') return [];
    this.hasThought = true;
    return [{ kind: 'thinking', text: piece }];
  }
}

/** Length of the closing tag's beginning that the text ends with. */
function startedTag(text: string): number {
  for (let length = Math.min(CLOSE.length - 1, text.length); length > 0; length--)
    if (text.endsWith(CLOSE.slice(0, length))) return length;
  return 0;
}

/**
 * Some vocabularies have the thinking tags as control tokens, which have no text of their own when detokenized.
 * @returns the text of those that would get lost
 */
export function thinkTagTexts(model: Pick<Model, 'tokenize' | 'detokenize'>): ReadonlyMap<Token, string> {
  const tags = new Map<Token, string>();
  for (const text of ['<think>', '</think>']) {
    const [token, ...rest] = model.tokenize(text, true);
    if (token !== undefined && rest.length === 0 && model.detokenize([token]) === '') tags.set(token, text);
  }
  return tags;
}
