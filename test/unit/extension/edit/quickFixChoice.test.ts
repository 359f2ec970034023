import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { chooseQuickFixes, type OfferedAction } from '../../../../src/extension/edit/quickFixChoice.js';

const URI = 'file:///a.ts';
const place = { start: { line: 3, character: 11 }, end: { line: 3, character: 16 } };

function edit(...entries: [uri: string, newText: string][]): vscode.WorkspaceEdit {
  const made = entries.map(([uri, newText]) => [uri, [{ range: place, newText }]]);
  return { entries: () => made } as unknown as vscode.WorkspaceEdit;
}

function action(more: Partial<OfferedAction> = {}): OfferedAction {
  return { title: 'Change spelling', edit: edit([URI, 'price']), ...more };
}

const typescript = (commands: readonly object[] | undefined): vscode.Command => ({
  title: '',
  command: '_typescript.applyCodeActionCommand',
  arguments: [{ action: { commands } }],
});

describe('the quick fixes that are sent with a fix', () => {
  it('are changes of this document, with what the language server prefers', () => {
    assert.deepEqual(chooseQuickFixes([action(), action({ isPreferred: true })], URI), [
      { title: 'Change spelling', isPreferred: false, edits: [{ range: place, newText: 'price' }] },
      { title: 'Change spelling', isPreferred: true, edits: [{ range: place, newText: 'price' }] },
    ]);
  });

  it('leave out those that change another document, or none', () => {
    const other = action({ edit: edit(['file:///b.ts', 'x']) });
    const both = action({ edit: edit([URI, 'x'], ['file:///b.ts', 'x']) });
    assert.deepEqual(chooseQuickFixes([other, both, action({ edit: edit() }), { title: 'bare' }], URI), []);
  });

  it('leave out those that run a command, which includes this extension’s own, and disabled ones', () => {
    const own = { title: 'Fix with Youtu Code', command: { title: '', command: 'youtu.fix' } };
    const more = action({ command: { title: '', command: 'other.install' } });
    const bare = { title: 'Run', command: 'other.run' };
    const disabled = action({ disabled: { reason: 'not here' } });
    assert.deepEqual(chooseQuickFixes([own, more, bare, disabled], URI), []);
  });

  it('keep those of TypeScript whose command does nothing else', () => {
    assert.equal(chooseQuickFixes([action({ command: typescript(undefined) })], URI).length, 1);
    assert.equal(chooseQuickFixes([action({ command: typescript([]) })], URI).length, 1);
    assert.equal(chooseQuickFixes([action({ command: typescript([{ type: 'install' }]) })], URI).length, 0);
  });

  it('are few and small', () => {
    assert.equal(
      chooseQuickFixes(
        Array.from({ length: 20 }, () => action()),
        URI,
      ).length,
      8,
    );
    assert.deepEqual(chooseQuickFixes([action({ edit: edit([URI, 'x'.repeat(30_000)]) })], URI), []);
  });
});
