import type { ChatStrings } from '../protocol/chatStrings.js';
import type { ChatTurn, UserTurn } from '../protocol/chatTurn.js';
import { attachmentView } from './attachmentView.js';
import { element } from './element.js';
import type { TurnView } from './turnView.js';

/** A question, as it was typed: no Markdown, so that what looks like some stays what it is. */
export class UserTurnView implements TurnView {
  readonly element: HTMLElement;

  constructor(
    turn: UserTurn,
    private readonly strings: ChatStrings,
  ) {
    this.element = element('article', { class: 'turn user', 'aria-label': strings.you });
    this.update(turn);
  }

  update(turn: ChatTurn): void {
    if (turn.role !== 'user') return;
    this.element.replaceChildren(
      ...turn.attachments.map((attachment) => attachmentView(attachment, this.strings)),
      ...(turn.text.trim() === '' ? [] : [element('div', { class: 'question' }, turn.text)]),
    );
  }
}
