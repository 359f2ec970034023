import * as vscode from 'vscode';
import { ChatDraft } from '../../chatCore/chatDraft.js';
import { ChatSession } from '../../chatCore/chatSession.js';
import { ConversationHistory } from '../../chatCore/conversationHistory.js';
import type { ConversationStore } from '../../chatCore/conversationStore.js';
import { PageRequests } from '../../chatCore/pageRequests.js';
import type { ChatAttachment } from '../../protocol/chatTurn.js';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { FailureAction } from '../failureText.js';
import type { Models } from '../models/models.js';
import { guard } from '../guard.js';
import { askText, attachmentOf, selectedAttachment, type ChatAsk } from './chatAsk.js';
import { ChatStatus } from './chatStatus.js';
import { ChatViewProvider } from './chatViewProvider.js';
import { insertAtCursor, openInNewFile, openLink, openPlace, runCommand } from './editorActions.js';
import { EngineAnswers, NO_MODEL_STEPS } from './engineAnswers.js';
import { pageStrings } from './pageStrings.js';
import { pickConversation } from './pickConversation.js';
import type { WorkspacePrompt } from './workspacePrompt.js';
import { openChats, saveLeftChats, showNewerChat } from './savedChats.js';
import { foldersForUnsaved, UnsavedChats } from './unsavedChats.js';

/** Keys of the workspace's state. */
const CURRENT = 'youtu.chat.current';
const DRAFT = 'youtu.chat.draft';

/** The chat in the sidebar: builds its parts and connects them. */
export class Chat extends Disposables {
  private readonly view: ChatViewProvider;
  private readonly status: ChatStatus;
  private readonly store: ConversationStore;
  private readonly session: ChatSession<FailureAction>;
  private readonly history: ConversationHistory<FailureAction>;
  private readonly requests: PageRequests<FailureAction>;
  private readonly restored: Promise<unknown>;
  /** Whether the last answer failed because there is no model. */
  private lacksModel = false;

  readonly commands: FeatureCommands<
    | 'youtu.chat.new'
    | 'youtu.chat.clear'
    | 'youtu.chat.history'
    | 'youtu.chat.stop'
    | 'youtu.chat.attachSelection'
  > = {
    'youtu.chat.new': async () => {
      this.history.startNew();
      await this.view.reveal();
    },
    'youtu.chat.clear': () => this.history.clear(),
    'youtu.chat.history': () => this.openFromHistory(),
    'youtu.chat.stop': () => this.session.stop(),
    'youtu.chat.attachSelection': () => this.attachSelection(),
  };

  constructor(
    private readonly context: vscode.ExtensionContext,
    engine: EngineClient,
    models: Models,
    prompt: WorkspacePrompt,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    const state = context.workspaceState;
    this.view = this.own(new ChatViewProvider(context.extensionUri, log));
    this.status = this.own(
      new ChatStatus(engine, models.presence, models.downloads, (status) =>
        this.view.show({ kind: 'status', status }),
      ),
    );
    this.own(models.presence.onDidChange((hasModel) => void (hasModel && this.askAgain())));
    const folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'chats').fsPath;
    const unsaved = new UnsavedChats(foldersForUnsaved(folder, context.globalStorageUri.fsPath));
    this.store = openChats(folder, log, (saved, merged) => this.session.adopt(saved, merged), unsaved);
    this.session = new ChatSession({
      answers: new EngineAnswers(engine, models, prompt, log),
      save: (conversation, isUrgent) => {
        this.store.save(conversation, isUrgent);
        if (isUrgent) this.remember(conversation.id);
      },
      show: (message) => this.view.show(message),
      onDidOpen: ({ id }) => this.remember(id),
      onDidFail: (actions) => (this.lacksModel = actions === NO_MODEL_STEPS),
      onDidChangeAnswering: (isAnswering) => {
        void vscode.commands.executeCommand('setContext', 'youtu.chat.answering', isAnswering);
      },
      onDidFinish: () => void vscode.commands.executeCommand('setContext', 'youtu.chat.answered', true),
    });
    this.history = new ConversationHistory(this.session, this.store, {
      onDidRemove: (_, undo) => void this.offerUndo(undo),
      onNewer: showNewerChat,
    });
    const draft = new ChatDraft({
      read: () => state.get(DRAFT),
      write: (content) => state.update(DRAFT, content),
    });
    this.requests = new PageRequests(this.session, draft, {
      strings: pageStrings,
      status: () => {
        // The page is shown the first time, or again: a model may have been added meanwhile.
        void models.presence.check();
        return this.status.current;
      },
      show: (message) => this.view.show(message),
      runAction: async (action) => {
        await vscode.commands.executeCommand(action.command, ...action.arguments);
      },
      copy: async (text) => vscode.env.clipboard.writeText(text),
      openLink,
      editor: {
        runCommand: async (command) => {
          await runCommand(command);
          await models.presence.check();
        },
        insert: insertAtCursor,
        openInNewFile,
        openPlace,
      },
    });
    this.restored = guard(log, async () => {
      await saveLeftChats(this.store, unsaved);
      await this.history.restore(state.get(CURRENT));
    });
    this.own(
      this.view.onDidReceive(
        (message) => void guard(log, () => this.restored.then(() => this.requests.handle(message))),
      ),
    );
    this.own(new vscode.Disposable(() => void this.close()));
  }

  /** Opens the chat and asks there. Resolves when the answer is complete. */
  async ask(ask: ChatAsk): Promise<void> {
    await this.askWith(askText(ask), [attachmentOf(ask.document, ask.range)]);
  }

  /** As {@link ask}, about what is in no document. */
  async askWith(question: string, attachments: readonly ChatAttachment[]): Promise<void> {
    await this.view.reveal();
    await this.restored;
    await this.session.ask(question, attachments);
  }

  /** Stops a running answer and saves everything. */
  async close(): Promise<void> {
    this.session.stop();
    await this.store.flush();
  }

  /** The model has come that the last question lacked. */
  private async askAgain(): Promise<void> {
    const last = this.session.conversation.turns.at(-1);
    if (!this.lacksModel || last?.role !== 'assistant' || last.state !== 'failed') return;
    this.lacksModel = false;
    await this.session.retry(last.id);
  }

  private async openFromHistory(): Promise<void> {
    const id = await pickConversation(this.store, this.session.conversation.id, (removed) =>
      this.history.remove(removed),
    );
    if (id !== undefined) await this.history.open(id);
  }

  private async attachSelection(): Promise<void> {
    const attachment = selectedAttachment();
    if (attachment === undefined) return;
    await this.requests.attach(attachment);
    await this.view.reveal();
  }

  /** The conversation that is opened again with the window. */
  private remember(id: string): void {
    const state = this.context.workspaceState;
    if (state.get(CURRENT) !== id) void guard(this.log, () => state.update(CURRENT, id));
  }

  private async offerUndo(undo: () => void): Promise<void> {
    const label = vscode.l10n.t('Undo');
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The chat was deleted.'), label);
    if (answer === label) undo();
  }
}
