import { newId } from '../../chatCore/newId.js';
import { element, iconButton } from '../elements.js';

/** A modal dialog. It is closed by its button, with Escape, or by a click outside of it. */
export class ModalDialog {
  readonly element: HTMLDialogElement;
  readonly body = element('div', { class: 'dialog-body' });

  constructor(title: string, closeLabel: string) {
    const id = newId();
    const close = iconButton('close', closeLabel);
    close.addEventListener('click', () => this.close());
    this.element = element(
      'dialog',
      { class: 'dialog', 'aria-labelledby': id },
      element('header', { class: 'dialog-header' }, element('h2', { id }, title), close),
      this.body,
    );
    // The content covers the whole dialog, so a click on the dialog element itself is one on its backdrop. A press that
    // began inside, to select text, may end there.
    let isOutside = false;
    this.element.addEventListener('pointerdown', ({ target }) => (isOutside = target === this.element));
    this.element.addEventListener('click', ({ target }) => {
      if (isOutside && target === this.element) this.close();
    });
  }

  /** @param first gets the focus; by default the first control */
  open(first?: HTMLElement): void {
    if (!this.element.open) this.element.showModal();
    first?.focus();
  }

  close(): void {
    this.element.close();
  }
}
