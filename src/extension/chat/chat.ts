import * as vscode from 'vscode';
import type { ChatPageMessage } from '../../protocol/chatView.js';
import { Disposables } from '../disposables.js';
import type { Engine } from '../engine/engine.js';
import { guard } from '../guard.js';
import { askText, attachmentOf, type ChatAsk } from './chatAsk.js';
import { ChatController } from './chatController.js';
import { ChatDraft } from './chatDraft.js';
import { ChatViewProvider } from './chatViewProvider.js';
import type { Conversation } from '../../protocol/keptConversation.js';
import { Conversations } from './conversations.js';
import { ConversationStore } from './conversationStore.js';
import { EngineAnswers } from './engineAnswers.js';
import { isModelPresent } from './modelPresence.js';
import { PageRequests } from './pageRequests.js';
import { pageStrings } from './pageStrings.js';
import { viewStatus } from './viewStatus.js';
import { WorkspaceFiles } from './workspaceFiles.js';

/** Characters. Far more than any context holds, and few enough for the page. */
const MAX_ATTACHMENT_SIZE = 200_000;

/** The chat in the sidebar: builds its parts and connects them. */
export class Chat extends Disposables {
  private readonly view: ChatViewProvider;
  private readonly draft: ChatDraft;
  private readonly store: ConversationStore;
  private readonly controller: ChatController;
  private readonly conversations: Conversations;
  private readonly requests: PageRequests;
  private readonly restored: Promise<unknown>;
  private hasModel: boolean | undefined;

  constructor(
    context: vscode.ExtensionContext,
    private readonly engine: Engine,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'chats');
    this.view = this.own(new ChatViewProvider(context.extensionUri, log));
    this.draft = new ChatDraft(context.workspaceState);
    this.store = new ConversationStore(new WorkspaceFiles(storage), {
      onDamaged: (name) => this.tellDamaged(vscode.Uri.joinPath(storage, name)),
      onSaveFailed: (error) => this.tellUnsaved(error),
    });
    this.controller = new ChatController({
      answers: new EngineAnswers(engine, log),
      save: (conversation, isUrgent) => this.save(conversation, isUrgent),
      show: (message) => this.view.show(message),
      onDidChangeAnswering: (isAnswering) =>
        void vscode.commands.executeCommand('setContext', 'youtu.chat.answering', isAnswering),
    });
    this.conversations = new Conversations(this.controller, this.store, context.workspaceState);
    this.requests = new PageRequests(this.controller, this.draft, this.view);
    this.restored = guard(log, () => this.conversations.restore());
    this.own(this.view.onDidReceive((message) => void guard(log, () => this.receive(message))));
    this.own(engine.onDidChangeState(() => this.follow()));
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('youtu.model')) return;
        this.hasModel = undefined;
        void this.lookForModel();
      }),
    );
    this.own(new vscode.Disposable(() => void this.close()));
    this.addCommands();
  }

  /** Opens the chat and asks there. Resolves when the answer is complete. */
  async ask(ask: ChatAsk): Promise<void> {
    await this.view.reveal();
    await this.restored;
    await this.controller.ask(askText(ask), [attachmentOf(ask.document, ask.range)]);
  }

  /** Stops what runs and brings everything to disk. */
  async close(): Promise<void> {
    this.controller.stop();
    await this.store.flush();
  }

  private addCommands(): void {
    const add = (id: string, run: () => Promise<void> | void): void => {
      this.own(vscode.commands.registerCommand(id, () => guard(this.log, run)));
    };
    add('youtu.chat.new', async () => {
      await this.conversations.startNew();
      await this.view.reveal();
    });
    add('youtu.chat.clear', () => this.conversations.clear());
    add('youtu.chat.history', () => this.conversations.pick());
    add('youtu.chat.stop', () => this.controller.stop());
    add('youtu.chat.attachSelection', () => this.attachSelection());
  }

  private async receive(message: ChatPageMessage): Promise<void> {
    await this.restored;
    if (message.kind !== 'ready') {
      await this.requests.handle(message);
      if (message.kind === 'command') await this.lookForModel();
      return;
    }
    this.view.show({
      kind: 'init',
      strings: pageStrings(),
      turns: this.controller.conversation.turns,
      status: viewStatus(this.engine.state, this.hasModel),
      attachments: this.draft.attachments,
      draft: this.draft.draft,
    });
    await this.lookForModel();
  }

  private save(conversation: Conversation, isUrgent: boolean): void {
    this.store.save(conversation);
    void guard(this.log, async () => {
      await this.conversations.remember();
      if (isUrgent) await this.store.flush();
    });
  }

  private async attachSelection(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.selection.isEmpty) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select the code that you want to ask about first.'),
      );
      return;
    }
    const attachment = attachmentOf(editor.document, editor.selection);
    if (attachment.code.length > MAX_ATTACHMENT_SIZE) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This is more than the model can read at once. Select less.'),
      );
      return;
    }
    const attachments = [...this.draft.attachments, attachment];
    await this.draft.write({ attachments });
    this.view.show({ kind: 'attachments', attachments });
    await this.view.reveal();
  }

  /** So that who has no model sees so before asking, not after. */
  private async lookForModel(): Promise<void> {
    if (this.hasModel === true || this.engine.state.kind === 'crashed') return;
    try {
      this.hasModel = await isModelPresent(this.engine);
    } catch (error) {
      // The question itself will tell what is wrong.
      this.log.debug(`chat: could not look for models: ${String(error)}`);
    }
    this.showStatus();
  }

  private follow(): void {
    const { state } = this.engine;
    if (state.kind === 'running') {
      const { status } = state;
      // The folder may have been changed, or a model deleted, since one was seen.
      if (status.kind === 'noModel' && this.hasModel !== false) {
        this.hasModel = status.role === 'chat' ? false : undefined;
        void this.lookForModel();
      }
      if (status.kind === 'ready' || status.kind === 'working') this.hasModel = true;
      // Something has changed since none was found, perhaps a download.
      if (status.kind === 'idle' && this.hasModel === false) void this.lookForModel();
    }
    this.showStatus();
  }

  private showStatus(): void {
    this.view.show({ kind: 'status', status: viewStatus(this.engine.state, this.hasModel) });
  }

  private tellDamaged(file: vscode.Uri): void {
    this.log.warn(`chat: a damaged conversation was put aside: ${file.toString(true)}`);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('A chat’s file was damaged and has been put aside: {0}', file.fsPath),
    );
  }

  private tellUnsaved(error: unknown): void {
    this.log.error(`chat: a conversation could not be saved: ${String(error)}`);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The chat could not be saved. It stays here as long as this window is open: {0}',
        error instanceof Error ? error.message : String(error),
      ),
    );
  }
}
