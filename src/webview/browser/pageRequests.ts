import { fill } from '../../protocol/chatStrings.js';
import type { ChatPageMessage } from '../../protocol/chatView.js';
import type { ChatSession } from './chatSession.js';
import { copyText } from './copyText.js';
import type { Toast } from './toast.js';
import type { BrowserWords } from './words/browserWords.js';

export interface PageRequestSurroundings {
  readonly session: ChatSession;
  readonly toast: () => Toast;
  readonly words: () => BrowserWords;
  /** The chat wants to know all that there is to show. */
  readonly onReady: () => void;
  readonly onAccepted: (request: string) => void;
  readonly askForKey: () => void;
}

/** Does what the chat asks for. What only an editor could do has no buttons here. */
export class PageRequests {
  constructor(private readonly around: PageRequestSurroundings) {}

  async handle(message: ChatPageMessage): Promise<void> {
    const { session, toast, words } = this.around;
    switch (message.kind) {
      case 'ready':
        this.around.onReady();
        return;
      case 'send': {
        if (message.text.trim() === '') return;
        toast().hide();
        const answered = session.ask(message.text);
        this.around.onAccepted(message.request);
        return answered;
      }
      case 'stop':
        session.stop();
        return;
      case 'retry':
        return session.retry(message.turn);
      // The only thing that can be done about a failure here, besides trying again.
      case 'runAction':
        this.around.askForKey();
        return;
      case 'copy':
        if (!(await copyText(message.text))) toast().show(words().copyFailed);
        return;
      case 'openLink':
        if (/^https?:\/\//i.test(message.href)) window.open(message.href, '_blank', 'noopener,noreferrer');
        else toast().show(fill(words().fileLink, message.href));
        return;
      // The page itself keeps the draft.
      case 'draft':
      case 'command':
      case 'insert':
      case 'newFile':
      case 'openPlace':
      case 'removeAttachment':
        return;
    }
  }
}
