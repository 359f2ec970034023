import type { ChatStrings } from '../protocol/chatStrings.js';
import type { ChatAttachment } from '../protocol/chatTurn.js';
import { element } from './element.js';
import { highlight } from './highlight.js';

/** Code that went with a question: its place as a link, the code itself behind a click. */
export function attachmentView(attachment: ChatAttachment, strings: ChatStrings): HTMLElement {
  const code = element('code', {}, attachment.code);
  const details = element(
    'details',
    {},
    element('summary', {}, strings.showCode),
    element('pre', { tabindex: '0' }, code),
  );
  // Colours cost time, and most code is never looked at here.
  details.addEventListener('toggle', () => highlight(code, attachment.languageId), { once: true });
  return element('div', { class: 'attachment' }, placeLabel(attachment), details);
}

/** The attachment's name; a link where it has a place to go to. */
export function placeLabel({ id, label, place }: ChatAttachment): HTMLElement {
  return place === undefined
    ? element('span', { class: 'place' }, label)
    : element(
        'button',
        { type: 'button', class: 'link place', 'data-action': 'openPlace', 'data-id': id },
        label,
      );
}
