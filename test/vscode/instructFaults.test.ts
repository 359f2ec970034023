import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { EditReview } from '../../src/extension/edit/editReview.js';
import { InstructEdit } from '../../src/extension/edit/instruct/instructEdit.js';
import { InstructionInput } from '../../src/extension/edit/instruct/instructionInput.js';
import { EngineFailure } from '../../src/extension/engine/engineClient.js';
import { EditProgressType, EditRequest, type EditParams, type EditResult } from '../../src/protocol/edit.js';
import { openPreview } from './support/edits.js';
import { notificationShows } from './support/notifications.js';
import { openText } from './support/openText.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { until } from './support/until.js';
import { click, hasPage, readTexts, settled } from './support/workbench.js';

const TEXT = 'one = 1\ntwo = 2\nthree = 3\n';
const RANGE = { start: { line: 0, character: 0 }, end: { line: 2, character: 9 } };

/** An engine that answers an edit when the test says so. */
class PendingEdits {
  readonly engine = new ScriptedEngine(() => []);
  private answer: ((result: EditResult | EngineFailure) => void) | undefined;
  params: EditParams | undefined;

  constructor() {
    this.engine.respond(EditRequest, (params) => {
      this.params = params;
      this.engine.report(EditProgressType, params.progressToken, { kind: 'region', range: RANGE });
      return new Promise<EditResult>((resolve, reject) => {
        this.answer = (result) => (result instanceof EngineFailure ? reject(result) : resolve(result));
      });
    });
  }

  /** Waits for the request. */
  started(): Promise<EditParams> {
    return until('the edit is requested', () => this.answer !== undefined && this.params);
  }

  draft(text: string): void {
    const token = this.params?.progressToken ?? '';
    this.engine.report(EditProgressType, token, { kind: 'draft', text });
  }

  finish(newText: string): void {
    const answer = this.answer;
    this.answer = undefined;
    answer?.({
      version: this.params?.textDocument.version ?? 0,
      range: RANGE,
      oldText: TEXT.trimEnd(),
      newText,
      verdict: { kind: 'unverified', reason: 'notReproduced', by: ['tree-sitter'] },
      origin: 'model',
      completionTokens: 1,
      tokensPerSecond: 1,
    });
  }

  fail(failure: EngineFailure): void {
    this.answer?.(failure);
    this.answer = undefined;
  }
}

