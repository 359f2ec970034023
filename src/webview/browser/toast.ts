import { Announcer, element, iconButton, textButton } from '../elements.js';

interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** A sentence about what has just happened, perhaps with actions such as Undo. Stays until it is closed or replaced. */
export class Toast {
  private readonly text = element('p');
  private readonly buttons = element('div', { class: 'buttons' });
  private readonly bar = element('div', { class: 'toast', hidden: '' }, this.text, this.buttons);
  // Screen readers announce only changes of an element that was already there.
  private readonly announcer = new Announcer();
  readonly element = element('div', {}, this.bar, this.announcer.element);

  constructor(private readonly closeLabel: string) {}

  show(text: string, ...actions: readonly ToastAction[]): void {
    const close = iconButton('close', this.closeLabel);
    close.addEventListener('click', () => this.hide());
    const buttons = actions.map(({ label, run }) =>
      textButton(label, () => {
        this.hide();
        run();
      }),
    );
    this.buttons.replaceChildren(...buttons, close);
    this.text.textContent = text;
    this.bar.hidden = false;
    this.announcer.say(text);
  }

  hide(): void {
    this.bar.hidden = true;
    this.announcer.say('');
  }
}
