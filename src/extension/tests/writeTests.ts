import * as vscode from 'vscode';
import {
  TestPlanRequest,
  TestProgressType,
  WriteTestsRequest,
  type FailedTests,
  type TestPlan,
  type WrittenTests,
} from '../../protocol/tests.js';
import { isImpossible } from '../edit/editOffer.js';
import type { EditPreview } from '../edit/editPreview.js';
import type { EditReview, MadeEdit } from '../edit/editReview.js';
import { isReadOnly, readOnlySentence, type EditTarget } from '../edit/editTarget.js';
import { progressText } from '../edit/progressText.js';
import type { EngineClient } from '../engine/engineClient.js';
import { fromProtocolRange, toProtocolRange } from '../engine/protocolConversions.js';
import { explain } from '../failureText.js';
import { guard } from '../guard.js';
import { withChosenPython } from './pythonInterpreter.js';
import { saveDocument } from './saveDocument.js';
import { showOutcome, warnWithOutput } from './testOutcome.js';
import { commandText, runTests, type TestRunResult } from './testRun.js';

export interface TestDeps {
  readonly engine: EngineClient;
  readonly review: EditReview;
  readonly log: vscode.LogOutputChannel;
  /** Runs a command; default: in a terminal. */
  readonly run?: typeof runTests;
  /** Whether the user trusts the folder; default: what VS Code says. */
  readonly isTrusted?: boolean;
}

/** Writes tests for the function or class at a place: a diff to review, then an offer to run them. */
export async function writeTests(deps: TestDeps, target: EditTarget): Promise<void> {
  const { engine } = deps;
  try {
    const params = { textDocument: idOf(target.document), range: toProtocolRange(target.range) };
    const planned = await engine.request(TestPlanRequest, params, new vscode.CancellationTokenSource().token);
    const plan = await withChosenPython(planned, target.document);
    const document = await testDocument(plan, target.document);
    if (await isReadOnly(document)) {
      void vscode.window.showWarningMessage(readOnlySentence());
      return;
    }
    await new TestWriting(deps, target, plan, document).write();
  } catch (error) {
    if (!isImpossible(error)) throw error;
    void vscode.window.showInformationMessage(explain(error).message);
  }
}

/** The test file; a new one is an unsaved document until the user saves it or has the tests run. */
async function testDocument(
  { uri, exists }: TestPlan,
  source: vscode.TextDocument,
): Promise<vscode.TextDocument> {
  const file = vscode.Uri.parse(uri);
  if (source.uri.toString() === file.toString()) return source;
  return vscode.workspace.openTextDocument(exists ? file : file.with({ scheme: 'untitled' }));
}

/** The tests of one command: written, run when the user wants it, and written once more when they fail. */
class TestWriting {
  /** The test file without the new tests. */
  private readonly original: string;
  private tests = '';
  /** The test file with them, when they were applied. */
  private applied = '';
  private isSaved = false;

  constructor(
    private readonly deps: TestDeps,
    private readonly target: EditTarget,
    private readonly plan: TestPlan,
    private readonly document: vscode.TextDocument,
  ) {
    this.original = document.getText();
  }

  /** @param failed the tests that were run, with what the run said */
  async write(failed?: FailedTests): Promise<void> {
    const { subject, framework } = this.plan;
    const titles = {
      preview: vscode.l10n.t('Tests: {0}', subject),
      progress: vscode.l10n.t('Write Tests'),
    };
    const document = await vscode.workspace.openTextDocument(this.current);
    await this.deps.review.make(document, titles, async (preview, say) => {
      const { lineCount } = document;
      preview.setRegion(new vscode.Range(0, 0, lineCount - 1, 0));
      await preview.show();
      const written = await this.request(preview, say, failed);
      this.tests = written.tests;
      const sentence =
        failed === undefined
          ? vscode.l10n.t(
              'Tests for {0} ({1}) are ready. They were checked, but not run.',
              subject,
              framework,
            )
          : vscode.l10n.t('The tests failed. Here is another version, which was not run yet.');
      return this.made(preview, written, failed !== undefined, sentence);
    });
  }

