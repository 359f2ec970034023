import { visibleText } from '../../chatCore/hiddenCharacters.js';
import { webAddress } from '../../chatCore/linkTarget.js';
import { fill } from '../../protocol/chatStrings.js';
import type { Toast } from './toast.js';
import type { BrowserWords } from './words/browserWords.js';

/** Opens a web page in a tab that can't reach this one; for a file it only says that this page can't. */
export function openLink(href: string, toast: Toast, words: BrowserWords): void {
  const address = webAddress(href);
  if (address !== undefined) window.open(address, '_blank', 'noopener,noreferrer');
  else toast.show(fill(words.fileLink, visibleText(href)));
}

/** Puts text on the clipboard. @returns whether the browser allowed it */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** Pages that come over plain HTTP from another machine have no clipboard API. */
function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.className = 'visually-hidden';
  area.value = text;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without the clipboard API
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
