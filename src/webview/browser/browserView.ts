import { element, iconButton, type IconName } from '../elements.js';
import type { ConversationSummary } from '../../chatCore/conversationStore.js';
import { conversationTitle, type Conversation } from '../../chatCore/conversation.js';
import { Drawer } from './history/drawer.js';
import { HistoryPanel, type HistoryEvents } from './history/historyPanel.js';
import { Toast } from './toast.js';
import type { WebStorage } from './webStorage.js';
import type { BrowserWords } from './words/browserWords.js';

import { showChat } from '../chatApp.js';
import type { BrowserHost } from './browserHost.js';
import { KeyDialog } from './server/apiKey.js';
import { SettingsDialog, type SettingsEvents } from './settings/settingsDialog.js';

export interface FrameEvents extends HistoryEvents {
  readonly onExport: () => void;
  readonly onSettings: () => void;
}

/** What is around the chat in a browser: the list of conversations at the side, a bar above. */
class BrowserFrame {
  /** Where the chat goes. */
  readonly stage = element('div', { class: 'stage' });
  readonly element: HTMLElement;
  readonly toast: Toast;
  private readonly history: HistoryPanel;
  private readonly drawer: Drawer;
  private readonly title = element('h1');
  private readonly export: HTMLButtonElement;

  constructor(words: BrowserWords, events: FrameEvents, storage: WebStorage) {
    const button = (name: IconName, label: string, onClick: () => void): HTMLButtonElement => {
      const made = iconButton(name, label);
      made.addEventListener('click', onClick);
      return made;
    };
    this.toast = new Toast(words.close);
    this.history = new HistoryPanel(words, events);
    this.export = button('export', words.exportMarkdown, events.onExport);
    const opener = iconButton('menu', words.openHistory);
    const start = button('new', words.newChat, events.onNew);
    const settings = button('settings', words.settings, events.onSettings);
    const rest = element(
      'div',
      { class: 'column' },
      element('header', { class: 'top-bar' }, opener, this.title, start, this.export, settings),
      this.toast.element,
      this.stage,
    );
    this.drawer = new Drawer(
      { panel: this.history.element, rest, opener, closer: this.history.close, doubled: start },
      { open: words.openHistory, close: words.closeHistory },
      storage,
    );
    this.element = element('div', { class: 'frame' }, this.history.element, this.drawer.scrim, rest);
  }

  /** The list, and which of it is open. */
  show(list: readonly ConversationSummary[], current: Conversation): void {
    const title = conversationTitle(current.turns);
    this.title.textContent = title === '' ? 'Youtu Code' : title;
    document.title = title === '' ? 'Youtu Code' : `${title} - Youtu Code`;
    this.export.disabled = current.turns.length === 0;
    this.history.show(list, current.id);
  }

  /** Another conversation was chosen: where the list covers the chat, it makes room. */
  showChat(): void {
    this.drawer.closeOver();
  }
}

/** What can happen in the page around the chat. */
export interface ViewEvents {
  readonly frame: FrameEvents;
  readonly settings: SettingsEvents;
}

/** All that is seen, in one language. For another it is made anew. */
export class BrowserView {
  readonly frame: BrowserFrame;
  readonly keyDialog: KeyDialog;
  readonly settingsDialog: SettingsDialog;

  constructor(words: BrowserWords, events: ViewEvents, storage: WebStorage) {
    this.frame = new BrowserFrame(words, events.frame, storage);
    this.keyDialog = new KeyDialog(words, events.settings.onKey);
    this.settingsDialog = new SettingsDialog(words, events.settings);
  }

  show(host: BrowserHost): void {
    document.body.replaceChildren(this.frame.element, this.keyDialog.element, this.settingsDialog.element);
    showChat(host, this.frame.stage);
  }
}
