import { element, textButton } from '../../elements.js';
import { ModalDialog } from '../modalDialog.js';
import type { WebStorage } from '../webStorage.js';
import type { BrowserWords } from '../words/browserWords.js';

const KEY = 'youtu.apiKey';

/** The key that a server may require; forgotten when the tab is closed. */
export class ApiKey {
  constructor(private readonly storage: WebStorage) {}

  get value(): string {
    return this.storage.get(KEY) ?? '';
  }

  set value(key: string) {
    this.storage.set(KEY, key === '' ? undefined : key);
  }

  get headers(): Readonly<Record<string, string>> {
    return this.value === '' ? {} : { authorization: `Bearer ${this.value}` };
  }
}

/** Asks the user for the key. */
export class KeyDialog {
  private readonly dialog: ModalDialog;
  private readonly input: HTMLInputElement;

  constructor(words: BrowserWords, onKey: (key: string) => void) {
    this.dialog = new ModalDialog(words.keyTitle, words.close);
    this.input = element('input', {
      type: 'password',
      class: 'field',
      autocomplete: 'off',
      'aria-label': words.keyLabel,
    });
    const use = element('button', { type: 'submit', class: 'button primary' }, words.useKey);
    const form = element(
      'form',
      { class: 'key-form' },
      element('p', { class: 'help' }, words.keyText),
      this.input,
      element('p', { class: 'help' }, words.keyKept),
      element(
        'div',
        { class: 'buttons' },
        use,
        textButton(words.cancel, () => this.dialog.close()),
      ),
    );
    // The page's policy forbids submitting forms: data may leave only by the page's own requests.
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const key = this.input.value.trim();
      if (key === '') return;
      this.dialog.close();
      this.input.value = '';
      onKey(key);
    });
    this.dialog.body.append(form);
  }

  get element(): HTMLElement {
    return this.dialog.element;
  }

  open(): void {
    this.dialog.open(this.input);
  }
}
