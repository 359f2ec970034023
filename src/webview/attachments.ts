import { fill, type ChatStrings } from '../protocol/chatStrings.js';
import type { ChatAttachment } from '../protocol/chatTurn.js';
import { visibleText } from '../chatCore/hiddenCharacters.js';
import { markedText, markHiddenCharacters } from './characterMarks.js';
import { element, iconButton } from './elements.js';
import { highlight } from './highlight.js';

/** Code that went with a question: its place as a link, and the code in a part that can be opened. */
export function attachmentView(attachment: ChatAttachment, strings: ChatStrings): HTMLElement {
  const code = element('code', {}, ...markedText(attachment.code));
  const details = element(
    'details',
    {},
    element('summary', {}, strings.showCode),
    element('pre', { tabindex: '0' }, code),
  );
  // Highlighting takes time, and most attachments are never opened.
  const show = (): void => {
    code.textContent = attachment.code;
    highlight(code, attachment.languageId);
    markHiddenCharacters(code);
  };
  details.addEventListener('toggle', show, { once: true });
  return element('div', { class: 'attachment' }, placeLabel(attachment), details);
}

/** The attachment's name; a link where it has a place to go to. */
function placeLabel({ id, label, place }: ChatAttachment): HTMLElement {
  return place === undefined
    ? element('span', { class: 'place' }, visibleText(label))
    : element(
        'button',
        { type: 'button', class: 'link place', 'data-action': 'openPlace', 'data-id': id },
        visibleText(label),
      );
}

/** Code that the next question will carry, each with a button to remove it. */
export function attachmentItems(attachments: readonly ChatAttachment[], strings: ChatStrings): HTMLElement[] {
  return attachments.map((attachment) => {
    const remove = iconButton(
      'close',
      fill(strings.removeAttachment, visibleText(attachment.label)),
      'removeAttachment',
    );
    remove.dataset['id'] = attachment.id;
    return element('li', {}, placeLabel(attachment), remove);
  });
}
