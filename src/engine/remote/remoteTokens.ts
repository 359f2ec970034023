import type { InfillTokens, Token } from '../model/model.js';

/**
 * A server has the vocabulary; here a "token" is up to three characters of text, packed into a number. So prompts are
 * counted, cut and compared as for a model of this machine, and can be read back as text exactly.
 */
const MAX_UNITS = 3;
const UNIT = 0x1_0000;
/** Above the units lies their count, 1 to 3; numbers below this are marks. */
const COUNT = UNIT ** 3;

/** Every token is a number below this. */
export const PACKED_TOKENS = 4 * COUNT;

/** What a template writes between messages; private-use characters, which no message can turn into a mark. */
const MARK_NAMES = ['system', 'user', 'assistant', 'think', 'answer'] as const;

export type Mark = (typeof MARK_NAMES)[number];

const FIRST_INFILL = MARK_NAMES.length;

export const INFILL_MARKS: Required<Omit<InfillTokens, 'repository'>> = {
  prefix: FIRST_INFILL,
  suffix: FIRST_INFILL + 1,
  middle: FIRST_INFILL + 2,
  fileSeparator: FIRST_INFILL + 3,
};

const [OPEN, CLOSE] = ['\u{E012}', '\u{E013}'];
const MARKS = new RegExp(`${OPEN}(${MARK_NAMES.join('|')})${CLOSE}`, 'u');

/** Conversations in a form of this project's own, from which {@link readPrompt} gets the messages back. */
export const MARKED_TEMPLATE =
  `{% for message in messages %}${OPEN}{{ message.role }}${CLOSE}{{ message.content }}{% endfor %}` +
  `{% if enable_thinking %}${OPEN}think${CLOSE}{% endif %}${OPEN}answer${CLOSE}`;

/** @param special whether marks become tokens of their own */
export function packedTokens(text: string, special: boolean): Token[] {
  if (!special) return pack(text);
  return text
    .split(MARKS)
    .flatMap((part, index) => (index % 2 === 1 ? [MARK_NAMES.indexOf(part as Mark)] : pack(part)));
}

/** The text of tokens; marks have none. */
export function unpacked(tokens: readonly Token[]): string {
  return tokens.map(textOf).join('');
}

export function isMark(token: Token): boolean {
  return token < COUNT;
}

export function markOf(token: Token): Mark | undefined {
  return MARK_NAMES[token];
}

function pack(text: string): Token[] {
  const tokens: Token[] = [];
  let units: number[] = [];
  const flush = (): void => {
    if (units.length > 0)
      tokens.push(units.length * COUNT + units.reduce((value, unit) => value * UNIT + unit, 0));
    units = [];
  };
  for (const character of text) {
    const own = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
    // A character beyond ASCII is about a token in most vocabularies.
    const isAlone = own.length > 1 || (own[0] ?? 0) > 0x7f;
    if (isAlone) flush();
    units.push(...own);
    if (isAlone || units.length >= MAX_UNITS) flush();
  }
  flush();
  return tokens;
}

function textOf(token: Token): string {
  const count = Math.floor(token / COUNT);
  let rest = token % COUNT;
  let text = '';
  for (let index = 0; index < count; index++) {
    text = String.fromCharCode(rest % UNIT) + text;
    rest = Math.floor(rest / UNIT);
  }
  return text;
}
