import type { ChatStrings } from '../protocol/chatStrings.js';
import type { ChatAttachment } from '../protocol/chatTurn.js';
import { attachmentItems } from './attachments.js';
import { element, iconButton } from './elements.js';

export interface ComposerEvents {
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
  readonly onInput: (text: string) => void;
}

/** Where a question is written. Its text goes away only when it has been taken over. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly input: HTMLTextAreaElement;
  private readonly attachments = element('ul', { class: 'attachments' });
  private readonly send: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private isAnswering = false;

  constructor(
    private readonly strings: ChatStrings,
    private readonly events: ComposerEvents,
  ) {
    const { inputLabel, inputPlaceholder } = strings;
    this.input = element('textarea', { rows: '1', 'aria-label': inputLabel, placeholder: inputPlaceholder });
    this.send = iconButton('send', strings.send);
    this.stop = iconButton('stop', strings.stop);
    this.send.classList.add('send');
    this.stop.classList.add('stop');
    this.element = element(
      'form',
      { class: 'composer' },
      this.attachments,
      element('div', { class: 'input-row' }, this.input, this.send, this.stop),
    );
    this.send.addEventListener('click', () => this.submit());
    this.stop.addEventListener('click', () => events.onStop());
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.input.addEventListener('input', () => this.changed());
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.setAnswering(false);
    this.setAttachments([]);
  }

  get text(): string {
    return this.input.value;
  }

  setText(text: string): void {
    this.input.value = text;
    this.changed();
  }

  setAnswering(isAnswering: boolean): void {
    const hadFocus = document.activeElement === this.send || document.activeElement === this.stop;
    this.isAnswering = isAnswering;
    this.send.hidden = isAnswering;
    this.stop.hidden = !isAnswering;
    // The button that had the focus is gone.
    if (hadFocus) this.focus();
  }

  setAttachments(attachments: readonly ChatAttachment[]): void {
    this.attachments.hidden = attachments.length === 0;
    this.attachments.replaceChildren(...attachmentItems(attachments, this.strings));
    this.showWhetherSendable();
  }

  focus(): void {
    this.input.focus();
  }

  private onKey(event: KeyboardEvent): void {
    // While an input method composes, Enter takes its suggestion; 229 is how older ones say so.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing newer tells it for all input methods
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  private submit(): void {
    if (!this.isAnswering && this.hasContent) this.events.onSend(this.text);
  }

  private get hasContent(): boolean {
    return this.text.trim() !== '' || this.attachments.childElementCount > 0;
  }

  private changed(): void {
    this.grow();
    this.showWhetherSendable();
    this.events.onInput(this.text);
  }

  private showWhetherSendable(): void {
    this.send.disabled = !this.hasContent;
  }

  /** As high as its text; the style sheet sets the limit. */
  private grow(): void {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }
}
