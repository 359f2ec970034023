import assert from 'node:assert/strict';
import type { CodeAction, CodeActionContext, Diagnostic, Range } from 'vscode-languageserver-protocol';
import { codeActions } from '../../../../src/cli/lsp/codeActions.js';
import { commandTarget } from '../../../../src/cli/lsp/commandTarget.js';

const at = (line: number, from: number, to: number): Range => ({
  start: { line, character: from },
  end: { line, character: to },
});
const problem = (message: string, severity?: 1 | 2 | 3 | 4): Diagnostic => ({
  range: at(2, 4, 9),
  message,
  ...(severity === undefined ? {} : { severity }),
});
const CLIENT = { hasApplyEdit: true, hasCodeActions: true };

function titles(range: Range, context: CodeActionContext, client = CLIENT): string[] {
  const params = { textDocument: { uri: 'file:///a.py' }, range, context };
  return codeActions(params, client).map(({ title }) => title.replace(' with Youtu Code', ''));
}

describe('LSP code actions', () => {
  it('fix and explain all problems of a place by one entry each, without repeating what they say', () => {
    const diagnostics = [problem('hint', 4), problem('error'), problem('info', 3), problem('warning', 2)];
    assert.deepEqual(titles(at(2, 5, 5), { diagnostics }), ['Fix', 'Explain']);
  });

  it('are about the worst problem first, and the place of all', () => {
    const warning = { ...problem('warning', 2), range: at(1, 0, 3) };
    const context = { diagnostics: [warning, problem('error', 1)] };
    const params = { textDocument: { uri: 'file:///a.py' }, range: at(2, 5, 5), context };
    const [fix] = codeActions(params, CLIENT) as CodeAction[];
    const target = commandTarget(fix?.command?.arguments);
    assert.deepEqual(
      target?.diagnostics.map(({ message }) => message),
      ['error', 'warning'],
    );
    assert.deepEqual(target.range, { start: { line: 1, character: 0 }, end: { line: 2, character: 9 } });
  });

  it('apply to a selection, but not to a one-character cursor range', () => {
    assert.deepEqual(titles(at(1, 0, 8), { diagnostics: [] }), [
      'Explain selection',
      'Fix selection',
      'Document selection',
    ]);
    assert.deepEqual(titles(at(1, 0, 1), { diagnostics: [] }), []);
  });

  it('apply to the cursor position only when explicitly invoked', () => {
    assert.deepEqual(titles(at(1, 3, 3), { diagnostics: [], triggerKind: 2 }), []);
    assert.deepEqual(titles(at(1, 3, 3), { diagnostics: [], triggerKind: 1 }), [
      'Explain this',
      'Fix this',
      'Document this',
      'Document all symbols',
    ]);
  });

  it('respect the requested kinds', () => {
    const context = (only: string[]): CodeActionContext => ({ diagnostics: [problem('error')], only });
    assert.equal(titles(at(1, 0, 8), context(['quickfix'])).length, 2);
    assert.equal(titles(at(1, 0, 8), context(['refactor'])).length, 3);
    assert.equal(titles(at(1, 0, 8), context([''])).length, 5);
    assert.equal(titles(at(1, 0, 8), context(['source.organizeImports'])).length, 0);
  });

  it('only explain where the editor doesn’t support edits', () => {
    const client = { ...CLIENT, hasApplyEdit: false };
    assert.deepEqual(titles(at(1, 0, 8), { diagnostics: [] }, client), ['Explain selection']);
  });

  it('pass the arguments of their command', () => {
    const diagnostics = [problem('a message')];
    const params = { textDocument: { uri: 'file:///a.py' }, range: at(2, 5, 5), context: { diagnostics } };
    const [fix] = codeActions(params, CLIENT) as CodeAction[];
    assert.deepEqual(commandTarget(fix?.command?.arguments), {
      uri: 'file:///a.py',
      range: at(2, 4, 9),
      diagnostics,
      isSelection: false,
    });
  });
});

describe('a command argument', () => {
  it('is a selection where its range is not empty', () => {
    const target = (range: Range, diagnostics?: Diagnostic[]): boolean | undefined =>
      commandTarget([{ uri: 'file:///a', range, diagnostics }])?.isSelection;
    assert.equal(target(at(1, 0, 5)), true);
    assert.equal(target(at(1, 0, 1)), false);
    assert.equal(target(at(2, 4, 9), [problem('error')]), false);
  });

  it('is rejected in any other form', () => {
    for (const given of [undefined, null, [], ['file:///a'], [{}], [{ uri: 'a', range: {} }], {}])
      assert.equal(commandTarget(given), undefined);
  });
});
