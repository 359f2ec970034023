import { newId } from '../../../chatCore/newId.js';
import { element } from '../../elements.js';

interface SettingField {
  readonly element: HTMLElement;
  /** Shows what is wrong with the value; `undefined` shows the help again. */
  readonly showProblem: (problem: string | undefined) => void;
}

/** A control with its label above it and a help text below it. */
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
    showProblem: (problem) => {
      text.textContent = problem ?? help;
      text.classList.toggle('problem', problem !== undefined);
      if (problem === undefined) control.removeAttribute('aria-invalid');
      else control.setAttribute('aria-invalid', 'true');
    },
  };
}

interface ChoiceSetting<T extends string> {
  readonly label: string;
  readonly help: string;
  readonly value: T;
  /** Each value with its name, in order. */
  readonly choices: readonly (readonly [value: T, name: string])[];
}

/** A select with a few values. */
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

interface NumberSetting {
  readonly label: string;
  readonly help: string;
  /** Shown for a value that isn't allowed. */
  readonly wrong: string;
  /** Placeholder while nothing is set. */
  readonly automatic: string;
  readonly value: number | 'auto';
  readonly step: number;
  readonly isAllowed: (value: number) => boolean;
}

/** A number, or empty for `auto`. A number that isn't allowed shows {@link NumberSetting.wrong} and isn't used. */
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
    field.showProblem(isGood ? undefined : setting.wrong);
    if (isGood) onChange(isEmpty ? 'auto' : valueAsNumber);
  });
  return field.element;
}
