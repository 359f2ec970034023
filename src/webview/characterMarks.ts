import { textParts } from '../chatCore/hiddenCharacters.js';
import { element } from './elements.js';

const CLASS = 'hidden-character';

/** Shows hidden characters of a text by their code points. */
export function markedText(text: string): readonly (Node | string)[] {
  return textParts(text).map((part) =>
    part.label === undefined
      ? part.text
      : element('span', { class: CLASS, 'data-characters': part.text }, part.label),
  );
}

/** Does so for all texts within a node. */
export function markHiddenCharacters(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode() !== null) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = markedText(text.data);
    if (parts.length !== 1 || typeof parts[0] !== 'string') text.replaceWith(...parts);
  }
}

/** The text with the characters themselves, as it was before they were marked. */
export function unmarkedText(root: Element): string {
  const copy = root.cloneNode(true) as Element;
  for (const mark of copy.querySelectorAll<HTMLElement>(`.${CLASS}`))
    mark.replaceWith(mark.dataset['characters'] ?? '');
  return copy.textContent;
}
