import type { ChatDraftText, ChatViewMessage, ChatViewStatus } from '../protocol/chatView.js';
import { handleActions } from './actions.js';
import { Announcer, element, icon } from './elements.js';
import { Composer } from './composer.js';
import { ConversationView } from './conversationView.js';
import type { Host } from './host.js';
import { newId } from '../chatCore/newId.js';
import { Notice, welcome } from './notices.js';
import { ScrollFollower } from './scrollFollower.js';

type Init = Extract<ChatViewMessage, { kind: 'init' }>;

/** Delay after the last key until the draft is sent to the host; the page's own state has it at once. */
const SEND_DRAFT_AFTER_MS = 400;

/** The page after its first message: builds the parts and passes messages between them and the host. */
class ChatApp {
  private readonly conversation: ConversationView;
  private readonly composer: Composer;
  private readonly notice: Notice;
  private readonly announcer = new Announcer();
  private readonly follower: ScrollFollower;
  private readonly model = element('p', { class: 'model' });
  private readonly root = element('main', { class: 'chat' });
  private answering: string | undefined;
  private asked: { readonly request: string; readonly text: string } | undefined;
  private draft: ChatDraftText;
  private draftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: Host,
    private readonly init: Init,
  ) {
    const { strings } = init;
    const saved = host.getState()?.draft;
    this.draft = saved !== undefined && saved.revision > init.draft.revision ? saved : init.draft;
    this.conversation = new ConversationView(strings);
    this.notice = new Notice(strings, (command) => host.post({ kind: 'command', command }));
    this.composer = new Composer(strings, {
      onSend: (text) => this.send(text),
      onStop: () => this.stop(),
      onInput: (text) => this.saveDraft(text),
    });
    const content = element(
      'div',
      { class: 'content' },
      welcome(strings, (question) => this.send(question)),
      this.conversation.element,
    );
    const scroller = element('div', { class: 'scroller', tabindex: '0' }, content);
    this.follower = new ScrollFollower(scroller, content, strings.jumpToEnd, () => this.composer.focus());
    this.root.append(
      element('div', { class: 'scroll-area' }, scroller, this.follower.button),
      this.notice.element,
      this.composer.element,
      this.model,
      this.announcer.element,
    );
    handleActions(
      this.root,
      (message) => host.post(message),
      (button) => this.showCopied(button),
    );
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing && this.answering !== undefined) this.stop();
    });
  }

  /** Replaces the content of `parent`. */
  mount(parent: HTMLElement): void {
    parent.replaceChildren(this.root);
    const { turns, status, attachments } = this.init;
    this.setTurns(turns);
    this.setStatus(status);
    this.composer.setAttachments(attachments);
    this.composer.setText(this.draft.text);
    // When the page itself gets the focus, as by a click on the view's title, the input takes it.
    window.addEventListener('focus', () => {
      if (document.activeElement === document.body) this.composer.focus();
    });
  }

  receive(message: Exclude<ChatViewMessage, Init>): void {
    switch (message.kind) {
      case 'conversation': {
        this.setTurns(message.turns);
        return;
      }
      case 'turn': {
        this.setTurn(message.turn);
        return;
      }
      case 'delta': {
        const answer = this.conversation.answer(message.turn);
        // The page has missed a message: it asks for everything.
        if (answer === undefined) {
          this.host.post({ kind: 'ready' });
          return;
        }
        answer.append(message.part, message.text);
        return;
      }
      case 'reading':
        return this.conversation.answer(message.turn)?.showReading(message.done, message.total);
      case 'status': {
        this.setStatus(message.status);
        return;
      }
      case 'attachments': {
        this.composer.setAttachments(message.attachments);
        return;
      }
      case 'accepted': {
        this.accepted(message.request);
        return;
      }
      case 'focus': {
        this.composer.focus();
        return;
      }
    }
  }

  private setTurns(turns: Init['turns']): void {
    this.conversation.setAll(turns);
    this.setAnswering(turns.find((turn) => turn.role === 'assistant' && turn.state === 'streaming')?.id);
    this.updateEmpty();
    this.follower.jump();
  }

  private setTurn(turn: Init['turns'][number]): void {
    this.conversation.set(turn);
    this.updateEmpty();
    if (turn.role === 'user') {
      this.follower.jump();
    } else if (turn.state === 'streaming') {
      this.setAnswering(turn.id);
    } else if (this.answering === turn.id) {
      this.setAnswering(undefined);
      this.announce(turn);
    }
  }

  private announce(turn: Extract<Init['turns'][number], { role: 'assistant' }>): void {
    const { answerReady, answerStopped, answerInterrupted } = this.init.strings;
    if (turn.failure !== undefined)
      this.announcer.say(
        turn.state === 'interrupted' ? `${answerInterrupted} ${turn.failure.message}` : turn.failure.message,
      );
    else if (turn.state === 'stopped') this.announcer.say(answerStopped);
    else this.announcer.say(`${answerReady} ${this.conversation.answer(turn.id)?.text ?? ''}`);
  }

  private send(text: string): void {
    if (this.answering !== undefined) return;
    const request = newId();
    this.asked = { request, text };
    this.host.post({ kind: 'send', request, text });
  }

  private accepted(request: string): void {
    if (this.asked?.request === request && this.composer.text === this.asked.text) this.composer.setText('');
    this.asked = undefined;
  }

  private stop(): void {
    this.host.post({ kind: 'stop' });
  }

  private saveDraft(text: string): void {
    if (text === this.draft.text) return;
    this.draft = { text, revision: this.draft.revision + 1 };
    this.host.setState({ draft: this.draft });
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(
      () => this.host.post({ kind: 'draft', draft: this.draft }),
      SEND_DRAFT_AFTER_MS,
    );
  }

  private setAnswering(turn: string | undefined): void {
    this.answering = turn;
    this.composer.setAnswering(turn !== undefined);
  }

  private setStatus(status: ChatViewStatus): void {
    this.notice.show(status);
    this.root.dataset['status'] = status.kind;
    if (status.kind !== 'ready') return;
    this.model.textContent = [status.model, status.device].filter((part) => part !== undefined).join(' · ');
  }

  private updateEmpty(): void {
    this.root.classList.toggle('empty', this.conversation.isEmpty);
  }

  private showCopied(button: HTMLElement): () => void {
    const { copy, copied } = this.init.strings;
    const show = (label: string, name: 'copy' | 'copied'): void => {
      button.setAttribute('aria-label', label);
      button.title = label;
      button.replaceChildren(icon(name));
    };
    show(copied, 'copied');
    this.announcer.say(copied);
    return () => show(copy, 'copy');
  }
}

/** Shows the chat in `parent`, as soon as its host has sent the first message. */
export function showChat(host: Host, parent: HTMLElement): void {
  let app: ChatApp | undefined;
  host.onMessage((message) => {
    if (message.kind === 'init') {
      app = new ChatApp(host, message);
      app.mount(parent);
    } else {
      app?.receive(message);
    }
  });
  host.post({ kind: 'ready' });
}
