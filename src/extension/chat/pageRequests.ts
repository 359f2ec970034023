import * as vscode from 'vscode';
import type { ChatPageMessage, ViewCommand } from '../../protocol/chatView.js';
import { STARTER } from '../models/offerStarter.js';
import type { ChatController } from './chatController.js';
import type { ChatDraft } from './chatDraft.js';
import type { ChatViewProvider } from './chatViewProvider.js';
import { insertAtCursor, openInNewFile } from './codeBlocks.js';
import { openLink, openPlace } from './links.js';

const COMMANDS: Readonly<Record<ViewCommand, readonly [command: string, ...args: unknown[]]>> = {
  downloadModel: ['youtu.model.download', STARTER],
  chooseModel: ['youtu.model.select'],
  restartEngine: ['youtu.engine.restart'],
  showLog: ['youtu.engine.showLog'],
};

/** Does what the page asks for, except for `ready`. */
export class PageRequests {
  constructor(
    private readonly controller: ChatController,
    private readonly draft: ChatDraft,
    private readonly view: Pick<ChatViewProvider, 'show'>,
  ) {}

  async handle(message: Exclude<ChatPageMessage, { kind: 'ready' }>): Promise<void> {
    switch (message.kind) {
      case 'send':
        return this.send(message.request, message.text);
      case 'stop':
        this.controller.stop();
        return;
      case 'retry':
        return this.controller.retry(message.turn);
      case 'runAction': {
        const action = this.controller.actionOf(message.turn, message.action);
        if (action !== undefined) await vscode.commands.executeCommand(action.command, ...action.arguments);
        return;
      }
      case 'command': {
        const [command, ...args] = COMMANDS[message.command];
        await vscode.commands.executeCommand(command, ...args);
        return;
      }
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'insert':
        return insertAtCursor(message.text);
      case 'newFile':
        return openInNewFile(message.text, message.language);
      case 'openLink':
        return openLink(message.href);
      case 'openPlace': {
        const place = this.attachment(message.attachment)?.place;
        if (place !== undefined) await openPlace(place);
        return;
      }
      case 'removeAttachment':
        return this.setAttachments(this.draft.attachments.filter(({ id }) => id !== message.attachment));
      case 'draft':
        return this.draft.write({ draft: message.draft });
    }
  }

  private async send(request: string, text: string): Promise<void> {
    const { attachments } = this.draft;
    if (text.trim() === '' && attachments.length === 0) return;
    const answered = this.controller.ask(text, attachments);
    // Only now may the page let go of the text.
    this.view.show({ kind: 'accepted', request });
    await this.draft.clear();
    this.view.show({ kind: 'attachments', attachments: [] });
    await answered;
  }

  private async setAttachments(attachments: ChatDraft['attachments']): Promise<void> {
    await this.draft.write({ attachments });
    this.view.show({ kind: 'attachments', attachments });
  }

  private attachment(id: string): ChatDraft['attachments'][number] | undefined {
    return (
      this.draft.attachments.find((attachment) => attachment.id === id) ?? this.controller.attachment(id)
    );
  }
}
