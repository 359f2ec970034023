import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';

/** What the engine is asked. */
export interface Question {
  readonly place: EditorPlace;
  /** Whether the user asked for it. */
  readonly isInvoked: boolean;
  /** The item that is selected in the suggestion list. */
  readonly selected: vscode.SelectedCompletionInfo | undefined;
}

export type Answer = vscode.InlineCompletionItem[] | undefined;

interface Asked extends Question {
  readonly source: vscode.CancellationTokenSource;
  readonly answer: Promise<Answer>;
  readonly at: number;
  /** How many of VS Code's requests wait for it. */
  waiting: number;
}

/**
 * VS Code 1.139 gives inline completions three quarters of a second, then cancels them and opens the suggestion list
 * instead. A cancellation that comes sooner is the user's: Esc, or a click elsewhere.
 */
const EARLIEST_GIVING_UP_MS = 500;

/**
 * Asks the engine, one question at a time. VS Code's own requests come and go while the text stands still: it stops
 * waiting where a small machine needs longer now and then, and asks a second time when it is to show more. So a question
 * lives as long as the text and the cursor are what it was asked for, and whoever asks it again gets the same answer.
 */
export class RequestDeduplicator extends Disposables {
  private last: Asked | undefined;

  /**
   * @param send asks the engine
   * @param onLate is told when an answer has come that VS Code no longer waits for, and that still fits
   */
  constructor(
    private readonly send: (question: Question, token: vscode.CancellationToken) => Promise<Answer>,
    private readonly onLate: (question: Question) => void,
  ) {
    super();
    this.own(vscode.workspace.onDidChangeTextDocument(() => this.dropOutdated()));
    this.own(vscode.window.onDidChangeTextEditorSelection(() => this.dropOutdated()));
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.dropOutdated()));
    this.own(new vscode.Disposable(() => this.drop()));
  }

  /** Resolves with the answer, or with `undefined` as soon as VS Code cancels. */
  async ask(question: Question, token: vscode.CancellationToken): Promise<Answer> {
    const asked = this.start(question);
    asked.waiting++;
    const cancelled = new Promise<undefined>((resolve) => {
      token.onCancellationRequested(() => {
        asked.waiting--;
        // VS Code may ask a second time before it gives up the first: then somebody waits all the same.
        if (asked.waiting === 0) this.follow(asked);
        resolve(undefined);
      });
    });
    return Promise.race([asked.answer, cancelled]);
  }

  /** The question that was asked last, if the editor still shows what it was asked for. */
  get current(): Question | undefined {
    return this.last?.place.isCurrent === true ? this.last : undefined;
  }

  /** What was answered to the current question; `undefined` when it failed. */
  async answerOf(question: Question): Promise<Answer> {
    return this.last === question ? this.last.answer.catch(() => undefined) : undefined;
  }

  /** The engine has more to say: whoever asks again shall get it. */
  forget(): void {
    this.last = undefined;
  }

  private start(question: Question): Asked {
    const { last } = this;
    if (last !== undefined && isAnsweredBy(question, last)) return last;
    this.drop();
    const source = new vscode.CancellationTokenSource();
    const asked = {
      ...question,
      source,
      answer: this.send(question, source.token),
      at: Date.now(),
      waiting: 0,
    };
    this.last = asked;
    asked.answer.catch(() => {
      if (this.last === asked) this.last = undefined;
    });
    return asked;
  }

  /** VS Code has cancelled: either all is over, or it only doesn't wait any more. */
  private follow(asked: Asked): void {
    if (!asked.place.isCurrent || Date.now() - asked.at < EARLIEST_GIVING_UP_MS) {
      if (this.last === asked) this.drop();
      return;
    }
    const tell = (answer: Answer): void => {
      if (answer !== undefined && answer.length > 0 && this.current === asked) this.onLate(asked);
    };
    asked.answer.then(tell, () => undefined); // who asked has been told
  }

  private dropOutdated(): void {
    if (this.last !== undefined && !this.last.place.isCurrent) this.drop();
  }

  private drop(): void {
    this.last?.source.cancel();
    this.last = undefined;
  }
}

function isAnsweredBy(question: Question, asked: Question): boolean {
  return (
    question.place.equals(asked.place) &&
    question.isInvoked === asked.isInvoked &&
    question.selected?.text === asked.selected?.text &&
    (question.selected === undefined || question.selected.range.isEqual(asked.selected?.range ?? NOWHERE))
  );
}

const NOWHERE = new vscode.Range(0, 0, 0, 0);

/** The state of an editor that an answer is for: a document's text, and the cursor in it. */
export class EditorPlace {
  private readonly version: number;

  constructor(
    readonly document: vscode.TextDocument,
    readonly position: vscode.Position,
  ) {
    this.version = document.version;
  }

  equals(other: EditorPlace): boolean {
    return (
      this.document === other.document &&
      this.version === other.version &&
      this.position.isEqual(other.position)
    );
  }

  /** Whether the editor at hand still shows this state. */
  get isCurrent(): boolean {
    const editor = vscode.window.activeTextEditor;
    return (
      editor?.document === this.document &&
      this.document.version === this.version &&
      editor.selection.active.isEqual(this.position)
    );
  }
}
