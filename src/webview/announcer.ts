import { element } from './element.js';

/** Longer than this nobody wants to listen to unasked. */
const LONGEST = 600;

/** Tells screen readers, once, what has happened. */
export class Announcer {
  readonly element = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  say(text: string): void {
    this.element.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  }
}
