import assert from 'node:assert/strict';
import type { EngineError } from '../../../../src/protocol/errors.js';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';
import { diagnosticAt, open } from './support/editCases.js';
import { ScriptedEdit } from './support/scriptedEdit.js';

describe('a fix in a language with a grammar', () => {
  const syntax = new SyntaxTrees();

  const scripted = (...answers: readonly string[]): ScriptedEdit =>
    new ScriptedEdit((time) => `${answers[time] ?? ''}\n\`\`\``, undefined, syntax);

  it('is retried when the syntax error remains', async () => {
    const edit = scripted('let a = 1 +* 2;', 'let a = 1 + 2;');
    const result = await edit.run(open('let a = 1 */ 2;\n', 'typescript'), diagnosticAt(0));
    const verdict = { kind: 'verified', by: ['tree-sitter', 'names'] };
    assert.deepEqual([result.newText, result.verdict], ['let a = 1 + 2;', verdict]);
  });

  it('is retried when it breaks the syntax', async () => {
    const edit = scripted('let a = ;', 'let a = 1;');
    const result = await edit.run(open('let a = b;\n', 'typescript'), diagnosticAt(0, 'wrong'));
    assert.equal(result.newText, 'let a = 1;');
    const by = ['tree-sitter', 'names'];
    assert.deepEqual(result.verdict, { kind: 'unverified', reason: 'notReproduced', by });
  });

  it('is not offered when each answer breaks the syntax or makes up a name', async () => {
    const edit = scripted('let a = ;', 'let a = =;', 'let a = c;', 'let a = 1;');
    const work = edit.run(open('let a = b;\n', 'typescript'), diagnosticAt(0, 'wrong'));
    await assert.rejects(work, (error: EngineError) => {
      assert.deepEqual(error.data, {
        kind: 'editImpossible',
        reason: 'noFix',
        objection: { reason: 'unknownName', message: "'c' is not defined" },
      });
      return true;
    });
    assert.equal(edit.prompts.length, 3);
  });

  it('may leave errors in other lines', async () => {
    const edit = scripted('let a = 1;');
    const result = await edit.run(open(`let a = b;\n\nlet x = ;\n`, 'typescript'), diagnosticAt(0, 'wrong'));
    assert.equal(result.newText, 'let a = 1;');
  });

  it('is not checked in other languages', async () => {
    const edit = scripted('val a = = c');
    const result = await edit.run(open('val a = b\n', 'kotlin'), diagnosticAt(0));
    assert.deepEqual(result.verdict, { kind: 'unverified', reason: 'noChecker', by: [] });
  });
});
