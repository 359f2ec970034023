import type { ChatMessage } from '../../protocol/chat.js';
import { EngineError } from '../../protocol/errors.js';
import { errorText } from '../errors.js';
import { AnswerDisplay, dim } from './answerDisplay.js';
import { noteOn, type AnswerDeps } from './oneAnswer.js';
import { chatParams, type AnswerOptions } from './question.js';

const HELP = 'Ask a question. /clear starts over, /exit or Ctrl+D quits, Ctrl+C stops an answer.\n';
const LEAVING = new Set(['/exit', '/quit']);
/** Kinds of errors after which the next question may succeed. */
const RECOVERABLE = new Set(['promptTooLong', 'evaluationFailed']);

/** A conversation in the terminal: question, answer, question … */
export class TerminalChat {
  private messages: ChatMessage[] = [];
  /** The user's lines, the newest first. */
  private readonly history: string[] = [];

  constructor(
    private readonly deps: AnswerDeps,
    private readonly options: AnswerOptions,
  ) {}

  /**
   * Resolves when the user leaves.
   * @throws EngineError when the model can't answer at all; the signal's reason
   */
  async run(): Promise<void> {
    const { terminal } = this.deps;
    terminal.writeNote(HELP);
    for (;;) {
      const question = await this.readQuestion();
      if (question === undefined) {
        // The shell's prompt begins on a new line.
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

  /** A backslash at the end of a line continues the question on the next one. */
  private async readQuestion(): Promise<string | undefined> {
    const { terminal, signal } = this.deps;
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
    const { terminal, signal, chat } = this.deps;
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
        chatParams(asked, this.options),
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
        // The stopped answer stays in the conversation, so that "continue" has something to refer to.
        this.messages = [...asked, { role: 'assistant', content: text }];
        terminal.writeNote(`${dim(terminal, 'Stopped.')}\n`);
      } else if (error instanceof EngineError && RECOVERABLE.has(error.data.kind))
        terminal.writeNote(`${errorText(error)}\n`);
      else throw error;
    } finally {
      release();
    }
  }
}
