import { element } from './element.js';

/** Longer than this nobody wants to listen to unasked. */
const MAX_LENGTH = 600;

/** Tells screen readers, once, what has happened. */
export class Announcer {
  readonly element = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  say(text: string): void {
    const line = text.replaceAll(/\s+/g, ' ').trim();
    this.element.textContent = line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
  }
}
