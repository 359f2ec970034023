import { EngineError } from '../../protocol/errors.js';
import type { ChatMessage } from '../../protocol/chat.js';
import { errorText } from '../errorText.js';
import { AnswerDisplay, dim } from './answerDisplay.js';
import { chatParams, type ChatWishes } from './chatQuestion.js';
import { noteOn, type AnswerDeps } from './oneAnswer.js';

const HELP = 'Ask a question. /clear starts over, /exit or Ctrl+D quits, Ctrl+C stops an answer.\n';
const LEAVING = new Set(['/exit', '/quit']);
/** After these the next question may do better. */
const PASSING = new Set(['promptTooLong', 'evaluationFailed']);

/** A conversation in the terminal: question, answer, question … The engine's cache keeps what has been said. */
export class ChatSession {
  private messages: ChatMessage[] = [];
  /** Lines of the person's, the newest first. */
  private readonly history: string[] = [];

  constructor(
    private readonly means: AnswerDeps,
    private readonly wishes: ChatWishes,
  ) {}

  /**
   * Resolves when the person leaves.
   * @throws EngineError when there can be no answers; the signal's reason
   */
  async run(): Promise<void> {
    const { terminal } = this.means;
    terminal.writeNote(HELP);
    for (;;) {
      const question = await this.readQuestion();
      if (question === undefined) {
        // The shell's prompt shall not stand behind this one.
        terminal.writeNote('\n');
        return;
      }
      const command = question.trim();
      if (command === '') continue;
      if (LEAVING.has(command)) return;
      if (command === '/clear') {
        this.messages = [];
        terminal.writeNote('Conversation cleared.\n');
      } else if (/^\/\w+$/.test(command)) terminal.writeNote(HELP);
      else await this.answer(question);
    }
  }

  /** A backslash at a line's end says that the question goes on. */
  private async readQuestion(): Promise<string | undefined> {
    const { terminal, signal } = this.means;
    const lines: string[] = [];
    for (;;) {
      const line = await terminal.readLine(lines.length === 0 ? '> ' : '. ', this.history, signal);
      signal.throwIfAborted();
      if (line === undefined) return undefined;
      if (line.trim() !== '') this.history.unshift(line);
      if (!line.endsWith('\\')) return [...lines, line].join('\n');
      lines.push(line.slice(0, -1));
    }
  }

  private async answer(question: string): Promise<void> {
    const { terminal, signal, chat } = this.means;
    const stop = new AbortController();
    const release = terminal.onInterrupt(() => {
      if (stop.signal.aborted) return false;
      stop.abort(new DOMException('stopped', 'AbortError'));
      return true;
    });
    const asked: ChatMessage[] = [...this.messages, { role: 'user', content: question }];
    const display = new AnswerDisplay(terminal);
    let text = '';
    display.begin();
    try {
      const result = await chat.answer(
        chatParams(asked, this.wishes),
        AbortSignal.any([signal, stop.signal]),
        (progress) => {
          if (progress.kind === 'text') text += progress.text;
          display.show(progress);
        },
      );
      display.end();
      this.messages = [...asked, { role: 'assistant', content: result.text }];
      terminal.writeNote(noteOn(result, terminal));
      if (result.droppedMessages > 0)
        terminal.writeNote(
          `The context is full: the model no longer sees the ${result.droppedMessages} oldest messages.\n`,
        );
    } catch (error) {
      display.end();
      if (signal.aborted) throw error;
      if (stop.signal.aborted) {
        // What was said stays said: the model is to know what "go on" means.
        this.messages = [...asked, { role: 'assistant', content: text }];
        terminal.writeNote(`${dim(terminal, 'Stopped.')}\n`);
      } else if (error instanceof EngineError && PASSING.has(error.data.kind))
        terminal.writeNote(`${errorText(error)}\n`);
      else throw error;
    } finally {
      release();
    }
  }
}
