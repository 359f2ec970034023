import * as vscode from 'vscode';
import { Disposables, timerDelay, type Delay } from '../disposables.js';
import { guard } from '../guard.js';
import { AppliedWatch, countApplied, judgeApplied, type AppliedOutcome } from './appliedProblems.js';

const SHOWN_MS = 5000;

interface AppliedEdit {
  readonly document: vscode.TextDocument;
  /** The problems that it was made for. */
  readonly asked: readonly vscode.Diagnostic[];
  readonly isWatched: boolean;
}

/** Tells after an edit what the document's diagnostics say about it, and offers to undo it. */
export class AfterApplying extends Disposables {
  private watch: vscode.Disposable | undefined;

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly delay: Delay = timerDelay,
  ) {
    super();
    this.own(
      new vscode.Disposable(() => {
        this.watch?.dispose();
      }),
    );
  }

  /**
   * Applies an edit and watches what becomes of the problems that it was made for, or which new ones there are.
   * @param apply whether it was applied
   */
  async during({ document, asked, isWatched }: AppliedEdit, apply: () => Promise<boolean>): Promise<void> {
    this.watch?.dispose();
    const { uri } = document;
    const before = vscode.languages.getDiagnostics(uri);
    const reports: { isAny: boolean; watch?: AppliedWatch } = { isAny: false };
    const report = (): void =>
      reports.watch?.report(judgeApplied(before, asked, vscode.languages.getDiagnostics(uri)));
    // Tools may report before the editor has shown the change.
    const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((each) => each.toString() === uri.toString())) return;
      reports.isAny = true;
      report();
    });
    if (!(await apply()) || !isWatched) {
      listener.dispose();
      return;
    }
    const { version } = document;
    const watch = new AppliedWatch(this.delay, (outcome) => {
      this.watch?.dispose();
      const counts = countApplied(before, vscode.languages.getDiagnostics(uri));
      // Where nothing was to go, only a new problem is worth a word.
      const gone = asked.length === 0 ? undefined : goneText(asked.length, counts);
      if (outcome !== undefined) void guard(this.log, () => tell(outcome, gone, document, version));
    });
    reports.watch = watch;
    if (reports.isAny) report();
    this.watch = vscode.Disposable.from(
      listener,
      watch,
      // Problems may now come from what the user types.
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document && document.version !== version) this.watch?.dispose();
      }),
    );
  }
}

function goneText(askedCount: number, { goneCount, leftCount }: ReturnType<typeof countApplied>): string {
  if (askedCount === 1) return vscode.l10n.t('Problem gone');
  return leftCount === 0
    ? vscode.l10n.t('Problems gone: {0}', goneCount)
    : vscode.l10n.t('Problems gone: {0}, left: {1}', goneCount, leftCount);
}

/** @param gone said when all is well; `undefined` where no problem was to go */
async function tell(
  outcome: AppliedOutcome,
  gone: string | undefined,
  document: vscode.TextDocument,
  version: number,
): Promise<void> {
  if (outcome.kind === 'gone') {
    if (gone !== undefined) vscode.window.setStatusBarMessage(`$(check) ${gone}`, SHOWN_MS);
    return;
  }
  const undo = vscode.l10n.t('Undo');
  const sentence =
    outcome.kind === 'still'
      ? vscode.l10n.t('Still there after the fix: {0}', outcome.message)
      : gone === undefined
        ? vscode.l10n.t('New problem after the edit: {0}', outcome.message)
        : vscode.l10n.t('New problem after the fix: {0}', outcome.message);
  if ((await vscode.window.showWarningMessage(sentence, undo)) !== undo) return;
  if (document.isClosed || document.version !== version) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Not undone: the document has changed since. Undo the later changes first.'),
    );
    return;
  }
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('undo');
}
