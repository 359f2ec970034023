import { conversationTitle, type Conversation } from '../../chatCore/conversation.js';
import type { ConversationSummary } from '../../chatCore/conversationStore.js';
import { showChat } from '../chatApp.js';
import { element, iconButton, type IconName } from '../elements.js';
import type { BrowserHost } from './browserHost.js';
import { Drawer } from './history/drawer.js';
import { HistoryPanel, type HistoryEvents } from './history/historyPanel.js';
import { KeyDialog } from './server/apiKey.js';
import { SettingsDialog, type SettingsEvents } from './settings/settingsDialog.js';
import { Toast } from './toast.js';
import type { WebStorage } from './webStorage.js';
import type { BrowserWords } from './words/browserWords.js';

interface FrameEvents extends HistoryEvents {
  readonly onExport: () => void;
  readonly onSettings: () => void;
}

/** The frame of the chat in a browser: the list of conversations at the side, a bar at the top. */
class BrowserFrame {
  /** The chat's container. */
  readonly stage = element('div', { class: 'stage' });
  readonly element: HTMLElement;
  readonly toast: Toast;
  private readonly history: HistoryPanel;
  private readonly drawer: Drawer;
  private readonly title = element('h1');
  private readonly export: HTMLButtonElement;

  constructor(words: BrowserWords, events: FrameEvents, storage: WebStorage) {
    const button = (name: IconName, label: string, onClick: () => void): HTMLButtonElement => {
      const created = iconButton(name, label);
      created.addEventListener('click', onClick);
      return created;
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
      { panel: this.history.element, rest, opener, closer: this.history.close, duplicate: start },
      { open: words.openHistory, close: words.closeHistory },
      storage,
    );
    this.element = element('div', { class: 'frame' }, this.history.element, this.drawer.scrim, rest);
  }

  show(list: readonly ConversationSummary[], current: Conversation): void {
    const title = conversationTitle(current.turns);
    this.title.textContent = title === '' ? 'Youtu Code' : title;
    document.title = title === '' ? 'Youtu Code' : `${title} - Youtu Code`;
    this.export.disabled = current.turns.length === 0;
    this.history.show(list, current.id);
  }

  /** Closes the list where it covers the chat. */
  showChat(): void {
    this.drawer.closeIfCovering();
  }
}

interface ViewEvents {
  readonly frame: FrameEvents;
  readonly settings: SettingsEvents;
}

/** Everything visible on the page, in one language. Another language needs a new one. */
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
