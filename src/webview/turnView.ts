import type { ChatTurn } from '../protocol/chatTurn.js';

/** What is shown of one turn. */
export interface TurnView {
  readonly element: HTMLElement;
  update(turn: ChatTurn): void;
}
