import { fill } from '../../protocol/chatStrings.js';
import { ApiKey } from './server/apiKey.js';
import { BrowserHost } from './browserHost.js';
import type { BrowserSettings } from './settings/browserSettings.js';
import { BrowserView } from './browserView.js';
import { ChatSession } from './chatSession.js';
import type { Conversation } from '../../protocol/keptConversation.js';
import type { ConversationArea } from './history/conversationArea.js';
import { ConversationStore } from './history/conversationStore.js';
import { HistoryActions } from './history/historyActions.js';
import { PageRequests } from './pageRequests.js';
import { Preferences } from './settings/preferences.js';
import { ServerAnswers } from './server/serverAnswers.js';
import type { ServerFailure } from './server/serverFailure.js';
import { ServerHealth } from './server/serverHealth.js';
import type { Toast } from './toast.js';
import { WebStorage } from './settings/webStorage.js';
import type { BrowserWords } from './words/browserWords.js';

const CURRENT = 'youtu.conversation';
const UNSAVED = 'youtu.unsaved';

/** The page in a browser: builds its parts and connects them. */
export class BrowserPage {
  private readonly local = new WebStorage('local');
  private readonly tab = new WebStorage('session');
  private readonly preferences = new Preferences(this.local);
  private readonly key = new ApiKey(this.tab);
  private readonly words = (): BrowserWords => this.preferences.words;
  private readonly toast = (): Toast => this.view.frame.toast;
  private readonly health: ServerHealth;
  private readonly store: ConversationStore;
  private readonly session: ChatSession;
  private readonly history: HistoryActions;
  private readonly host: BrowserHost;
  private view: BrowserView;
  /** The last answer failed for want of a key: it is made again once there is one. */
  private isWaitingForKey = false;

  constructor(area: ConversationArea) {
    this.health = new ServerHealth(this.key, this.words, {
      onStatus: (status) => this.host.show({ kind: 'status', status }),
      onKeyNeeded: () => this.view.keyDialog.open(),
    });
    this.store = new ConversationStore(area, {
      onChanged: (ids) => void this.followStore(ids),
      onDamaged: (count) => this.toast().show(fill(this.words().damaged, count)),
      onSaveFailed: () => this.toast().show(this.words().saveFailed),
    });
    this.session = new ChatSession({
      answers: new ServerAnswers(this.key, () => this.preferences.settings, this.words),
      save: (conversation, isUrgent) => this.save(conversation, isUrgent),
      show: (message) => this.host.show(message),
      onFailed: (failure) => this.failed(failure),
      onOpened: (conversation) => this.opened(conversation),
    });
    this.history = new HistoryActions(this.session, this.store, this.toast, this.words);
    const requests = new PageRequests({
      session: this.session,
      toast: this.toast,
      words: this.words,
      onReady: () => this.tellAll(),
      onAccepted: (request) => this.host.show({ kind: 'accepted', request }),
      askForKey: () => this.view.keyDialog.open(),
    });
    this.host = new BrowserHost(this.tab, (message) => void requests.handle(message));
    this.view = this.newView();
    // A page that is hidden may end without being asked again.
    document.addEventListener('visibilitychange', () => void this.store.flush());
    window.addEventListener('pagehide', () => {
      this.tab.set(UNSAVED, this.store.unsavedText);
      void this.store.flush();
    });
  }

  /** @param isKept whether the browser keeps the conversations */
  async start(isKept: boolean): Promise<void> {
    try {
      await this.restore();
    } catch {
      // The page is as good as before without them.
      this.toast().show(this.words().unreadable);
    }
    if (!isKept) this.toast().show(this.words().notKept);
    this.view.show(this.host);
    this.focus();
    await this.health.look();
  }

  /** Opens the conversation that was open in this tab. */
  private async restore(): Promise<void> {
    const left = this.tab.get(UNSAVED);
    this.tab.set(UNSAVED, undefined);
    if (left !== undefined) await this.store.saveLeft(left);
    await this.store.readList();
    const id = this.tab.get(CURRENT);
    const conversation = id === undefined ? undefined : await this.store.load(id);
    if (conversation !== undefined) this.session.open(conversation);
  }

  private newView(): BrowserView {
    const { history, session } = this;
    return new BrowserView(
      this.words(),
      {
        frame: {
          onNew: () => {
            this.toast().hide();
            session.open();
          },
          onOpen: (id) => void history.open(id),
          onDelete: (id) => void history.remove(id),
          onDeleteAll: () => void history.clear(),
          onExport: () => history.export(),
          onExportAll: () => void history.exportAll(),
          onSettings: () => this.view.settingsDialog.open(this.preferences.settings, this.key.value),
        },
        settings: {
          onChange: (change) => this.changeSettings(change),
          onKey: (key) => this.useKey(key),
        },
      },
      this.local,
    );
  }

  private tellAll(): void {
    const { turns } = this.session.conversation;
    this.host.show({
      kind: 'init',
      strings: this.words().chat,
      turns,
      status: this.health.status,
      attachments: [],
      draft: { text: '', revision: 0 },
    });
    this.showList();
  }

  private showList(): void {
    this.view.frame.show(this.store.list, this.session.conversation);
  }

  /** @param ids what another tab has changed */
  private async followStore(ids: readonly string[]): Promise<void> {
    this.showList();
    const { id } = this.session.conversation;
    const isOpen = (): boolean => id === this.session.conversation.id && !this.session.isAnswering;
    if (!ids.includes(id) || !isOpen()) return;
    const changed = await this.store.load(id);
    if (isOpen()) this.session.open(changed);
  }

  private opened({ id }: Conversation): void {
    this.tab.set(CURRENT, id);
    this.showList();
    this.view.frame.showChat();
    this.focus();
  }

  /** Not on a phone, where the keyboard would cover half of the page. */
  private focus(): void {
    if (matchMedia('(pointer: fine)').matches) this.host.show({ kind: 'focus' });
  }

  private save(conversation: Conversation, isUrgent: boolean): void {
    if (isUrgent) this.tab.set(CURRENT, conversation.id);
    this.store.save(conversation, isUrgent);
  }

  private failed({ needsKey }: ServerFailure): readonly string[] {
    this.isWaitingForKey = needsKey;
    if (needsKey) this.view.keyDialog.open();
    // Perhaps the server is gone: then the page says so.
    else void this.health.look();
    return needsKey ? [this.words().enterKey] : [];
  }

  private useKey(key: string): void {
    this.key.value = key;
    void this.health.look();
    const last = this.session.conversation.turns.at(-1);
    if (this.isWaitingForKey && last !== undefined) void this.session.retry(last.id);
    this.isWaitingForKey = false;
  }

  private changeSettings(change: Partial<BrowserSettings>): void {
    const before = this.words();
    this.preferences.change(change);
    if (this.words() === before) return;
    this.view = this.newView();
    this.view.show(this.host);
    this.view.settingsDialog.open(this.preferences.settings, this.key.value, 'language');
    void this.health.look();
  }
}
