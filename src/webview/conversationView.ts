import type { ChatStrings } from '../protocol/chatStrings.js';
import type { ChatTurn } from '../protocol/chatTurn.js';
import { AssistantTurnView } from './assistantTurnView.js';
import { element } from './element.js';
import type { TurnView } from './turnView.js';
import { UserTurnView } from './userTurnView.js';

/** The turns, in order. */
export class ConversationView {
  readonly element: HTMLElement;
  private readonly views = new Map<string, TurnView>();

  constructor(private readonly strings: ChatStrings) {
    // Pieces of a streaming answer aren't read out: the announcer says when it is complete.
    this.element = element('div', {
      class: 'turns',
      role: 'log',
      'aria-live': 'off',
      'aria-label': strings.conversation,
    });
  }

  get isEmpty(): boolean {
    return this.views.size === 0;
  }

  setAll(turns: readonly ChatTurn[]): void {
    this.views.clear();
    this.element.replaceChildren();
    for (const turn of turns) this.set(turn);
  }

  /** Adds a turn, or brings one up to date. */
  set(turn: ChatTurn): void {
    const view = this.views.get(turn.id);
    if (view !== undefined) view.update(turn);
    else {
      const added =
        turn.role === 'user'
          ? new UserTurnView(turn, this.strings)
          : new AssistantTurnView(turn, this.strings);
      this.views.set(turn.id, added);
      this.element.append(added.element);
    }
    if (turn.role === 'assistant') this.element.setAttribute('aria-busy', String(turn.state === 'streaming'));
  }

  answer(id: string): AssistantTurnView | undefined {
    const view = this.views.get(id);
    return view instanceof AssistantTurnView ? view : undefined;
  }
}
