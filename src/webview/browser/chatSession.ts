import type { ChatMessage } from '../../protocol/chat.js';
import type { AssistantTurn, UserTurn } from '../../protocol/chatTurn.js';
import type { ChatViewMessage } from '../../protocol/chatView.js';
import { newId } from '../newId.js';
import type { Conversation } from '../../protocol/keptConversation.js';
import { emptyConversation, withAnswer } from './history/conversation.js';
import type { AnswerOutcome, AnswerProgress, ServerAnswers } from './server/serverAnswers.js';
import type { ServerFailure } from './server/serverFailure.js';

export interface SessionSurroundings {
  readonly answers: Pick<ServerAnswers, 'answer'>;
  /** Keeps the conversation; called with every change. `isUrgent` for all but the next piece of an answer. */
  readonly save: (conversation: Conversation, isUrgent: boolean) => void;
  /** Tells the chat. */
  readonly show: (message: ChatViewMessage) => void;
  /** An answer failed. @returns labels of what can be done about it, besides trying again */
  readonly onFailed: (failure: ServerFailure) => readonly string[];
  readonly onOpened: (conversation: Conversation) => void;
}

/** The conversation that is open: takes questions, gathers answers, tells chat and store. */
export class ChatSession {
  private current = emptyConversation();
  private running: { readonly turn: string; readonly abort: AbortController } | undefined;

  constructor(private readonly around: SessionSurroundings) {}

  get conversation(): Conversation {
    return this.current;
  }

  get isAnswering(): boolean {
    return this.running !== undefined;
  }

  async ask(text: string): Promise<void> {
    this.stop();
    const question: UserTurn = { role: 'user', id: newId(), text, attachments: [] };
    const answer = newAnswer(newId());
    this.keep({ ...this.current, turns: [...this.current.turns, question, answer], updatedAt: Date.now() });
    this.around.show({ kind: 'turn', turn: question });
    this.showTurn(answer.id);
    await this.run(answer.id);
  }

  /** Makes the last answer again. */
  async retry(turn: string): Promise<void> {
    if (this.current.turns.at(-1)?.id !== turn) return;
    this.stop();
    this.change(turn, () => newAnswer(turn));
    await this.run(turn);
  }

  /** Stops the answer at once, whenever the server gets to know of it; what has come stays. */
  stop(): void {
    const { running } = this;
    if (running === undefined) return;
    this.running = undefined;
    this.change(running.turn, (answer) => ({ ...answer, state: 'stopped' }));
    running.abort.abort();
  }

  /** Goes on with another conversation, or with a new one. */
  open(conversation: Conversation = emptyConversation()): void {
    this.stop();
    this.current = conversation;
    this.around.show({ kind: 'conversation', turns: conversation.turns });
    this.around.onOpened(conversation);
  }

  private async run(turn: string): Promise<void> {
    const running = { turn, abort: new AbortController() };
    this.running = running;
    const outcome = await this.around.answers.answer(
      this.messages(turn),
      running.abort.signal,
      (progress) => {
        if (this.running === running) this.receive(turn, progress);
      },
    );
    // Stopped, or another conversation: what comes late must not change what is there.
    if (this.running !== running) return;
    this.running = undefined;
    this.change(turn, (answer) => this.ended(answer, outcome));
  }

  private receive(turn: string, progress: AnswerProgress): void {
    if (progress.kind === 'reading') {
      this.around.show({ ...progress, turn });
      return;
    }
    const { kind: part, text } = progress;
    this.keep(
      withAnswer(this.current, turn, (answer) => ({ ...answer, [part]: answer[part] + text })),
      false,
    );
    this.around.show({ kind: 'delta', turn, part, text });
  }

  private ended(answer: AssistantTurn, outcome: AnswerOutcome): AssistantTurn {
    switch (outcome.kind) {
      case 'finished':
        return { ...answer, state: outcome.state, figures: outcome.figures };
      case 'stopped':
        return { ...answer, state: 'stopped' };
      case 'failed': {
        const { message } = outcome.failure;
        return {
          ...answer,
          // What had come stays: it may be all that the user needed.
          state: answer.text === '' && answer.thinking === '' ? 'failed' : 'interrupted',
          failure: { message, actions: this.around.onFailed(outcome.failure) },
        };
      }
    }
  }

  /** What the model reads: questions, and the answers that came, before this one. */
  private messages(turn: string): readonly ChatMessage[] {
    const end = this.current.turns.findIndex(({ id }) => id === turn);
    return this.current.turns
      .slice(0, end)
      .map(({ role, text }): ChatMessage => ({ role, content: text }))
      .filter(({ content }) => content.trim() !== '');
  }

  private change(turn: string, change: (answer: AssistantTurn) => AssistantTurn): void {
    this.keep(withAnswer(this.current, turn, change));
    this.showTurn(turn);
  }

  private keep(conversation: Conversation, isUrgent = true): void {
    this.current = conversation;
    this.around.save(conversation, isUrgent);
  }

  private showTurn(id: string): void {
    const turn = this.current.turns.findLast((candidate) => candidate.id === id);
    if (turn !== undefined) this.around.show({ kind: 'turn', turn });
  }
}

function newAnswer(id: string): AssistantTurn {
  return { role: 'assistant', id, text: '', thinking: '', state: 'streaming' };
}