  private made(
    preview: EditPreview,
    { range, newText }: WrittenTests,
    isAgain: boolean,
    sentence: string,
  ): MadeEdit {
    const onApplied = (): void => void guard(this.deps.log, () => this.offerRun(isAgain));
    if (!isAgain) {
      preview.setRegion(fromProtocolRange(range));
      return { newText, sentence, asked: [], onApplied };
    }
    // The text of the first version is in the document already: the whole text is compared, but for its last line's end.
    const whole = this.withLines(range, newText).replace(/\r?\n$/, '');
    return { newText: whole, sentence, asked: [], onApplied };
  }

  private async request(
    preview: EditPreview,
    say: (step: string) => void,
    failed: FailedTests | undefined,
  ): Promise<WrittenTests> {
    const { engine } = this.deps;
    const { document, range } = this.target;
    const progressToken = `tests-${crypto.randomUUID()}`;
    const listener = engine.onProgress(TestProgressType, progressToken, (progress) => {
      if (progress.kind === 'draft') preview.draft(progress.text);
      const step = progressText(progress, 'edit');
      if (step !== undefined) say(step);
    });
    try {
      return await engine.request(
        WriteTestsRequest,
        {
          textDocument: idOf(document),
          range: toProtocolRange(range),
          testText: this.original,
          isTrusted: this.isTrusted,
          progressToken,
          ...(failed === undefined ? {} : { failed }),
        },
        preview.token,
      );
    } finally {
      listener.dispose();
    }
  }

  /** Nothing is run without the user's consent, and never in a folder that isn't trusted. */
  private async offerRun(isAgain: boolean): Promise<void> {
    this.applied = (await vscode.workspace.openTextDocument(this.current)).getText();
    if (!this.isTrusted) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The tests can’t be run here, because this folder isn’t trusted.'),
      );
      return;
    }
    const run = vscode.l10n.t('Save and Run');
    const sentence = vscode.l10n.t('Run the tests? {0}', commandText(this.plan.command));
    if ((await vscode.window.showInformationMessage(sentence, run)) !== run) return;
    const document = await vscode.workspace.openTextDocument(this.current);
    if (!(await saveDocument(document))) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The tests were not run, because they aren’t saved.'),
      );
      return;
    }
    this.isSaved = true;
    const name = vscode.l10n.t('Tests: {0}', this.plan.subject);
    await this.tell(await (this.deps.run ?? runTests)(this.plan, name), isAgain);
  }

  private async tell(result: TestRunResult, isAgain: boolean): Promise<void> {
    if (result.kind === 'stopped') return;
    return result.kind === 'failed' ? this.failed(result, isAgain) : showOutcome(result, this.plan);
  }

  private async failed(result: TestRunResult & { kind: 'failed' }, isAgain: boolean): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.current);
    if (!isAgain && document.getText() === this.applied) {
      try {
        await this.write({ newText: this.tests, output: result.output });
        return;
      } catch (error) {
        // The model has no other version: then the failure is what there is to tell.
        if (!isImpossible(error)) throw error;
      }
    }
    const sentence = isAgain
      ? vscode.l10n.t('The tests still fail. Either they expect something wrong, or the code is wrong.')
      : vscode.l10n.t('The tests fail. Either they expect something wrong, or the code is wrong.');
    await warnWithOutput(sentence, result.show);
  }

  private get isTrusted(): boolean {
    return this.deps.isTrusted ?? vscode.workspace.isTrusted;
  }

  /** Where the tests are. VS Code may close the untitled document some time after it was saved as a file. */
  private get current(): vscode.Uri {
    const { uri } = this.document;
    const file = vscode.Uri.parse(this.plan.uri);
    if (this.isSaved) return file;
    if (uri.scheme !== 'untitled') return uri;
    const isOpen = vscode.workspace.textDocuments.some((each) => each.uri.toString() === uri.toString());
    return isOpen ? uri : file;
  }

  private withLines({ start, end }: WrittenTests['range'], newText: string): string {
    const lines = this.original.split('\n');
    const last = (lines[end.line] ?? '').slice(end.character);
    return [...lines.slice(0, start.line), newText + last, ...lines.slice(end.line + 1)].join('\n');
  }
}

function idOf({ uri, version }: vscode.TextDocument): { readonly uri: string; readonly version: number } {
  return { uri: uri.toString(), version };
}
