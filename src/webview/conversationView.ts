import { fill, type ChatStrings } from '../protocol/chatStrings.js';
import type { AssistantTurn, ChatTurn, UserTurn } from '../protocol/chatTurn.js';
import { visibleText } from '../chatCore/hiddenCharacters.js';
import { attachmentView } from './attachments.js';
import { markedText } from './characterMarks.js';
import { element } from './elements.js';
import { StreamingMarkdown } from './streamingMarkdown.js';
import { turnFooter } from './turnFooter.js';

interface TurnView {
  readonly element: HTMLElement;
  update(turn: ChatTurn): void;
}

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

  /** Adds a turn, or updates the one with its id. */
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

/** A question as it was typed: it isn't rendered as Markdown. */
class UserTurnView implements TurnView {
  readonly element: HTMLElement;

  constructor(
    turn: UserTurn,
    private readonly strings: ChatStrings,
  ) {
    this.element = element('article', { class: 'turn user', 'aria-label': strings.you });
    this.update(turn);
  }

  update(turn: ChatTurn): void {
    if (turn.role !== 'user') return;
    this.element.replaceChildren(
      ...turn.attachments.map((attachment) => attachmentView(attachment, this.strings)),
      ...(turn.text.trim() === '' ? [] : [element('div', { class: 'question' }, ...markedText(turn.text))]),
    );
  }
}

/** An answer: thoughts, Markdown, and how it ended. */
class AssistantTurnView implements TurnView {
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

  /** The answer's visible text. */
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

  /** Shows how much of the prompt has been evaluated. */
  showReading(done: number, total: number): void {
    this.showWaiting(fill(this.strings.reading, Math.floor((done / Math.max(1, total)) * 100)));
  }

  private restart(): void {
    const fresh = new StreamingMarkdown(this.strings);
    this.answer.element.replaceWith(fresh.element);
    this.answer = fresh;
  }

  private showWaiting(text: string): void {
    const isVisible = this.isStreaming && this.answer.text === '' && this.thoughts.isEmpty;
    this.waiting.textContent = isVisible ? text : '';
    this.waiting.hidden = !isVisible;
  }
}

/** The model's thoughts before its answer: plain text, collapsed until the user opens it. */
class ThoughtsView {
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
    const shown = visibleText(text);
    if (this.text.data !== shown) this.text.data = shown;
    this.show(isThinking);
  }

  append(text: string): void {
    this.text.appendData(visibleText(text));
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
