import type { ChatStrings } from '../protocol/chatStrings.js';
import { unmarkedText } from './characterMarks.js';
import { element, iconButton } from './elements.js';
import { highlight } from './highlight.js';

const CODE_ACTIONS = ['copy', 'insert', 'newFile'] as const;

/** Highlights each code block of an answer and adds its bar: language, copy, and the host's actions for code. */
export function decorateCodeBlocks(fragment: DocumentFragment, strings: ChatStrings): void {
  for (const pre of fragment.querySelectorAll<HTMLElement>('pre[data-language]')) {
    const language = pre.dataset['language'] ?? '';
    const code = pre.querySelector('code');
    if (code !== null) highlight(code, language.toLowerCase());
    // Long lines must be scrollable with the keyboard too.
    pre.tabIndex = 0;
    const block = element('div', { class: 'code-block', role: 'group', 'aria-label': language });
    const bar = element(
      'div',
      { class: 'code-bar' },
      element('span', { class: 'code-language' }, language),
      ...CODE_ACTIONS.flatMap((action) => {
        const label = strings[action];
        return label === undefined ? [] : [iconButton(action, label, action)];
      }),
    );
    pre.replaceWith(block);
    block.append(bar, pre);
  }
}

/** The code of the block that a button belongs to. */
export function codeOf(button: Element): { readonly text: string; readonly language: string } | undefined {
  const pre = button.closest('.code-block')?.querySelector<HTMLElement>('pre');
  if (pre === null || pre === undefined) return undefined;
  return { text: unmarkedText(pre), language: pre.dataset['language'] ?? '' };
}
