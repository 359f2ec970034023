import type { Model, Token } from '../../../../../src/engine/model/model.js';

type PromptModel = Pick<Model, 'tokenize' | 'bos' | 'bosText' | 'eosText' | 'chatTemplate' | 'device'>;

/** A vocabulary of characters, and of the control tokens that a test names. */
export class CharacterModel implements PromptModel {
  readonly device = { kind: 'vulkan', offloadedLayers: 1, totalLayers: 1, build: 'test' } as const;
  readonly bos: Token | undefined;
  readonly bosText: string;
  readonly eosText = '';
  readonly chatTemplate: string | undefined;

  constructor(
    private readonly controls: readonly string[],
    { template, bosText = '' }: { readonly template?: string; readonly bosText?: string } = {},
  ) {
    this.chatTemplate = template;
    this.bosText = bosText;
    this.bos = bosText === '' ? undefined : this.control(bosText);
  }

  /** The number of a control token. */
  control(name: string): Token {
    return -1 - this.controls.indexOf(name);
  }

  tokenize(text: string, special: boolean): Token[] {
    const tokens: Token[] = [];
    for (let rest = text; rest !== '';) {
      const name = special ? this.controls.find((control) => rest.startsWith(control)) : undefined;
      const [character = ''] = rest;
      tokens.push(name === undefined ? (character.codePointAt(0) ?? 0) : this.control(name));
      rest = rest.slice(name === undefined ? character.length : name.length);
    }
    return tokens;
  }

  /** Tokens as text, with control tokens in ⟦…⟧ to distinguish them from text that looks the same. */
  show(tokens: readonly Token[]): string {
    return tokens
      .map((token) => (token < 0 ? `⟦${this.controls[-1 - token] ?? ''}⟧` : String.fromCodePoint(token)))
      .join('');
  }
}
