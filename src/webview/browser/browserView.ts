import { showChat } from '../showChat.js';
import { BrowserFrame, type FrameEvents } from './browserFrame.js';
import type { BrowserHost } from './browserHost.js';
import { KeyDialog } from './server/keyDialog.js';
import { SettingsDialog, type SettingsEvents } from './settings/settingsDialog.js';
import type { WebStorage } from './webStorage.js';
import type { BrowserWords } from './words/browserWords.js';

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
