import type { Terminal } from '../../../src/cli/terminal.js';

/** Keeps what is written, and answers questions from a list. */
export class FakeTerminal implements Terminal {
  results = '';
  notes = '';
  readonly questions: string[] = [];
  columns = 80;

  constructor(
    readonly isWatched = false,
    private readonly answers: string[] = [],
  ) {}

  get canAsk(): boolean {
    return this.answers.length > 0;
  }

  writeResult(text: string): void {
    this.results += text;
  }

  writeNote(text: string): void {
    this.notes += text;
  }

  ask(question: string): Promise<string> {
    this.questions.push(question);
    return Promise.resolve(this.answers.shift() ?? '');
  }
}
