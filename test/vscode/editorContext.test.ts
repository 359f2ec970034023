import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CompletionGate } from '../../src/extension/completion/completionGate.js';
import { ClipboardReports } from '../../src/extension/completion/clipboardReports.js';
import { CursorReports } from '../../src/extension/completion/cursorReports.js';
import { DiagnosticsReports } from '../../src/extension/completion/diagnosticsReports.js';
import type { Delay, Disposables } from '../../src/extension/disposables.js';
import { openText, placeCursor } from './support/openText.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { until } from './support/until.js';
import { settled, type } from './support/workbench.js';

const LINES = Array.from({ length: 60 }, (_, i) => `line ${i}`).join('\n');
const CODE = 'export function twice(value: number): number {\n  return value * 2;\n}\n';

describe('editor context notifications', function () {
  this.timeout(60_000);
  let engine: ScriptedEngine;
  let state: ReturnType<CompletionGate['stateOf']>;
  const gate = { stateOf: () => state } as unknown as CompletionGate;
  const collection = vscode.languages.createDiagnosticCollection('youtu-test-context');
  let delays: ManualDelays;
  let feature: Disposables | undefined;

  beforeEach(() => {
    engine = new ScriptedEngine(() => null);
    state = 'open';
    delays = new ManualDelays();
  });
  afterEach(async () => {
    feature?.dispose();
    collection.clear();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(() => collection.dispose());

  describe('the cursor', () => {
    beforeEach(() => (feature = new CursorReports(engine, gate, delays.delay)));

    it('is reported where it rests after a move', async () => {
      const editor = await openText('plaintext', LINES);
      for (const line of [3, 4, 5]) await placeCursor(editor, new vscode.Position(line, 2));
      await reported('it is reported', () => positions().some(({ line }) => line === 5));
      assert.deepEqual(positions().at(-1), { line: 5, character: 2 });
    });

    it('is reported to a new engine process', async () => {
      const editor = await openText('plaintext', LINES);
      await placeCursor(editor, new vscode.Position(5, 2));
      await reported('it is reported', () => positions().some(({ line }) => line === 5));
      engine.restart();
      await reported('it is reported again', () => positions().some(({ line }) => line === 5));
    });

    it('is not reported again while typing', async () => {
      await openText('plaintext', LINES);
      await reported('it is reported', () => positions().length > 0);
      await delays.pass();
      const before = positions().length;
      for (const key of 'abcdef') {
        await type(key);
        await delays.pass();
      }
      assert.equal(positions().length, before);
    });

    it('is not reported where ghost text is off', async () => {
      state = 'excluded';
      const editor = await openText('plaintext', LINES);
      await placeCursor(editor, new vscode.Position(5, 0));
      await delays.pass();
      assert.deepEqual(engine.notifications, []);
    });
  });

  describe('the diagnostics', () => {
    beforeEach(() => (feature = new DiagnosticsReports(engine, gate, delays.delay)));

    it('are the nearest five, each in one line, without those of the cursor’s line', async () => {
      const editor = await openText('plaintext', LINES);
      await placeCursor(editor, new vscode.Position(20, 0));
      const at = (line: number, severity: vscode.DiagnosticSeverity): vscode.Diagnostic =>
        new vscode.Diagnostic(new vscode.Range(line, 0, line, 4), `problem ${line}\nand more`, severity);
      const { Error: error, Warning: warning, Hint: hint } = vscode.DiagnosticSeverity;
      collection.set(editor.document.uri, [
        ...[1, 10, 15, 19, 20, 21, 25, 59].map((line) => at(line, error)),
        at(22, warning),
        at(18, hint),
      ]);
      const { items } = await reported('they are reported', () =>
        diagnostics().find((notification) => notification.items.length > 0),
      );
      assert.deepEqual(
        items,
        [19, 21, 15, 25, 10].map((line) => ({ line, message: `problem ${line}` })),
      );
    });

    it('are reported to a new engine process', async () => {
      const editor = await openText('plaintext', LINES);
      await placeCursor(editor, new vscode.Position(5, 0));
      const problem = new vscode.Diagnostic(new vscode.Range(7, 0, 7, 4), 'problem');
      collection.set(editor.document.uri, [problem]);
      await reported('they are reported', () => diagnostics().some(({ items }) => items.length === 1));
      engine.restart();
      await reported('they are reported again', () => diagnostics().some(({ items }) => items.length === 1));
    });

    it('are reported again only when they change', async () => {
      const editor = await openText('plaintext', LINES);
      await placeCursor(editor, new vscode.Position(5, 0));
      const problem = new vscode.Diagnostic(new vscode.Range(7, 0, 7, 4), 'problem');
      collection.set(editor.document.uri, [problem]);
      await reported('it is reported', () => diagnostics().some(({ items }) => items.length === 1));
      const before = diagnostics().length;
      collection.set(editor.document.uri, [problem, problem].slice(1));
      await delays.pass();
      assert.equal(diagnostics().length, before);
      collection.clear();
      await reported('it is withdrawn', () => diagnostics().at(-1)?.items.length === 0);
    });
  });

  describe('the clipboard', () => {
    let copied: string;
    let reads: number;
    let reports: ClipboardReports;
    beforeEach(async () => {
      copied = 'something from long ago\n';
      reads = 0;
      reports = new ClipboardReports(engine, gate, () => {
        reads++;
        return Promise.resolve(copied);
      });
      feature = reports;
      await openText('plaintext', LINES);
      await reports.read();
    });

    it('is sent when code was copied since the first read', async () => {
      copied = CODE;
      await reports.read();
      assert.deepEqual(clipboards(), [CODE]);
    });

    it('is sent to a new engine process while it is fresh', async () => {
      copied = CODE;
      await reports.read();
      engine.restart();
      assert.deepEqual(clipboards(), [CODE]);
      copied = 'hunter2!Pass';
      await reports.read();
      engine.restart();
      assert.deepEqual(clipboards(), []);
    });

    it('is not sent for the initial content', () => assert.deepEqual(clipboards(), []));

    it('is withdrawn when something else is copied', async () => {
      copied = CODE;
      await reports.read();
      copied = 'hunter2!Pass';
      await reports.read();
      assert.deepEqual(clipboards(), [CODE, '']);
    });

    it('is not read where ghost text is off', async () => {
      state = 'excluded';
      const before = reads;
      await reports.read();
      assert.equal(reads, before);
    });
  });

  /** Advances the delays until something is reported. */
  function reported<T>(what: string, read: () => T | undefined | false): Promise<T> {
    return until(what, async () => {
      await delays.pass();
      return read();
    });
  }

  function positions(): readonly { line: number; character: number }[] {
    return engine.notifications.map(({ params }) => (params as { position: vscode.Position }).position);
  }

  function diagnostics(): readonly { items: readonly unknown[] }[] {
    return engine.notifications.map(
      ({ params }) => (params as { diagnostics: { items: readonly unknown[] } }).diagnostics,
    );
  }

  function clipboards(): readonly string[] {
    return engine.notifications.map(({ params }) => (params as { clipboard: string }).clipboard);
  }
});

/** Delays that a test ends explicitly. */
class ManualDelays {
  private readonly pending = new Set<() => void>();

  readonly delay: Delay = (work) => {
    this.pending.add(work);
    return { dispose: () => void this.pending.delete(work) };
  };

  /** Waits for VS Code's events, then ends the delays. */
  async pass(): Promise<void> {
    await settled();
    for (const work of [...this.pending]) {
      this.pending.delete(work);
      work();
    }
  }
}
