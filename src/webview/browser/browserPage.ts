import { ChatDraft } from '../../chatCore/chatDraft.js';
import { ChatSession, type FailureStep } from '../../chatCore/chatSession.js';
import type { Conversation } from '../../chatCore/conversation.js';
import { ConversationHistory, type Removal } from '../../chatCore/conversationHistory.js';
import type { ConversationArea } from '../../chatCore/conversationArea.js';
import { ConversationStore } from '../../chatCore/conversationStore.js';
import { readConversation } from '../../chatCore/storedConversation.js';
import { PageRequests } from '../../chatCore/pageRequests.js';
import { fill } from '../../protocol/chatStrings.js';
import type { ChatPageMessage } from '../../protocol/chatView.js';
import { BrowserHost } from './browserHost.js';
import { BrowserView } from './browserView.js';
import { OtherTabs } from './history/conversationDatabase.js';
import { exportAsJson, exportAsMarkdown } from './history/exportConversations.js';
import { storageFailure } from './history/storageFailure.js';
import { copyText, openLink } from './pageActions.js';
import { ApiKey } from './server/apiKey.js';
import { ServerAnswers } from './server/serverAnswers.js';
import { ServerHealth } from './server/serverHealth.js';
import type { BrowserSettings } from './settings/browserSettings.js';
import { Preferences } from './settings/preferences.js';
import type { Toast } from './toast.js';
import { WebStorage } from './webStorage.js';
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
  private readonly session: ChatSession<FailureStep>;
  private readonly history: ConversationHistory<FailureStep>;
  private readonly requests: PageRequests<FailureStep>;
  private readonly host = new BrowserHost(this.tab, (message) => this.receive(message));
  private view: BrowserView;
  /** The last answer failed because the server requires a key: it is generated again once there is one. */
  private isWaitingForKey = false;

  constructor(area: ConversationArea) {
    this.health = new ServerHealth(this.key, this.words, {
      onStatus: (status) => this.host.show({ kind: 'status', status }),
      onKeyNeeded: () => this.view.keyDialog.open(),
    });
    const otherTabs = new OtherTabs((ids) => void this.store.readList(ids));
    this.store = new ConversationStore(area, {
      onDidChangeList: (elsewhere) => void this.followStore(elsewhere),
      onDidStore: (ids) => otherTabs.notify(ids),
      onUnreadable: ({ length }) => this.toast().show(fill(this.words().damaged, length)),
      onSaveFailed: (error) => this.showUnsaved(error),
      onDidMerge: (saved, merged) => this.session.adopt(saved, merged),
    });
    this.session = new ChatSession({
      answers: new ServerAnswers(this.key, () => this.preferences.settings, this.words),
      save: (conversation, isUrgent) => this.save(conversation, isUrgent),
      show: (message) => this.host.show(message),
      onDidFail: (steps) => this.failed(steps),
      onDidOpen: (conversation) => this.opened(conversation),
    });
    this.history = new ConversationHistory(this.session, this.store, {
      onDidRemove: (removal, undo) => this.offerUndo(removal, undo),
      onNewer: () => this.toast().show(this.words().newerChat),
    });
    // The page itself keeps the draft's text.
    this.requests = new PageRequests(this.session, new ChatDraft(), {
      strings: () => this.words().chat,
      status: () => this.health.status,
      show: (message) => this.host.show(message),
      runAction: () => this.view.keyDialog.open(),
      copy: async (text) => {
        if (!(await copyText(text))) this.toast().show(this.words().copyFailed);
      },
      openLink: (href) => openLink(href, this.toast(), this.words()),
    });
    this.view = this.newView();
    // A hidden page may be ended without a further event.
    document.addEventListener('visibilitychange', () => void this.store.flush());
    // A reload keeps them, but a closed tab is gone.
    window.addEventListener('beforeunload', (event) => {
      if (this.store.hasFailed) event.preventDefault();
    });
    window.addEventListener('pagehide', () => {
      const { unsaved } = this.store;
      this.tab.set(UNSAVED, unsaved.length === 0 ? undefined : JSON.stringify(unsaved));
      void this.store.flush();
    });
  }

  /** @param isKept whether the browser stores the conversations */
  async start(isKept: boolean): Promise<void> {
    await this.restore();
    if (!isKept) this.toast().show(this.words().notKept);
    this.view.show(this.host);
    this.focus();
    await this.health.check();
  }

  /** Opens the conversation that was open in this tab. The page works without the stored ones. */
  private async restore(): Promise<void> {
    const left = leftByEarlierPage(this.tab.get(UNSAVED));
    this.tab.set(UNSAVED, undefined);
    try {
      await this.store.saveLeft(left);
      await this.store.readList();
    } catch (error) {
      const reason = storageFailure(error, this.words()) ?? this.words().unreadable;
      this.toast().show(reason, { label: this.words().chat.retry, run: () => void this.restore() });
      // What an earlier page left is there all the same.
      const unsaved = left.map(readConversation).find((each) => each?.id === this.tab.get(CURRENT));
      if (unsaved !== undefined) this.session.open(unsaved);
      return;
    }
    await this.history.restore(this.tab.get(CURRENT));
  }

  private receive(message: ChatPageMessage): void {
    if (message.kind === 'send') this.toast().hide();
    void this.requests.handle(message);
    if (message.kind === 'ready') this.showList();
  }

  private newView(): BrowserView {
    const { history, session } = this;
    return new BrowserView(
      this.words(),
      {
        frame: {
          onNew: () => {
            this.toast().hide();
            history.startNew();
          },
          onOpen: (id) => void history.open(id),
          onDelete: (id) => void history.remove(id),
          onDeleteAll: () => void history.removeAll(),
          onExport: () => exportAsMarkdown(session.conversation, this.words()),
          onExportAll: () => void this.store.all().then(exportAsJson),
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

  private showList(): void {
    this.view.frame.show(this.store.summaries, this.session.conversation);
  }

  /** @param elsewhere ids that another tab has changed */
  private async followStore(elsewhere: readonly string[]): Promise<void> {
    this.showList();
    const { id } = this.session.conversation;
    const isOpen = (): boolean => id === this.session.conversation.id && !this.session.isAnswering;
    if (!elsewhere.includes(id) || !isOpen()) return;
    const changed = await this.store.load(id);
    if (isOpen()) this.session.open(changed);
  }

  private offerUndo({ count, isAll }: Removal, undo: () => void): void {
    const { chatDeleted, chatsDeleted, undo: label } = this.words();
    this.toast().show(isAll ? fill(chatsDeleted, count) : chatDeleted, { label, run: undo });
  }

  /** What couldn't be saved stays in the list, and is tried again with each save. */
  private showUnsaved(error: unknown): void {
    const { saveFailed, keptUntilClosed, chat, exportUnsaved } = this.words();
    const text = keptUntilClosed(storageFailure(error, this.words()) ?? saveFailed);
    this.toast().show(
      text,
      { label: chat.retry, run: () => void this.store.retry() },
      { label: exportUnsaved, run: () => this.exportUnsaved() },
    );
  }

  private exportUnsaved(): void {
    const [first, ...others] = this.store.unsaved;
    if (first !== undefined && others.length === 0) exportAsMarkdown(first, this.words());
    else exportAsJson(this.store.unsaved);
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

  private failed(steps: readonly FailureStep[]): void {
    // The only step that there is here: to enter a key.
    this.isWaitingForKey = steps.length > 0;
    if (this.isWaitingForKey) this.view.keyDialog.open();
    // The server may be down: then the page shows that.
    else void this.health.check();
  }

  private useKey(key: string): void {
    this.key.value = key;
    void this.health.check();
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
    void this.health.check();
  }
}

function leftByEarlierPage(text: string | undefined): readonly unknown[] {
  try {
    const left: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(left) ? left : [];
  } catch {
    return [];
  }
}
