import { element } from '../../element.js';
import { settingField } from './settingField.js';

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
