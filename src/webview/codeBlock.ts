import type { ChatStrings } from '../protocol/chatStrings.js';
import { iconButton } from './button.js';
import { element } from './element.js';
import { highlight } from './highlight.js';

/** Gives each code block of an answer its colours and its bar: language, copy, insert, new file. */
export function dressCodeBlocks(fragment: DocumentFragment, strings: ChatStrings): void {
  for (const pre of fragment.querySelectorAll<HTMLElement>('pre[data-language]')) {
    const language = pre.dataset['language'] ?? '';
    const code = pre.querySelector('code');
    if (code !== null) highlight(code, language.toLowerCase());
    // A long line scrolls, by keys as well.
    pre.tabIndex = 0;
    const block = element('div', { class: 'code-block', role: 'group', 'aria-label': language });
    const bar = element(
      'div',
      { class: 'code-bar' },
      element('span', { class: 'code-language' }, language),
      iconButton('copy', strings.copy, 'copy'),
      iconButton('insert', strings.insert, 'insert'),
      iconButton('newFile', strings.newFile, 'newFile'),
    );
    pre.replaceWith(block);
    block.append(bar, pre);
  }
}

/** The code that a bar's button belongs to. */
export function codeOf(button: Element): { readonly text: string; readonly language: string } | undefined {
  const pre = button.closest('.code-block')?.querySelector<HTMLElement>('pre');
  if (pre === null || pre === undefined) return undefined;
  return { text: pre.textContent, language: pre.dataset['language'] ?? '' };
}
