import { fill, type ChatStrings } from '../protocol/chatStrings.js';
import type { AssistantTurn, ChatTurn } from '../protocol/chatTurn.js';
import { element } from './element.js';
import { StreamingMarkdown } from './streamingMarkdown.js';
import { ThoughtsView } from './thoughtsView.js';
import { turnFooter } from './turnFooter.js';
import type { TurnView } from './turnView.js';

/** An answer: thoughts, Markdown while it streams and after, and how it ended. */
export class AssistantTurnView implements TurnView {
  readonly element: HTMLElement;
  private readonly thoughts: ThoughtsView;
  private answer: StreamingMarkdown;
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly footer = element('footer', { class: 'turn-footer' });
  private isStreaming = false;

  constructor(
    turn: AssistantTurn,
    private readonly strings: ChatStrings,
  ) {
    this.thoughts = new ThoughtsView(strings);
    this.answer = new StreamingMarkdown(strings);
    this.element = element(
      'article',
      { class: 'turn assistant', 'aria-label': strings.assistant },
      this.thoughts.element,
      this.answer.element,
      this.waiting,
      this.footer,
    );
    this.update(turn);
  }

  /** The answer's text as it is shown. */
  get text(): string {
    return this.answer.element.innerText;
  }

  update(turn: ChatTurn): void {
    if (turn.role !== 'assistant') return;
    this.isStreaming = turn.state === 'streaming';
    if (this.isStreaming && turn.text === '') this.restart();
    this.element.setAttribute('aria-busy', String(this.isStreaming));
    this.thoughts.set(turn.thinking, this.isStreaming && turn.text === '');
    if (this.isStreaming) this.answer.append(turn.text.slice(this.answer.text.length));
    else this.answer.finish(turn.text);
    this.footer.replaceChildren(...turnFooter(turn, this.strings));
    this.showWaiting(this.strings.waiting);
  }

  append(part: 'text' | 'thinking', text: string): void {
    if (part === 'thinking') this.thoughts.append(text);
    else {
      this.thoughts.end();
      this.answer.append(text);
    }
    this.showWaiting('');
  }

  /** The prompt is being read; nothing can be shown yet. */
  showReading(done: number, total: number): void {
    this.showWaiting(fill(this.strings.reading, Math.floor((done / Math.max(1, total)) * 100)));
  }

  private restart(): void {
    const fresh = new StreamingMarkdown(this.strings);
    this.answer.element.replaceWith(fresh.element);
    this.answer = fresh;
  }

  private showWaiting(text: string): void {
    const isNeeded = this.isStreaming && this.answer.text === '' && this.thoughts.isEmpty;
    this.waiting.textContent = isNeeded ? text : '';
    this.waiting.hidden = !isNeeded;
  }
}
