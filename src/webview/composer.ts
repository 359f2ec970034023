import { fill, type ChatStrings } from '../protocol/chatStrings.js';
import type { ChatAttachment } from '../protocol/chatTurn.js';
import { attachmentItems } from './attachments.js';
import { hiddenCharacterLabels } from '../chatCore/hiddenCharacters.js';
import { element, iconButton } from './elements.js';

interface ComposerEvents {
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
  readonly onInput: (text: string) => void;
}

/** The input for a question. Its text stays until the host has accepted it. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly input: HTMLTextAreaElement;
  private readonly attachments = element('ul', { class: 'attachments' });
  private readonly send: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly hidden = element('p', { class: 'note', role: 'status' });
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
      this.hidden,
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
    // The button that had the focus is hidden now.
    if (hadFocus) this.focus();
  }

  setAttachments(attachments: readonly ChatAttachment[]): void {
    this.attachments.hidden = attachments.length === 0;
    this.attachments.replaceChildren(...attachmentItems(attachments, this.strings));
    this.updateSendable();
  }

  focus(): void {
    this.input.focus();
  }

  private onKey(event: KeyboardEvent): void {
    // While an input method composes, Enter accepts its suggestion; older ones signal that with key code 229.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- isComposing alone misses some input methods
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
    this.fitHeight();
    this.updateSendable();
    this.showHidden();
    this.events.onInput(this.text);
  }

  /** An input can't mark them; pasted ones may hold a text of their own for the model. */
  private showHidden(): void {
    const labels = hiddenCharacterLabels(this.text);
    const text = labels === '' ? '' : fill(this.strings.hiddenCharacters, labels);
    this.hidden.hidden = labels === '';
    if (this.hidden.textContent !== text) this.hidden.textContent = text;
  }

  private updateSendable(): void {
    this.send.disabled = !this.hasContent;
  }

  /** Fits the height to the text; the style sheet limits it. */
  private fitHeight(): void {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }
}
