import type { ChatStrings } from '../protocol/chatStrings.js';
import type { ChatViewStatus, ViewCommand } from '../protocol/chatView.js';
import { element, textButton } from './elements.js';

/** Why no answer is possible yet, with the next step: no model, a stopped engine, a model being loaded. */
export class Notice {
  readonly element = element('section', { class: 'notice', role: 'status' });

  constructor(
    private readonly strings: ChatStrings,
    private readonly run: (command: ViewCommand) => void,
  ) {}

  show(status: ChatViewStatus): void {
    const { strings } = this;
    const { noModelTitle, noModelText, stoppedTitle, stoppedText, failedTitle } = strings;
    this.element.hidden = status.kind === 'ready';
    this.element.dataset['kind'] = status.kind;
    switch (status.kind) {
      case 'ready': {
        this.element.replaceChildren();
        return;
      }
      case 'busy': {
        this.showBusy(status.message, status.progress);
        return;
      }
      case 'noModel': {
        this.fill(noModelTitle, noModelText, ['downloadModel', 'chooseModel']);
        return;
      }
      case 'stopped': {
        this.fill(stoppedTitle, stoppedText, ['restartEngine', 'showLog']);
        return;
      }
      case 'failed': {
        this.fill(failedTitle, status.message, ['chooseModel', 'showLog']);
        return;
      }
    }
  }

  private fill(title: string, text: string, commands: readonly ViewCommand[]): void {
    this.element.replaceChildren(
      element('h2', {}, title),
      element('p', {}, text),
      element(
        'div',
        { class: 'buttons' },
        ...commands.flatMap((command, index) => {
          const label = this.strings[command];
          if (label === undefined) return [];
          return [textButton(label, () => this.run(command), index === 0 ? 'primary' : 'secondary')];
        }),
      ),
    );
  }

  /** Progress is reported often: only the bar is updated then. */
  private showBusy(message: string, progress: number | undefined): void {
    let bar = this.element.querySelector('progress');
    if (bar === null || this.element.querySelector('p')?.textContent !== message) {
      bar = element('progress', { max: '1', 'aria-label': message });
      this.element.replaceChildren(element('p', {}, message), bar);
    }
    if (progress === undefined) bar.removeAttribute('value');
    else bar.value = progress;
  }
}

/** Shown before the first question: what this is, and examples to start with. */
export function welcome(strings: ChatStrings, ask: (question: string) => void): HTMLElement {
  return element(
    'section',
    { class: 'welcome' },
    element('h2', {}, strings.welcomeTitle),
    element('p', {}, strings.welcomeText),
    element(
      'ul',
      { class: 'examples' },
      ...strings.examples.map((example) =>
        element(
          'li',
          {},
          textButton(example, () => ask(example), 'example'),
        ),
      ),
    ),
  );
}
