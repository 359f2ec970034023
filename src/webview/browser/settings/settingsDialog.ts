import { element, textButton } from '../../elements.js';
import { ModalDialog } from '../modalDialog.js';
import type { BrowserWords } from '../words/browserWords.js';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../words/wordsFor.js';
import { DEFAULT_SETTINGS, MAX_TEMPERATURE, type BrowserSettings } from './browserSettings.js';
import { choiceSetting, numberSetting, settingField } from './settingFields.js';

export interface SettingsEvents {
  readonly onChange: (change: Partial<BrowserSettings>) => void;
  readonly onKey: (key: string) => void;
}

/** All settings, each with a help text. A change takes effect at once. */
export class SettingsDialog {
  private readonly dialog: ModalDialog;
  private language: HTMLSelectElement | undefined;

  constructor(
    private readonly words: BrowserWords,
    private readonly events: SettingsEvents,
  ) {
    this.dialog = new ModalDialog(words.settings, words.close);
    this.dialog.element.classList.add('settings');
  }

  get element(): HTMLElement {
    return this.dialog.element;
  }

  /** @param at the setting that gets the focus: the language, after it was changed */
  open(settings: BrowserSettings, key: string, at?: 'language'): void {
    this.fill(settings, key);
    this.dialog.open(at === 'language' ? this.language : undefined);
  }

  private fill(settings: BrowserSettings, key: string): void {
    const { words, events } = this;
    const { automatic } = words;
    const language = choiceSetting<Language | 'auto'>(
      {
        label: words.languageLabel,
        help: words.languageHelp,
        value: settings.language,
        choices: [['auto', automatic], ...LANGUAGES.map((name) => [name, LANGUAGE_NAMES[name]] as const)],
      },
      (language) => events.onChange({ language }),
    );
    this.language = language.control;
    const appearance = choiceSetting(
      {
        label: words.appearance,
        help: words.appearanceHelp,
        value: settings.theme,
        choices: [
          ['auto', automatic],
          ['light', words.light],
          ['dark', words.dark],
        ],
      },
      (theme) => events.onChange({ theme }),
    );
    const reset = textButton(words.reset, () => {
      events.onChange(DEFAULT_SETTINGS);
      this.fill(DEFAULT_SETTINGS, key);
    });
    this.dialog.body.replaceChildren(
      ...this.modelSettings(settings),
      appearance.element,
      language.element,
      this.keySetting(key),
      element('div', { class: 'buttons' }, reset),
    );
  }

  private modelSettings(settings: BrowserSettings): readonly HTMLElement[] {
    const { words, events } = this;
    const { automatic } = words;
    const system = element('textarea', { class: 'field', rows: '3' });
    system.value = settings.systemPrompt;
    system.addEventListener('input', () => events.onChange({ systemPrompt: system.value }));
    const thinking = choiceSetting(
      {
        label: words.thinking,
        help: words.thinkingHelp,
        value: settings.thinking,
        choices: [
          ['auto', automatic],
          ['on', words.on],
          ['off', words.off],
        ],
      },
      (thinking) => events.onChange({ thinking }),
    );
    return [
      settingField(system, words.systemPrompt, words.systemPromptHelp).element,
      numberSetting(
        {
          label: words.temperature,
          help: words.temperatureHelp,
          wrong: words.temperatureWrong,
          automatic,
          value: settings.temperature,
          step: 0.1,
          isAllowed: (value) => value >= 0 && value <= MAX_TEMPERATURE,
        },
        (temperature) => events.onChange({ temperature }),
      ),
      numberSetting(
        {
          label: words.maxTokens,
          help: words.maxTokensHelp,
          wrong: words.maxTokensWrong,
          automatic,
          value: settings.maxTokens,
          step: 1,
          isAllowed: (value) => Number.isSafeInteger(value) && value >= 1,
        },
        (maxTokens) => events.onChange({ maxTokens }),
      ),
      thinking.element,
    ];
  }

  private keySetting(key: string): HTMLElement {
    const input = element('input', { type: 'password', class: 'field', autocomplete: 'off' });
    input.value = key;
    input.addEventListener('change', () => this.events.onKey(input.value.trim()));
    const { keyLabel, keyHelp, keyKept } = this.words;
    return settingField(input, keyLabel, `${keyHelp} ${keyKept}`).element;
  }
}
