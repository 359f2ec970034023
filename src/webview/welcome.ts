import type { ChatStrings } from '../protocol/chatStrings.js';
import { textButton } from './button.js';
import { element } from './element.js';

/** Before the first question: what this is, and some questions to start with. */
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
