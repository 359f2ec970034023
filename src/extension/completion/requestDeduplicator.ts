import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';

/** A completion request for one state of an editor. */
export interface Question {
  readonly place: EditorPosition;
  /** Whether the user triggered it. */
  readonly isInvoked: boolean;
  /** The item that is selected in the suggestion list. */
  readonly selected: vscode.SelectedCompletionInfo | undefined;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
}

export type Answer = vscode.InlineCompletionItem[] | undefined;

interface Asked extends Question {
  readonly source: vscode.CancellationTokenSource;
  readonly answer: Promise<Answer>;
  /** Number of VS Code's requests that are waiting for it. */
  waiting: number;
}

/**
 * VS Code 1.139 waits 0.75 s for inline completions, then cancels them and opens the suggestion list instead. An earlier
 * cancellation comes from the user: Esc, or a click elsewhere.
 */
const MIN_GIVE_UP_MS = 500;

/**
 * Sends one request at a time to the engine, and shares it between VS Code's requests for the same state. VS Code stops
 * waiting where a slow machine needs longer, and requests again to show more. So a request lives as long as the text and
 * the cursor don't change, and a repeated request gets the same answer.
 */
export class RequestDeduplicator extends Disposables {
  private last: Asked | undefined;

  /**
   * @param send sends a request to the engine
   * @param onLate called when an answer arrives that VS Code no longer waits for, and that still fits
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
        // VS Code may repeat a request before it cancels the first one; then there is still one waiting.
        if (asked.waiting === 0) this.follow(asked);
        resolve(undefined);
      });
    });
    return Promise.race([asked.answer, cancelled]);
  }

  /** The last request, if the editor is still in the state that it was for. */
  get current(): Question | undefined {
    return this.last?.place.isCurrent === true ? this.last : undefined;
  }

  /** The answer to the current request; `undefined` if it failed. */
  async answerOf(question: Question): Promise<Answer> {
    return this.last === question ? this.last.answer.catch(() => undefined) : undefined;
  }

  /** The engine has a longer answer: the next request for this state is sent again. */
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
      waiting: 0,
    };
    this.last = asked;
    asked.answer.catch(() => {
      if (this.last === asked) this.last = undefined;
    });
    return asked;
  }

  /** VS Code has cancelled all requests: either the state is outdated, or only the time limit has passed. */
  private follow(asked: Asked): void {
    if (!asked.place.isCurrent || Date.now() - asked.issuedAt < MIN_GIVE_UP_MS) {
      if (this.last === asked) this.drop();
      return;
    }
    const notify = (answer: Answer): void => {
      if (answer !== undefined && answer.length > 0 && this.current === asked) this.onLate(asked);
    };
    // A failure has been reported to the request itself.
    asked.answer.then(notify, () => undefined);
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

/** A state of an editor: a document's text, and the cursor in it. */
export class EditorPosition {
  private readonly version: number;

  constructor(
    readonly document: vscode.TextDocument,
    readonly position: vscode.Position,
  ) {
    this.version = document.version;
  }

  equals(other: EditorPosition): boolean {
    return (
      this.document === other.document &&
      this.version === other.version &&
      this.position.isEqual(other.position)
    );
  }

  /** Whether the active editor is still in this state. */
  get isCurrent(): boolean {
    const editor = vscode.window.activeTextEditor;
    return (
      editor?.document === this.document &&
      this.document.version === this.version &&
      editor.selection.active.isEqual(this.position)
    );
  }
}
