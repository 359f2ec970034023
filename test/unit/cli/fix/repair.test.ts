import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { doubtOn, fixReport } from '../../../../src/cli/fix/fixReport.js';
import { repair, type Repaired, type FixTarget } from '../../../../src/cli/fix/repair.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { syntaxErrors } from '../../../../src/engine/syntax/syntaxErrors.js';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';
import type { EditParams, EditResult } from '../../../../src/protocol/edit.js';
import { EngineError, EngineErrorCode } from '../../../../src/protocol/errors.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../fakeTerminal.js';

const trees = new SyntaxTrees();
const { signal } = new AbortController();

/** Replaces the line that is complained about, and keeps what was asked. */
class LineEditor {
  readonly asked: EditParams[] = [];

  constructor(private readonly replace: (line: string) => string | undefined) {}

  edit(params: EditParams, document: { getText(): string } | undefined): Promise<EditResult> {
    this.asked.push(params);
    const line = params.range.start.line;
    const oldText = document?.getText().split('\n')[line] ?? '';
    const newText = this.replace(oldText);
    if (newText === undefined) {
      const data = { kind: 'editImpossible', reason: 'noChange' } as const;
      return Promise.reject(new EngineError(EngineErrorCode.editImpossible, data));
    }
    return Promise.resolve({
      version: params.textDocument.version,
      range: { start: { line, character: 0 }, end: { line, character: oldText.length } },
      oldText,
      newText,
      verdict: { kind: 'unchecked' },
      completionTokens: 1,
      tokensPerSecond: 1,
      model: 'scripted',
    });
  }
}

const run = (text: string, editor: LineEditor, place?: FixTarget): Promise<Repaired> =>
  repair(text, 'python', place, {
    edit: editor,
    check: (current) => trees.read('python', current, syntaxErrors, signal),
    signal,
  });

const close = (line: string): string | undefined => (line.includes('(') ? `${line})` : undefined);
const TWO = 'print(1\n\n\ndef f():\n    return 1\n\n\nprint(2\n';

describe('mending a file', () => {
  it('mends one syntax error after the other, and tells the model what each is', async () => {
    const editor = new LineEditor(close);
    const { text, edits, left, isGivenUp } = await run(TWO, editor);
    assert.equal(text, TWO.replace('(1', '(1)').replace('(2', '(2)'));
    assert.deepEqual([edits.length, left.length, isGivenUp], [2, 0, false]);
    assert.deepEqual(
      editor.asked.map(({ diagnostics }) => diagnostics.map(({ message }) => message)),
      [["'(' was never closed"], ["'(' was never closed"]],
    );
  });

  it('throws away what is as wrong as before', async () => {
    const { text, edits, left, isGivenUp } = await run('print(1\n', new LineEditor((line) => `${line}0`));
    assert.deepEqual([text, edits.length, left.length, isGivenUp], ['print(1\n', 0, 1, true]);
  });

  it('asks again after an answer that was wrong, but not for the same one', async () => {
    const answers = ['print(1]', 'print(1)'];
    const lucky = await run('print(1\n', new LineEditor(() => answers.shift()));
    assert.deepEqual([lucky.text, lucky.isGivenUp], ['print(1)\n', false]);
    const stubborn = new LineEditor(() => 'print(1]');
    assert.equal((await run('print(1\n', stubborn)).isGivenUp, true);
    assert.equal(stubborn.asked.length, 2);
  });

  it('keeps what was mended when the rest can’t be', async () => {
    let time = 0;
    const { text, isGivenUp } = await run(
      TWO,
      new LineEditor((line) => (time++ === 0 ? close(line) : undefined)),
    );
    assert.equal(text, TWO.replace('(1', '(1)'));
    assert.equal(isGivenUp, true);
  });

  it('asks about a line that was named though its syntax is right, once', async () => {
    const editor = new LineEditor((line) => line.replace('1', '2'));
    const place = { start: 1, end: 1, message: 'expected 2' };
    const { text } = await run('def f():\n    return 1\n', editor, place);
    assert.equal(text, 'def f():\n    return 2\n');
    assert.deepEqual(editor.asked.length, 1);
    assert.equal(editor.asked[0]?.diagnostics[0]?.message, 'expected 2');
    assert.equal(editor.asked[0].isSelection, false);
  });

  it('takes several named lines as they are', async () => {
    const editor = new LineEditor(() => 'a = 3');
    await run('a = 1\nb = 2\n', editor, { start: 0, end: 1 });
    const [asked] = editor.asked;
    assert.equal(asked?.isSelection, true);
    assert.deepEqual(asked.range, { start: { line: 0, character: 0 }, end: { line: 1, character: 5 } });
  });

  it('takes no answer that breaks what was whole', async () => {
    const { text, isGivenUp } = await run('a = 1\n', new LineEditor(() => 'a = ('), { start: 0, end: 0 });
    assert.deepEqual([text, isGivenUp], ['a = 1\n', true]);
  });

  it('says that the model has no answer', async () => {
    const { text, edits, isGivenUp } = await run('print(1\n', new LineEditor(() => undefined));
    assert.deepEqual([text, edits, isGivenUp], ['print(1\n', [], true]);
  });
});

