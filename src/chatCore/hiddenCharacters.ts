/**
 * Characters that can't be seen, or that change how others are shown: what is read isn't what a compiler or a model
 * reads. Those of ordinary writing are left alone: emoji made of several characters, joiners of Persian and Indic
 * scripts, variants of Chinese characters.
 */

/** A piece of a text: as it is, or hidden characters, `label` being what to show for them. */
export interface TextPart {
  readonly text: string;
  readonly label?: string;
}

/** Labels of a longer run: it may be a whole hidden text. */
const MAX_LABELS = 8;

/** Ranges of code points; joined, since some of them would combine with each other in a written class. */
const RANGES = [
  // Control characters but tab and line ends.
  String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`,
  // Bidirectional controls, separators of lines, and blanks and joiners without a width.
  String.raw`\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB`,
  // Soft hyphen, combining joiner, fillers, inherent vowels, format controls of shorthand and music.
  String.raw`\u00AD\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}`,
  // Variation selectors and tags.
  String.raw`\u180B-\u180F\uFE00-\uFE0F\u{E0000}-\u{E0FFF}`,
];
// eslint-disable-next-line no-misleading-character-class -- each is looked for by itself
const HIDDEN = new RegExp(`[${RANGES.join('')}]`, 'u');

/**
 * Sequences of ordinary writing that contain some of them: flags of countries' parts, emoji with variants and joiners,
 * letters that are joined or kept apart, variants of Chinese and Mongolian characters.
 */
const ORDINARY = [
  String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`,
  String.raw`[\p{Extended_Pictographic}#*0-9][\uFE0E\uFE0F]?[\u20E3\p{Emoji_Modifier}]?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)*`,
  String.raw`(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}])[\u200C\u200D](?=[\p{L}\p{M}\s]|$)`,
  String.raw`\p{Script=Han}[\uFE00-\uFE02\u{E0100}-\u{E01EF}]`,
  String.raw`\p{Script=Mongolian}[\u180B-\u180D\u180F]`,
];

// eslint-disable-next-line no-misleading-character-class -- each is looked for by itself
const PART = new RegExp(`(?<ordinary>${ORDINARY.join('|')})|(?<hidden>(?:${HIDDEN.source})+)`, 'gu');

export function hasHiddenCharacters(text: string): boolean {
  return HIDDEN.test(text) && textParts(text).some(({ label }) => label !== undefined);
}

/** The text's parts, in order; together they are the text. */
export function textParts(text: string): readonly TextPart[] {
  if (!HIDDEN.test(text)) return [{ text }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(PART)) {
    const hidden = match.groups?.['hidden'];
    if (hidden === undefined) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: hidden, label: labelOf(hidden) });
    end = match.index + hidden.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** The text with labels such as `[U+202E]` in place of hidden characters, for places that show plain text. */
export function visibleText(text: string): string {
  return textParts(text)
    .map((part) => (part.label === undefined ? part.text : `[${part.label}]`))
    .join('');
}

/** The code points of all hidden characters; empty where there are none. */
export function hiddenCharacterLabels(text: string): string {
  const hidden = textParts(text).filter(({ label }) => label !== undefined);
  return hidden.length === 0 ? '' : labelOf(hidden.map((part) => part.text).join(''));
}

function labelOf(hidden: string): string {
  const codes = [...hidden].map((character) => character.codePointAt(0) ?? 0);
  const labels = codes
    .slice(0, MAX_LABELS)
    .map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  const rest = codes.length - labels.length;
  return `${labels.join(' ')}${rest > 0 ? ` +${rest}` : ''}`;
}