describe('an edit by instruction that is disturbed', function () {
  this.timeout(120_000);
  let edits: PendingEdits;
  let review: EditReview;
  let instruct: InstructEdit;
  let log: vscode.LogOutputChannel;

  beforeEach(() => {
    log = vscode.window.createOutputChannel('Youtu Code test', { log: true });
    edits = new PendingEdits();
    review = new EditReview(log);
    instruct = new InstructEdit(edits.engine, review, log, new InstructionInput(noState()));
  });
  afterEach(async () => {
    await review.reject();
    review.dispose();
    log.dispose();
    await vscode.commands.executeCommand('notifications.clearAll');
    while (vscode.window.activeTextEditor !== undefined)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('streams into the preview, which has what isn’t written yet as it was', async () => {
    const { document } = await openText('python', TEXT);
    const done = instruct.edit({ instruction: 'count on' });
    await edits.started();
    edits.draft('one = 11\n');
    const shown = await vscode.workspace.openTextDocument(await until('the preview is open', openPreview));
    await until('the draft is shown', () => shown.getText() === 'one = 11\n\nthree = 3\n');
    assert.equal(document.getText(), TEXT);
    edits.finish('one = 11\ntwo = 2\nthree = 3');
    await done;
    await until('the whole is shown', () => shown.getText() === TEXT.replace('1\n', '11\n'));
  });

  it('is applied where its lines are after lines were typed above meanwhile', async () => {
    const { document } = await openText('python', TEXT);
    const done = instruct.edit({ instruction: 'count on' });
    await edits.started();
    await insert(document, 0, '# new\n');
    edits.finish('one = 11\ntwo = 2\nthree = 3');
    await done;
    await review.accept();
    assert.equal(document.getText(), `# new\n${TEXT.replace('1\n', '11\n')}`);
  });

  it('is not applied over lines that were changed meanwhile, and is kept', async () => {
    const { document } = await openText('python', TEXT);
    const done = instruct.edit({ instruction: 'count on' });
    await edits.started();
    await insert(document, 1, 'x');
    edits.finish('one = 11\ntwo = 2\nthree = 3');
    await done;
    const changed = document.getText();
    // Their messages stay open, so they aren't awaited.
    void review.accept();
    await notificationShows('can’t be applied');
    await instruct.refine({ instruction: 'count further' });
    await notificationShows('can’t be refined');
    assert.equal(document.getText(), changed);
    assert.notEqual(openPreview(), undefined);
  });

  it('is applied to a file that was closed meanwhile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-closed-'));
    try {
      const path = join(folder, 'a.py');
      await writeFile(path, TEXT);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(path));
      await vscode.commands.executeCommand('editor.action.selectAll');
      const done = instruct.edit({ instruction: 'count on' });
      await edits.started();
      await until('the preview is open', openPreview);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await vscode.window.tabGroups.close(
        tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === path),
      );
      edits.finish('one = 11\ntwo = 2\nthree = 3');
      await done;
      await review.accept();
      const document = await vscode.workspace.openTextDocument(path);
      assert.equal(document.getText(), TEXT.replace('1\n', '11\n'));
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await rm(folder, { recursive: true });
    }
  });

  it('keeps CRLF and tabs when only one of its changes is applied', async () => {
    const crlf = TEXT.replaceAll('\n', '\r\n');
    const { document } = await openText('python', TEXT);
    const editor = vscode.window.activeTextEditor;
    await editor?.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
    assert.equal(document.getText(), crlf);
    const done = instruct.edit({ instruction: 'count on' });
    await edits.started();
    edits.finish('one = 11\r\ntwo = 2\r\n\tthree = 33');
    await done;
    await review.acceptHunk(2);
    assert.equal(document.getText(), crlf.replace('three = 3', '\tthree = 33'));
    await review.acceptHunk(0);
    assert.equal(document.getText(), 'one = 11\r\ntwo = 2\r\n\tthree = 33\r\n');
    assert.equal(openPreview(), undefined);
  });

  it('has nothing left of it when it fails, and the failure is an error’s', async () => {
    const { document } = await openText('python', TEXT);
    const done = instruct.edit({ instruction: 'count on' });
    await edits.started();
    edits.fail(new EngineFailure({ kind: 'noModel', role: 'chat' }));
    await assert.rejects(done, EngineFailure);
    // The diff was being opened.
    await until('the preview is closed', () => openPreview() === undefined);
    await settled();
    assert.equal(openPreview(), undefined);
    assert.equal(document.getText(), TEXT);
  });

  it('offers to change the sentence when there is no edit', async () => {
    await openText('python', TEXT);
    const done = instruct.edit({ instruction: 'count on' });
    await edits.started();
    edits.fail(new EngineFailure({ kind: 'editImpossible', reason: 'regionTooLong' }));
    await done;
    if (!hasPage) return;
    await notificationShows('Select a smaller part');
    await click('.notification-list-item .monaco-button:has-text("Change the Instruction")');
    await until('the sentence is there', async () =>
      (await readTexts('.quick-input-list .monaco-list-row')).some((text) => text.includes('count on')),
    );
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });

  it('refines what is left of the new version, and keeps it when that is cancelled or fails', async () => {
    const { document } = await openText('python', TEXT);
    let done = instruct.edit({ instruction: 'count on' });
    await edits.started();
    edits.finish('one = 11\ntwo = 2\nthree = 33');
    await done;
    const shown = await vscode.workspace.openTextDocument(await until('the preview is open', openPreview));
    await review.rejectHunk(2);
    const left = 'one = 11\ntwo = 2\nthree = 3';
    await until('the change is left out', () => shown.getText() === `${left}\n`);

    done = instruct.refine({ instruction: 'count further' });
    const { history, instruction, range } = await edits.started();
    assert.deepEqual(history, [{ instruction: 'count on', newText: left }]);
    assert.equal(instruction, 'count further');
    assert.deepEqual(range, RANGE);
    edits.draft('one = 1');
    await until('the draft is shown', () => shown.getText() === 'one = 1\ntwo = 2\nthree = 3\n');
    // What is being written can't be applied.
    await review.accept();
    assert.equal(document.getText(), TEXT);
    edits.fail(new EngineFailure({ kind: 'engineStopped' }));
    await assert.rejects(done, EngineFailure);
    await until('the version before is back', () => shown.getText() === `${left}\n`);

    if (hasPage) {
      done = instruct.refine({ instruction: 'count further' });
      await edits.started();
      edits.draft('one = 1');
      await vscode.commands.executeCommand('notifications.showList');
      await click('.notification-list-item .monaco-button:has-text("Cancel")');
      await done.catch((error: unknown) => assert.ok(error instanceof vscode.CancellationError));
      await until('the version before is back', () => shown.getText() === `${left}\n`);
    }
    await review.accept();
    assert.equal(document.getText(), `${left}\n`);
  });
});

async function insert(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  await vscode.workspace.applyEdit(edit);
}

function noState(): vscode.Memento {
  return { keys: () => [], get: () => undefined, update: () => Promise.resolve() };
}
