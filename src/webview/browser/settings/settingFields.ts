import { newId } from '../../../chatCore/newId.js';
import { element } from '../../elements.js';

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

export interface ChoiceSetting<T extends string> {
  readonly label: string;
  readonly help: string;
  readonly value: T;
  /** Each value with its name, in order. */
  readonly choices: readonly (readonly [value: T, name: string])[];
}

/** One of a few values. */
export function choiceSetting<T extends string>(
  { label, help, value, choices }: ChoiceSetting<T>,
  onChange: (value: T) => void,
): { readonly element: HTMLElement; readonly control: HTMLSelectElement } {
  const control = element(
    'select',
    { class: 'field' },
    ...choices.map(([choice, name]) => element('option', { value: choice }, name)),
  );
  control.value = value;
  control.addEventListener('change', () => {
    const chosen = choices.find(([choice]) => choice === control.value);
    if (chosen !== undefined) onChange(chosen[0]);
  });
  return { element: settingField(control, label, help).element, control };
}

export interface NumberSetting {
  readonly label: string;
  readonly help: string;
  /** What to say of a value that isn't allowed. */
  readonly wrong: string;
  /** Shown where nothing is set. */
  readonly automatic: string;
  readonly value: number | 'auto';
  readonly step: number;
  readonly isAllowed: (value: number) => boolean;
}

/** A number, or nothing for `auto`. A number that isn't allowed is told so, and not taken over. */
export function numberSetting(
  setting: NumberSetting,
  onChange: (value: number | 'auto') => void,
): HTMLElement {
  const input = element('input', {
    type: 'number',
    class: 'field',
    min: '0',
    step: String(setting.step),
    placeholder: setting.automatic,
  });
  if (setting.value !== 'auto') input.valueAsNumber = setting.value;
  const field = settingField(input, setting.label, setting.help);
  input.addEventListener('input', () => {
    const { value, valueAsNumber, validity } = input;
    const isEmpty = value === '' && !validity.badInput;
    const isGood = isEmpty || setting.isAllowed(valueAsNumber);
    field.complain(isGood ? undefined : setting.wrong);
    if (isGood) onChange(isEmpty ? 'auto' : valueAsNumber);
  });
  return field.element;
}
