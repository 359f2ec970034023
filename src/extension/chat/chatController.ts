import type { ChatProgress } from '../../protocol/chat.js';
import type { ChatAttachment, ChatTurn, UserTurn } from '../../protocol/chatTurn.js';
import type { ChatViewMessage } from '../../protocol/chatView.js';
import type { FailureAction } from '../failureText.js';
import type { Answers } from './answers.js';
import type { Conversation } from '../../protocol/keptConversation.js';
import { afterEvent, emptyConversation, type ConversationEvent } from './conversation.js';
import { modelMessages } from './modelMessages.js';

export interface ChatSurroundings {
  readonly answers: Answers;
  /** Keeps the conversation; called with every change. `isUrgent` for all but the next piece of an answer. */
  readonly save: (conversation: Conversation, isUrgent: boolean) => void;
  /** Tells the page, if there is one. */
  readonly show: (message: ChatViewMessage) => void;
  readonly onDidChangeAnswering: (isAnswering: boolean) => void;
}

/** The conversation that is open: takes questions, gathers answers, tells page and store. */
export class ChatController {
  private current: Conversation = emptyConversation(crypto.randomUUID(), Date.now());
  private running: { readonly turn: string; readonly abort: AbortController } | undefined;
  /** What can be done about failed answers, by turn. Commands aren't kept in files. */
  private readonly actions = new Map<string, readonly FailureAction[]>();

  constructor(private readonly around: ChatSurroundings) {}

  get conversation(): Conversation {
    return this.current;
  }

  get isAnswering(): boolean {
    return this.running !== undefined;
  }

  /** Asks, and answers; an answer that is still coming is stopped. */
  async ask(text: string, attachments: readonly ChatAttachment[] = []): Promise<void> {
    this.stop();
    const question: UserTurn = { role: 'user', id: crypto.randomUUID(), text, attachments };
    const turn = crypto.randomUUID();
    this.apply({ kind: 'asked', question, turn });
    this.around.show({ kind: 'turn', turn: question });
    this.showTurn(turn);
    await this.run(turn);
  }

  /** Makes the last answer again. */
  async retry(turn: string): Promise<void> {
    if (this.current.turns.at(-1)?.id !== turn) return;
    this.stop();
    this.apply({ kind: 'retried', turn });
    this.showTurn(turn);
    await this.run(turn);
  }

  /** Stops the answer at once, whenever the engine gets to know of it; what has come stays. */
  stop(): void {
    const { running } = this;
    if (running === undefined) return;
    this.setRunning(undefined);
    this.apply({ kind: 'stopped', turn: running.turn });
    this.showTurn(running.turn);
    running.abort.abort();
  }

  /** Goes on with another conversation, or with a new one. Returns the one that was open. */
  open(conversation: Conversation = emptyConversation(crypto.randomUUID(), Date.now())): Conversation {
    this.stop();
    const before = this.current;
    this.current = conversation;
    this.actions.clear();
    this.around.show({ kind: 'conversation', turns: conversation.turns });
    return before;
  }

  actionOf(turn: string, index: number): FailureAction | undefined {
    return this.actions.get(turn)?.[index];
  }

  /** An attachment of any question in the conversation. */
  attachment(id: string): ChatAttachment | undefined {
    return this.current.turns
      .flatMap((turn: ChatTurn) => (turn.role === 'user' ? turn.attachments : []))
      .find((attachment) => attachment.id === id);
  }

  private async run(turn: string): Promise<void> {
    const running = { turn, abort: new AbortController() };
    this.setRunning(running);
    this.actions.delete(turn);
    const outcome = await this.around.answers.answer(
      modelMessages(this.current.turns, turn),
      running.abort.signal,
      (progress) => {
        if (this.running === running) this.receive(turn, progress);
      },
    );
    // Stopped, or another conversation: what comes late must not change what is there.
    if (this.running !== running) return;
    this.setRunning(undefined);
    switch (outcome.kind) {
      case 'finished':
        this.apply({ kind: 'finished', turn, result: outcome.result });
        break;
      case 'stopped':
        this.apply({ kind: 'stopped', turn });
        break;
      case 'failed': {
        const { message, actions } = outcome.failure;
        this.actions.set(turn, actions);
        this.apply({
          kind: 'failed',
          turn,
          failure: { message, actions: actions.map(({ title }) => title) },
        });
      }
    }
    this.showTurn(turn);
  }

  private receive(turn: string, progress: ChatProgress): void {
    if (progress.kind === 'prefill') {
      this.around.show({ kind: 'reading', turn, done: progress.done, total: progress.total });
      return;
    }
    this.apply({ kind: 'received', turn, part: progress.kind, text: progress.text });
    this.around.show({ kind: 'delta', turn, part: progress.kind, text: progress.text });
  }

  private apply(event: ConversationEvent): void {
    this.current = afterEvent(this.current, event, Date.now());
    this.around.save(this.current, event.kind !== 'received');
  }

  private showTurn(id: string): void {
    const turn = this.current.turns.findLast((candidate) => candidate.id === id);
    if (turn !== undefined) this.around.show({ kind: 'turn', turn });
  }

  private setRunning(running: ChatController['running']): void {
    this.running = running;
    this.around.onDidChangeAnswering(running !== undefined);
  }
}
