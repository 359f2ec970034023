import type { ChatStrings } from '../protocol/chatStrings.js';
import { element } from './element.js';

/** What the model thinks before it answers: plain text, closed until somebody wants to see it. */
export class ThoughtsView {
  private readonly text = document.createTextNode('');
  private readonly summary = element('summary');
  readonly element = element(
    'details',
    { class: 'thoughts' },
    this.summary,
    element('div', { class: 'thoughts-text' }, this.text),
  );

  constructor(private readonly strings: ChatStrings) {}

  get isEmpty(): boolean {
    return this.text.length === 0;
  }

  set(text: string, isThinking: boolean): void {
    if (this.text.data !== text) this.text.data = text;
    this.show(isThinking);
  }

  append(text: string): void {
    this.text.appendData(text);
    this.show(true);
  }

  end(): void {
    this.show(false);
  }

  private show(isThinking: boolean): void {
    this.element.hidden = this.isEmpty;
    this.element.classList.toggle('active', isThinking);
    const label = isThinking ? this.strings.thinking : this.strings.thoughts;
    if (this.summary.textContent !== label) this.summary.textContent = label;
  }
}
