import { fill, type ChatStrings } from '../protocol/chatStrings.js';
import type { AnswerState, AssistantTurn } from '../protocol/chatTurn.js';
import { element } from './elements.js';

/** The footer of an answer: how it ended, what the user can do about it, and which model wrote it how fast. */
export function turnFooter(turn: AssistantTurn, strings: ChatStrings): readonly HTMLElement[] {
  const { state, stats, failure } = turn;
  const parts: HTMLElement[] = [];
  const note = noteFor(state, strings);
  if (note !== '') parts.push(element('p', { class: 'note' }, note));
  if (failure !== undefined) parts.push(element('p', { class: 'failure' }, failure.message));
  const buttons = [
    ...(isRetriable(state)
      ? [actionButton(strings.retry, 'primary', { 'data-action': 'retry', 'data-turn': turn.id })]
      : []),
    ...(failure?.actions ?? []).map((label, index) =>
      actionButton(label, 'secondary', {
        'data-action': 'runAction',
        'data-turn': turn.id,
        'data-index': String(index),
      }),
    ),
  ];
  if (buttons.length > 0) parts.push(element('div', { class: 'buttons last-turn-only' }, ...buttons));
  if (stats !== undefined) {
    if (stats.droppedMessages > 0)
      parts.push(element('p', { class: 'note' }, fill(strings.messagesDropped, stats.droppedMessages)));
    const speed = stats.tokensPerSecond;
    const rate = speed > 0 ? fill(strings.tokensPerSecond, speed.toFixed(speed < 10 ? 1 : 0)) : '';
    const shown = [stats.model, rate.replaceAll(' ', '\u00a0')].filter((part) => part !== '');
    parts.push(element('p', { class: 'answer-stats' }, shown.join(' · ')));
  }
  return parts;
}

function noteFor(state: AnswerState, strings: ChatStrings): string {
  switch (state) {
    case 'length':
      return strings.answerCutShort;
    case 'stopped':
      return strings.answerStopped;
    case 'interrupted':
      return strings.answerInterrupted;
    case 'streaming':
    case 'done':
    case 'failed':
      return '';
  }
}

function isRetriable(state: AnswerState): boolean {
  return state === 'failed' || state === 'interrupted' || state === 'stopped';
}

function actionButton(
  label: string,
  kind: 'primary' | 'secondary',
  data: Readonly<Record<string, string>>,
): HTMLElement {
  return element('button', { type: 'button', class: `button ${kind}`, ...data }, label);
}
