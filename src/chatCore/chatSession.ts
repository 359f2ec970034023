import type { ChatMessage } from '../protocol/chat.js';
import type { ChatAttachment, ChatTurn, UserTurn } from '../protocol/chatTurn.js';
import type { ChatViewMessage } from '../protocol/chatView.js';
import {
  afterEvent,
  emptyConversation,
  modelMessages,
  type Conversation,
  type ConversationEvent,
  type FinishedAnswer,
} from './conversation.js';
import { newId } from './newId.js';

export type AnswerProgress =
  /** Tokens of the prompt evaluated so far, of those that have to be. */
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'text' | 'thinking'; readonly text: string };

/** Something that the user can do about a failed answer; each host has its own kinds of it. */
export interface FailureStep {
  /** The button's label. */
  readonly title: string;
}

export type AnswerOutcome<Step extends FailureStep> =
  | { readonly kind: 'finished'; readonly answer: FinishedAnswer }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly failure: { readonly message: string; readonly actions: readonly Step[] };
    };

/** Where answers come from: the engine's process, or an HTTP server. */
export interface Answers<Step extends FailureStep> {
  /** Never rejects: a failure is an outcome. Settles shortly after `signal` is aborted. */
  answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onProgress: (progress: AnswerProgress) => void,
  ): Promise<AnswerOutcome<Step>>;
}

interface ChatSessionDeps<Step extends FailureStep> {
  readonly answers: Answers<Step>;
  /** Saves the conversation; called with every change. `isUrgent` for all but the next piece of an answer. */
  readonly save: (conversation: Conversation, isUrgent: boolean) => void;
  /** Sends a message to the page, if there is one. */
  readonly show: (message: ChatViewMessage) => void;
  /** Another conversation is open, perhaps a new one. */
  readonly onDidOpen?: (conversation: Conversation) => void;
  readonly onDidChangeAnswering?: (isAnswering: boolean) => void;
  /** An answer is complete. */
  readonly onDidFinish?: () => void;
  readonly onDidFail?: (actions: readonly Step[]) => void;
}

/** The conversation that is open: takes questions, gathers answers, and passes each change to page and store. */
export class ChatSession<Step extends FailureStep> {
  private current: Conversation = emptyConversation(newId(), Date.now());
  private running: { readonly turn: string; readonly abort: AbortController } | undefined;
  /** What can be done about failed answers, by turn. Not saved: a stored file must not name commands to run. */
  private readonly actions = new Map<string, readonly Step[]>();

  constructor(private readonly deps: ChatSessionDeps<Step>) {}

  get conversation(): Conversation {
    return this.current;
  }

  get isAnswering(): boolean {
    return this.running !== undefined;
  }

  /** Adds a question and its answer; an answer that is still coming is stopped. Resolves when the answer has ended. */
  async ask(text: string, attachments: readonly ChatAttachment[] = []): Promise<void> {
    this.stop();
    const question: UserTurn = { role: 'user', id: newId(), text, attachments };
    const turn = newId();
    this.apply({ kind: 'asked', question, turn });
    this.deps.show({ kind: 'turn', turn: question });
    this.showTurn(turn);
    await this.run(turn);
  }

  /** Generates the last answer again. Does nothing for another turn than the last. */
  async retry(turn: string): Promise<void> {
    if (this.current.turns.at(-1)?.id !== turn) return;
    this.stop();
    this.apply({ kind: 'retried', turn });
    this.showTurn(turn);
    await this.run(turn);
  }

  /** Stops the answer for the user at once, before its source has noticed; the part that has arrived stays. */
  stop(): void {
    const { running } = this;
    if (running === undefined) return;
    this.setRunning(undefined);
    this.apply({ kind: 'stopped', turn: running.turn });
    this.showTurn(running.turn);
    running.abort.abort();
  }

  /** Continues with another conversation, by default a new one. Returns the one that was open. */
  open(conversation: Conversation = emptyConversation(newId(), Date.now())): Conversation {
    this.stop();
    const before = this.current;
    this.current = conversation;
    this.actions.clear();
    this.deps.show({ kind: 'conversation', turns: conversation.turns });
    this.deps.onDidOpen?.(conversation);
    return before;
  }

  /**
   * Continues with what another window has added to `saved`. Does nothing, and returns false, when the conversation has
   * changed since it was saved, or its answer is still coming.
   */
  adopt(saved: Conversation, merged: Conversation): boolean {
    if (saved !== this.current || this.isAnswering) return false;
    this.current = merged;
    this.deps.show({ kind: 'conversation', turns: merged.turns });
    return true;
  }

  actionOf(turn: string, index: number): Step | undefined {
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
    const outcome = await this.deps.answers.answer(
      modelMessages(this.current.turns, turn),
      running.abort.signal,
      (progress) => {
        if (this.running === running) this.receive(turn, progress);
      },
    );
    // Stopped, or another conversation was opened: a late result must not change what is there.
    if (this.running !== running) return;
    this.setRunning(undefined);
    switch (outcome.kind) {
      case 'finished':
        this.apply({ kind: 'finished', turn, answer: outcome.answer });
        this.deps.onDidFinish?.();
        break;
      case 'stopped':
        this.apply({ kind: 'stopped', turn });
        break;
      case 'failed': {
        const { message, actions } = outcome.failure;
        this.actions.set(turn, actions);
        this.deps.onDidFail?.(actions);
        const titles = actions.map(({ title }) => title);
        this.apply({ kind: 'failed', turn, failure: { message, actions: titles } });
      }
    }
    this.showTurn(turn);
  }

  private receive(turn: string, progress: AnswerProgress): void {
    if (progress.kind === 'reading') {
      this.deps.show({ ...progress, turn });
      return;
    }
    const { kind: part, text } = progress;
    this.apply({ kind: 'received', turn, part, text });
    this.deps.show({ kind: 'delta', turn, part, text });
  }

  private apply(event: ConversationEvent): void {
    this.current = afterEvent(this.current, event, Date.now());
    this.deps.save(this.current, event.kind !== 'received');
  }

  private showTurn(id: string): void {
    const turn = this.current.turns.findLast((candidate) => candidate.id === id);
    if (turn !== undefined) this.deps.show({ kind: 'turn', turn });
  }

  private setRunning(running: ChatSession<Step>['running']): void {
    this.running = running;
    this.deps.onDidChangeAnswering?.(running !== undefined);
  }
}
