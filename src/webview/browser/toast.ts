import { Announcer, element, iconButton, textButton } from '../elements.js';

/** A sentence about what has just happened, perhaps with a way back. Stays until it is closed, or until the next. */
export class Toast {
  private readonly text = element('p');
  private readonly buttons = element('div', { class: 'buttons' });
  private readonly bar = element('div', { class: 'toast', hidden: '' }, this.text, this.buttons);
  // Screen readers hear only what comes into an element that was there before.
  private readonly announcer = new Announcer();
  readonly element = element('div', {}, this.bar, this.announcer.element);

  constructor(private readonly closeLabel: string) {}

  show(text: string, action?: { readonly label: string; readonly run: () => void }): void {
    const close = iconButton('close', this.closeLabel);
    close.addEventListener('click', () => this.hide());
    const buttons = [close];
    if (action !== undefined) {
      const act = (): void => {
        this.hide();
        action.run();
      };
      buttons.unshift(textButton(action.label, act));
    }
    this.buttons.replaceChildren(...buttons);
    this.text.textContent = text;
    this.bar.hidden = false;
    this.announcer.say(text);
  }

  hide(): void {
    this.bar.hidden = true;
    this.announcer.say('');
  }
}
