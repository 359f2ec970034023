import type { ChatStrings } from '../protocol/chatStrings.js';
import type { ChatAttachment, ChatLocation } from '../protocol/chatTurn.js';
import type { ChatPageMessage, ChatViewMessage, ChatViewStatus, ViewCommand } from '../protocol/chatView.js';
import type { ChatDraft } from './chatDraft.js';
import type { ChatSession, FailureStep } from './chatSession.js';

type Done = Promise<void> | void;

/** What only the page's host can do or know. */
export interface PageHost<Step extends FailureStep> {
  readonly strings: () => ChatStrings;
  readonly status: () => ChatViewStatus;
  /** Sends a message to the page. */
  readonly show: (message: ChatViewMessage) => void;
  runAction(action: Step): Done;
  copy(text: string): Done;
  openLink(href: string): Done;
  /** Absent where there is no editor: the page has no buttons for these then. */
  readonly editor?: EditorActions;
}

export interface EditorActions {
  runCommand(command: ViewCommand): Done;
  insert(text: string): Done;
  /** @param language as the model named it at the code's fence */
  openInNewFile(text: string, language: string): Done;
  openPlace(place: ChatLocation): Done;
}

/** Carries out the page's messages. */
export class PageRequests<Step extends FailureStep> {
  constructor(
    private readonly session: ChatSession<Step>,
    private readonly draft: ChatDraft,
    private readonly host: PageHost<Step>,
  ) {}

  async handle(message: ChatPageMessage): Promise<void> {
    const { session, draft, host } = this;
    switch (message.kind) {
      case 'ready':
        this.showAll();
        return;
      case 'send':
        return this.send(message.request, message.text);
      case 'stop':
        session.stop();
        return;
      case 'retry':
        return session.retry(message.turn);
      case 'runAction': {
        const action = session.actionOf(message.turn, message.action);
        if (action !== undefined) await host.runAction(action);
        return;
      }
      case 'copy':
        return host.copy(message.text);
      case 'openLink':
        return host.openLink(message.href);
      case 'draft':
        return draft.write({ draft: message.draft });
      case 'removeAttachment':
        return this.setAttachments(draft.attachments.filter(({ id }) => id !== message.attachment));
      case 'command':
        return host.editor?.runCommand(message.command);
      case 'insert':
        return host.editor?.insert(message.text);
      case 'newFile':
        return host.editor?.openInNewFile(message.text, message.language);
      case 'openPlace': {
        const place = this.attachment(message.attachment)?.place;
        if (place !== undefined) await host.editor?.openPlace(place);
      }
    }
  }

  /** Adds code to the next question. */
  async attach(attachment: ChatAttachment): Promise<void> {
    await this.setAttachments([...this.draft.attachments, attachment]);
  }

  private showAll(): void {
    const { strings, status, show } = this.host;
    show({
      kind: 'init',
      strings: strings(),
      turns: this.session.conversation.turns,
      status: status(),
      attachments: this.draft.attachments,
      draft: this.draft.draft,
    });
  }

  private async send(request: string, text: string): Promise<void> {
    const { attachments } = this.draft;
    if (text.trim() === '' && attachments.length === 0) return;
    const answered = this.session.ask(text, attachments);
    // The page keeps the text until here, so that it can't be lost.
    this.host.show({ kind: 'accepted', request });
    await this.draft.clear();
    this.host.show({ kind: 'attachments', attachments: [] });
    await answered;
  }

  private async setAttachments(attachments: readonly ChatAttachment[]): Promise<void> {
    await this.draft.write({ attachments });
    this.host.show({ kind: 'attachments', attachments });
  }

  private attachment(id: string): ChatAttachment | undefined {
    return this.draft.attachments.find((attachment) => attachment.id === id) ?? this.session.attachment(id);
  }
}
