import type { ConversationSummary } from '../../../chatCore/conversationStore.js';
import { fill } from '../../../protocol/chatStrings.js';
import { element, icon, iconButton, textButton } from '../../elements.js';
import type { BrowserWords } from '../words/browserWords.js';

export interface HistoryEvents {
  readonly onNew: () => void;
  readonly onOpen: (id: string) => void;
  readonly onDelete: (id: string) => void;
  readonly onDeleteAll: () => void;
  readonly onExportAll: () => void;
}

/** The list of stored conversations. */
export class HistoryPanel {
  readonly element: HTMLElement;
  readonly close: HTMLButtonElement;
  private readonly items = element('ul', { class: 'history-list' });
  private readonly none: HTMLElement;
  private readonly footer: HTMLElement;
  private readonly start: HTMLButtonElement;
  private readonly date: Intl.DateTimeFormat;

  constructor(
    private readonly words: BrowserWords,
    private readonly events: HistoryEvents,
  ) {
    this.date = new Intl.DateTimeFormat(words.language, { dateStyle: 'medium', timeStyle: 'short' });
    this.close = iconButton('close', words.closeHistory);
    this.close.classList.add('close-history');
    this.start = textButton('', events.onNew);
    this.start.append(icon('new'), words.newChat);
    this.start.classList.add('with-icon');
    this.none = element('p', { class: 'help' }, words.noChats);
    this.footer = element(
      'div',
      { class: 'buttons' },
      textButton(words.exportAll, events.onExportAll),
      textButton(words.deleteAll, events.onDeleteAll),
    );
    this.element = element(
      'nav',
      { class: 'history', 'aria-label': words.history },
      element('header', { class: 'history-header' }, element('h2', {}, words.history), this.close),
      this.start,
      this.none,
      this.items,
      this.footer,
    );
  }

  show(list: readonly ConversationSummary[], currentId: string): void {
    const focused = this.focusedKey();
    this.none.hidden = list.length > 0;
    this.footer.hidden = list.length === 0;
    this.items.replaceChildren(...list.map((summary) => this.item(summary, summary.id === currentId)));
    if (focused !== undefined) this.restoreFocus(focused);
  }

  private item(
    { id, title, updatedAt, isNewer, isUnsaved }: ConversationSummary,
    isCurrent: boolean,
  ): HTMLElement {
    const { notSaved, newerChatMark } = this.words;
    const mark = isUnsaved ? notSaved : isNewer ? newerChatMark : undefined;
    const name = title === '' ? this.words.untitled : title;
    const open = element(
      'button',
      {
        type: 'button',
        class: 'history-open',
        'data-key': `open ${id}`,
        title: name,
        ...(isCurrent ? { 'aria-current': 'true' } : {}),
      },
      element('span', { class: 'history-title' }, name),
      element(
        'span',
        { class: mark === undefined ? 'history-date' : 'history-date marked' },
        mark ?? this.date.format(updatedAt),
      ),
    );
    open.addEventListener('click', () => this.events.onOpen(id));
    const remove = iconButton('delete', fill(this.words.deleteChat, name));
    remove.dataset['key'] = `delete ${id}`;
    remove.addEventListener('click', () => this.events.onDelete(id));
    return element('li', {}, open, remove);
  }

  private focusedKey(): { readonly key: string; readonly index: number } | undefined {
    const key =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
    const item = [...this.items.children].findIndex((child) => child.contains(document.activeElement));
    return key === undefined || item < 0 ? undefined : { key, index: item };
  }

  /** Focuses the same button if it is still there, otherwise the same kind of button in the item now at its place. */
  private restoreFocus({ key, index }: { readonly key: string; readonly index: number }): void {
    const buttons = [...this.items.querySelectorAll<HTMLElement>('[data-key]')];
    const kind = key.split(' ', 1)[0] ?? '';
    const sameKind = buttons.filter((button) => button.dataset['key']?.startsWith(`${kind} `));
    const same = buttons.find((button) => button.dataset['key'] === key);
    (same ?? sameKind[index] ?? sameKind.at(-1) ?? this.start).focus();
  }
}