describe('the report on a fix', () => {
  it('has diff, edits and what is left, counted from 1', async () => {
    const mended = await run('print(1\n', new LineEditor(close));
    assert.deepEqual(fixReport('a.py', 'print(1\n', mended, false), {
      file: 'a.py',
      diff: '--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-print(1\n+print(1)\n',
      isApplied: false,
      edits: [
        { line: 1, endLine: 1, oldText: 'print(1', newText: 'print(1)', verdict: { kind: 'unchecked' } },
      ],
      left: [],
      model: 'scripted',
    });
    assert.equal(doubtOn(mended), undefined);
    const [edit] = mended.edits;
    assert.ok(edit !== undefined);
    const doubtful = { ...edit, verdict: { kind: 'doubtful', reason: 'shorter' } } as const;
    assert.match(doubtOn({ ...mended, edits: [edit, doubtful] }) ?? '', /much shorter/);
  });
});

describe('youtu fix', () => {
  const folder = temporaryFolder();
  const youtu = async (...args: string[]): Promise<{ status: number; terminal: FakeTerminal }> => {
    const terminal = new FakeTerminal();
    return {
      status: await runCli(['fix', ...args], createContext(terminal, signal, folder()), '1'),
      terminal,
    };
  };
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder(), name), text);
    return join(folder(), name);
  };

  it('says that nothing is to mend, without a model', async () => {
    const { status, terminal } = await youtu(file('a.py', 'a = 1\n'));
    assert.deepEqual([status, terminal.results, terminal.notes], [0, '', 'Nothing to mend\n']);
  });

  it('says so in JSON too', async () => {
    const { status, terminal } = await youtu(file('a.py', 'a = 1\n'), '--json');
    const { diff, edits } = JSON.parse(terminal.results) as { diff: string; edits: unknown[] };
    assert.deepEqual([status, diff, edits], [0, '', []]);
  });

  it('asks for a place where it can’t check the syntax', async () => {
    const { status, terminal } = await youtu(file('a.kt', 'val a = 1'));
    assert.equal(status, 1);
    assert.match(terminal.notes, /no syntax check for Kotlin.*--line.*--message/);
  });

  it('needs a model for what is wrong', async () => {
    const { status, terminal } = await youtu(file('a.py', 'print(1\n'));
    assert.equal(status, 1);
    assert.match(terminal.notes, /a\.py:1:6: '\(' was never closed\nThere is no model/);
  });

  const wrong: readonly (readonly string[])[] = [
    ['--line', '0'],
    ['--lines', '5-2'],
    ['--lines', 'x'],
    ['--line', '1', '--lines', '1-2'],
    ['--message', 'wrong'],
  ];
  for (const args of wrong)
    it(`ends with 2 for ${args.join(' ')}`, async () => {
      assert.equal((await youtu(file('a.py', 'a = 1\n'), ...args)).status, 2);
    });

  it('says that a line isn’t there, or the file', async () => {
    const { status, terminal } = await youtu(file('a.py', 'a = 1\n'), '--line', '9');
    assert.equal(status, 1);
    assert.match(terminal.notes, /has only 2 lines/);
    const missing = await youtu(join(folder(), 'nothing.py'));
    assert.equal(missing.status, 1);
    assert.match(missing.terminal.notes, /There is no file/);
  });
});
