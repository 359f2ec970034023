import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Checkers } from '../../../../../src/engine/checkers/checkers.js';
import { BUNDLED_SERVICES } from '../../../../../src/engine/checkers/services/bundledServices.js';
import type { FixChecks } from '../../../../../src/engine/edit/fix/fixTask.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { EngineError } from '../../../../../src/protocol/errors.js';
import type { EditParams, EditResult } from '../../../../../src/protocol/edit.js';
import { ScriptedEdit } from './scriptedEdit.js';
import type { Mistake } from './tokenMistakes.js';

export const trees = new SyntaxTrees();
export const services = new Checkers(BUNDLED_SERVICES);

/** Fixes without a model's help: the model only repeats the text. */
export async function cheapFix(
  { languageId, broken, line, fixed, message }: Mistake,
  more: Partial<EditParams> = {},
  checkers: FixChecks['checkers'] = services,
): Promise<{
  readonly result: EditResult;
  readonly text: string;
  readonly prompts: readonly string[];
}> {
  const document = TextDocument.create('file:///x', languageId, 1, broken);
  const lines = broken.split('\n');
  const at = line ?? lines.findIndex((each, i) => each !== fixed.split('\n')[i]);
  const range = { start: { line: at, character: 0 }, end: { line: at, character: lines[at]?.length ?? 0 } };
  const edit = new ScriptedEdit(() => broken, undefined, trees, checkers);
  const diagnostics = [{ range, message: message ?? 'invalid syntax', severity: 1 as const }];
  const result = await edit.run(document, { range, diagnostics, ...more });
  const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
  return { result, text, prompts: edit.prompts };
}

/** That nothing is offered without a model. */
export async function assertNothing(
  mistake: Omit<Mistake, 'fixed'>,
  more: Partial<EditParams> = {},
  checkers?: FixChecks['checkers'],
): Promise<void> {
  const offered = await cheapFix({ fixed: '', ...mistake }, more, checkers).then(
    ({ text, prompts }) => (prompts.length === 0 ? text : undefined),
    (error: unknown) => {
      if (!(error instanceof EngineError) || error.data.kind !== 'editImpossible') throw error;
      return undefined;
    },
  );
  assert.equal(offered, undefined);
}
