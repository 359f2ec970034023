import type { Model, Token, TokenConstraint } from '../model/model.js';

/**
 * The pieces that byte-pair vocabularies of GPT's family are made from: a text cut inside such a piece is
 * tokenized unlike anything the model has learned.
 */
const PIECE = /[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}+| ?[^\s\p{L}\p{N}]+|\s/gu;
/** Longer pieces (a sentence in Chinese) would cost a decoded token each few characters. */
const MAX_HEALED_LENGTH = 24;

/** Token texts, ordered, for looking up what begins with a text. */
export class VocabularyIndex {
  private readonly texts: readonly string[];
  private readonly tokens: readonly Token[];
  private readonly byText: ReadonlyMap<string, Token>;

  constructor(model: Pick<Model, 'vocabulary'>) {
    const entries = [...model.vocabulary()].filter(([, text]) => text !== '' && !text.includes('\uFFFD'));
    entries.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.texts = entries.map(([, text]) => text);
    this.tokens = entries.map(([token]) => token);
    this.byText = new Map(entries.map(([token, text]) => [text, token]));
  }

  /** Tokens that agree with `text`: those that begin with it, and those that it begins with. */
  agreeing(text: string): Token[] {
    const found: Token[] = [];
    for (let length = 1; length < text.length; length++) {
      const token = this.byText.get(text.slice(0, length));
      if (token !== undefined) found.push(token);
    }
    for (let i = this.lowerBound(text); i < this.texts.length; i++) {
      const [candidate, token] = [this.texts[i], this.tokens[i]];
      if (candidate === undefined || token === undefined || !candidate.startsWith(text)) break;
      found.push(token);
    }
    return found;
  }

  /** Whether every character is a token, so that any beginning of the text can be gone on with. */
  canSpell(text: string): boolean {
    return [...text].every((character) => this.byText.has(character));
  }

  private lowerBound(text: string): number {
    let low = 0;
    let high = this.texts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.texts[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The vocabularies of the models in use, each put in order at its first use: that takes some tenths of a second. */
export class VocabularyIndexes {
  private readonly indexes = new WeakMap<Model, VocabularyIndex>();

  of(model: Model): VocabularyIndex {
    let index = this.indexes.get(model);
    if (index === undefined) {
      index = new VocabularyIndex(model);
      this.indexes.set(model, index);
    }
    return index;
  }
}

/** The last piece of a text's last line, perhaps unfinished; empty where there is none, or it is too long to heal. */
export function lastPiece(text: string): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  const line = text.slice(Math.max(lineStart, text.length - 400));
  const piece = [...line.matchAll(PIECE)].at(-1)?.[0] ?? '';
  return piece.length > MAX_HEALED_LENGTH ? '' : piece;
}

/** Where a text is cut so that its last piece, perhaps unfinished, is left to the decoding. */
export function splitForHealing(
  text: string,
  index: VocabularyIndex,
): { readonly kept: string; readonly healedPrefix: string } {
  const healedPrefix = lastPiece(text);
  if (healedPrefix === '' || !index.canSpell(healedPrefix)) return { kept: text, healedPrefix: '' };
  return { kept: text.slice(0, text.length - healedPrefix.length), healedPrefix };
}

/** Lets decoding choose only tokens that agree with the text held back, until it is spelled out. */
export class Healer {
  private rest: string;

  constructor(
    healedPrefix: string,
    private readonly index: VocabularyIndex,
  ) {
    this.rest = healedPrefix;
  }

  readonly tokenConstraint: TokenConstraint = () =>
    this.rest === '' ? undefined : this.index.agreeing(this.rest);

  /** The text that is still to be spelled; empty when healing is over. */
  get pending(): string {
    return this.rest;
  }

  /** Takes a token's text; returns what of it goes beyond the text that was held back. */
  accept(text: string): string {
    if (this.rest === '') return text;
    if (text.startsWith(this.rest)) {
      const beyond = text.slice(this.rest.length);
      this.rest = '';
      return beyond;
    }
    this.rest = this.rest.startsWith(text) ? this.rest.slice(text.length) : '';
    return '';
  }
}
