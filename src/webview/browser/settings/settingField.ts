import { element } from '../../element.js';
import { newId } from '../../../chatCore/newId.js';

export interface SettingField {
  readonly element: HTMLElement;
  /** Says what is wrong with the value; `undefined` when nothing is. */
  readonly complain: (complaint: string | undefined) => void;
}

/** A control with its label above it, and a few words below it that explain it. */
export function settingField(
  control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  label: string,
  help: string,
): SettingField {
  const [id, helpId] = [newId(), newId()];
  control.id = id;
  control.setAttribute('aria-describedby', helpId);
  const text = element('p', { class: 'help', id: helpId, 'aria-live': 'polite' }, help);
  return {
    element: element('div', { class: 'setting' }, element('label', { for: id }, label), control, text),
    complain: (complaint) => {
      text.textContent = complaint ?? help;
      text.classList.toggle('complaint', complaint !== undefined);
      if (complaint === undefined) control.removeAttribute('aria-invalid');
      else control.setAttribute('aria-invalid', 'true');
    },
  };
}
