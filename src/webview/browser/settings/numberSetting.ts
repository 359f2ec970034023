import { element } from '../../element.js';
import { settingField } from './settingField.js';

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
