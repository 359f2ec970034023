import type { ChatPageMessage } from '../protocol/chatView.js';
import { codeOf } from './codeBlock.js';

/** Time that a button shows “copied”. */
const COPIED_MS = 1500;

/** Turns clicks on links and on buttons inside the conversation into messages. */
export function handleActions(
  root: HTMLElement,
  post: (message: ChatPageMessage) => void,
  onCopied: (button: HTMLElement) => () => void,
): void {
  root.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const link = target?.closest('a[href]');
    if (link !== null && link !== undefined) {
      // Neither the browser nor VS Code's own handler on the document may follow the link.
      event.preventDefault();
      event.stopPropagation();
      post({ kind: 'openLink', href: link.getAttribute('href') ?? '' });
      return;
    }
    const button = target?.closest<HTMLElement>('[data-action]');
    if (button === null || button === undefined) return;
    const message = messageFor(button);
    if (message === undefined) return;
    post(message);
    if (message.kind === 'copy') setTimeout(onCopied(button), COPIED_MS);
  });
}

function messageFor(button: HTMLElement): ChatPageMessage | undefined {
  const { action, id = '', turn = '', index } = button.dataset;
  const code = codeOf(button);
  switch (action) {
    case 'copy':
      return code && { kind: 'copy', text: code.text };
    case 'insert':
      return code && { kind: 'insert', text: code.text };
    case 'newFile':
      return code && { kind: 'newFile', ...code };
    case 'openPlace':
      return { kind: 'openPlace', attachment: id };
    case 'removeAttachment':
      return { kind: 'removeAttachment', attachment: id };
    case 'retry':
      return { kind: 'retry', turn };
    case 'runAction':
      return { kind: 'runAction', turn, action: Number(index) };
    default:
      return undefined;
  }
}
