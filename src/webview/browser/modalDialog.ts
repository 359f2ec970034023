import { element, iconButton } from '../elements.js';
import { newId } from '../../chatCore/newId.js';

/** A window in the page, above all else, until it is closed: by its button, with Escape, or by a click beside it. */
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
    // What is inside covers the dialog wholly: only its backdrop is left to be hit itself. A press that began inside,
    // to select text, may end there.
    let isBeside = false;
    this.element.addEventListener('pointerdown', ({ target }) => (isBeside = target === this.element));
    this.element.addEventListener('click', ({ target }) => {
      if (isBeside && target === this.element) this.close();
    });
  }

  /** @param first what gets the focus; by default the first control */
  open(first?: HTMLElement): void {
    if (!this.element.open) this.element.showModal();
    first?.focus();
  }

  close(): void {
    this.element.close();
  }
}
