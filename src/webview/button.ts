import { element } from './element.js';
import { icon, type IconName } from './icon.js';

export function textButton(label: string, onClick: () => void, kind = 'secondary'): HTMLButtonElement {
  const button = element('button', { type: 'button', class: `button ${kind}` }, label);
  button.addEventListener('click', onClick);
  return button;
}

/** A button that shows only a picture; its label is read out, and shown by the pointer. */
export function iconButton(name: IconName, label: string, action = ''): HTMLButtonElement {
  return element(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      title: label,
      'aria-label': label,
      ...(action === '' ? {} : { 'data-action': action }),
    },
    icon(name),
  );
}
