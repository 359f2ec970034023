import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditResult } from '../../../../src/protocol/edit.js';
import { EngineError } from '../../../../src/protocol/errors.js';
import { BROKEN, diagnosticAt, FIXED, open, reasonOf } from './support/editCases.js';
import { ScriptedEdit } from './support/scriptedEdit.js';

/** Without a syntax reader, nothing can check a fix. */
const UNCHECKED = { kind: 'unverified', reason: 'noChecker', by: [] };

const applied = (document: TextDocument, { range, newText }: EditResult): string =>
  TextDocument.applyEdits(document, [{ range, newText }]);

describe('a fix', () => {
  it('replaces the region with the model’s text and returns the old text', async () => {
    const document = open(`import os\n\n\n${BROKEN}\n\nf(1)\n`);
    const edit = new ScriptedEdit(() => `${FIXED}\n\`\`\`\nDone.`);
    const result = await edit.run(document, diagnosticAt(5));
    assert.equal(result.version, 1);
    assert.equal(result.oldText, BROKEN.trimEnd());
    assert.deepEqual(result.verdict, UNCHECKED);
    assert.deepEqual([result.origin, result.model], ['model', 'scripted']);
    assert.equal(applied(document, result), `import os\n\n\n${FIXED}\n\n\nf(1)\n`);
  });

  it('is made in the text that earlier edits will leave, where one is given', async () => {
    const document = open(`import os\n\n\n${BROKEN}`);
    const text = `import os\nimport sys\n\n\n${BROKEN}`;
    const edit = new ScriptedEdit(() => `${FIXED}\n\`\`\`\n`);
    const result = await edit.run(document, { ...diagnosticAt(6), text });
    assert.equal(result.range.start.line, 4);
    assert.equal(applied(open(text), result), `import os\nimport sys\n\n\n${FIXED}\n`);
  });

  it('reports its region first, then the draft line by line', async () => {
    const edit = new ScriptedEdit(() => `${FIXED}\n\`\`\`\n`);
    await edit.run(open(BROKEN), diagnosticAt(2));
    const [first, ...others] = edit.progress;
    const drafts = others.filter(({ kind }) => kind === 'draft');
    assert.deepEqual(first, {
      kind: 'region',
      range: { start: { line: 0, character: 0 }, end: { line: 2, character: 12 } },
    });
    assert.deepEqual(drafts[1], { kind: 'draft', text: 'def f(x):\n    y = x' });
  });

  it('prompts with the language, the code, the message and the line', async () => {
    const edit = new ScriptedEdit(() => FIXED);
    await edit.run(open(BROKEN), diagnosticAt(2));
    const [prompt = ''] = edit.prompts;
    assert.ok(prompt.includes('in this Python code'));
    assert.ok(prompt.includes('```python\ndef f(x):\n    y = x\n    return z\n```'));
    assert.ok(prompt.includes('Error in line 3, `return z`: "z" is not defined'));
    assert.ok(prompt.endsWith('```python\n'));
  });

  it('works without any diagnostic', async () => {
    const edit = new ScriptedEdit(() => FIXED);
    const result = await edit.run(open(BROKEN), {
      isSelection: true,
      range: { start: { line: 0, character: 0 }, end: { line: 2, character: 3 } },
    });
    assert.equal(result.newText, FIXED);
    assert.match(edit.prompts[0] ?? '', /Find the mistake/);
  });

  it('restores the region’s indentation and line ends', async () => {
    const text = 'class A:\r\n    def f(self):\r\n        return z\r\n';
    const document = open(text);
    const edit = new ScriptedEdit(() => 'def f(self):\n    return self\n```');
    const result = await edit.run(document, {
      ...diagnosticAt(2),
      symbol: { start: { line: 0, character: 0 }, end: { line: 2, character: 8 } },
      isSelection: true,
      range: { start: { line: 1, character: 0 }, end: { line: 3, character: 0 } },
    });
    assert.equal(applied(document, result), text.replace('z', 'self'));
    assert.ok(edit.prompts[0]?.includes('```python\ndef f(self):\n    return z\n```'));
  });

  it('retries from the line of the problem when the model changes nothing', async () => {
    const edit = new ScriptedEdit((time) => [BROKEN, '    return z\n', '    return y\n```'][time] ?? '');
    const result = await edit.run(open(BROKEN), diagnosticAt(2));
    assert.equal(result.newText, FIXED);
    assert.ok(edit.prompts[1]?.endsWith('```python\ndef f(x):\n    y = x\n'));
  });

  it('asks again, with the rejected version, and uses the better answer', async () => {
    const edit = new ScriptedEdit((time) => ['f(((x);\n```', 'f(x);\n```'][time] ?? '');
    const result = await edit.run(open('f(x;\n', 'typescript'), diagnosticAt(0));
    assert.equal(result.newText, 'f(x);');
    assert.deepEqual(result.verdict, UNCHECKED);
    assert.ok(edit.prompts[1]?.includes('f(((x);\n```'));
    assert.deepEqual(
      edit.progress.filter(({ kind }) => kind === 'candidate' || kind === 'check'),
      [
        { kind: 'candidate', origin: 'import', round: 1 },
        { kind: 'candidate', origin: 'spelling', round: 1 },
        { kind: 'candidate', origin: 'model', round: 1 },
        { kind: 'check' },
        { kind: 'candidate', origin: 'model', round: 2 },
        { kind: 'check' },
      ],
    );
  });

  it('shows a rejected version without the region’s indentation, as the code', async () => {
    const edit = new ScriptedEdit(
      (time) => ['if (a) {\n  f(((x);\n}\n```', 'if (a) {\n  f(x);\n}\n```'][time] ?? '',
    );
    const text = 'g {\n\n    if (a) {\n      f(x;\n    }\n\n}\n';
    const result = await edit.run(open(text, 'typescript'), {
      ...diagnosticAt(3),
      isSelection: true,
      range: { start: { line: 2, character: 0 }, end: { line: 5, character: 0 } },
    });
    assert.equal(result.newText, '    if (a) {\n      f(x);\n    }');
    assert.ok(edit.prompts[1]?.includes('```typescript\nif (a) {\n  f(((x);\n}\n```'));
  });

  it('doesn’t show an endless answer again', async () => {
    const edit = new ScriptedEdit((time) => (time === 0 ? 'a();\n'.repeat(50) : 'b();\n```'));
    const result = await edit.run(open('b(;\n', 'typescript'), diagnosticAt(0));
    assert.equal(result.newText, 'b();');
    assert.ok(!edit.prompts[1]?.includes('a();'));
  });

  it('shows a model of any size only the lines to correct', async () => {
    for (const sizeBytes of [500_000_000, 1_200_000_000]) {
      const edit = new ScriptedEdit(() => `${FIXED}\n\`\`\``, undefined, undefined, undefined, sizeBytes);
      await edit.run(open(`first = 1\n\n\n${BROKEN}\n\nlast = 2\n`), diagnosticAt(5));
      assert.ok(edit.prompts[0]?.includes('return z'));
      assert.ok(!/first = 1|last = 2/.test(edit.prompts[0] ?? ''));
    }
  });

  it('begins two lines of code above the problem, blank lines and comments aside', async () => {
    const text = 'def f():\n    a()\n    b(\n\n    # about c\n    c()\n    d(x)\n';
    const fixed = '    b()\n\n    # about c\n    c()\n    d(x)\n```';
    const edit = new ScriptedEdit(() => fixed);
    const result = await edit.run(open(text), diagnosticAt(6));
    assert.equal(applied(open(text), result), text.replace('b(\n', 'b()\n'));
    assert.ok(edit.prompts[0]?.endsWith('```python\ndef f():\n    a()\n'));
  });

  it('doesn’t have a long comment above the problem written again', async () => {
    const comment = Array.from({ length: 12 }, (_, i) => ` * line ${i}`);
    const text = `/**\n${comment.join('\n')}\n */\nint f(;\n`;
    const edit = new ScriptedEdit(() => ' * line 11\n */\nint f();\n```');
    const result = await edit.run(open(text, 'java'), diagnosticAt(14));
    assert.equal(applied(open(text, 'java'), result), text.replace('f(;', 'f();'));
    assert.ok(edit.prompts[0]?.endsWith(' * line 10\n'));
  });

  it('is written to its end where lines have to move, since some agree by chance', async () => {
    const text = 'if a:\n    if b:\n    f(x,\n      y)\n    g(x,\n      y)\n    h(x)\n    i(y)\n';
    const fixed =
      'if a:\n    if b:\n        f(x,\n      y)\n    g(x,\n      y)\n        h(x)\n        i(y)\n';
    const edit = new ScriptedEdit(() => `${fixed}\`\`\``);
    const message = "expected an indented block after 'if' statement on line 2";
    const result = await edit.run(open(text), diagnosticAt(2, message));
    assert.equal(applied(open(text), result), fixed);
  });

  it('ends an answer that repeats the old text, or one that was rejected', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `x${i} = f(${i});`);
    const body = (fourth: string): string[] => [...lines.slice(0, 3), fourth, ...lines.slice(4)];
    const broken = body('x3 = f((3);');
    /** @param starts the line that each answer begins with */
    const drafts = async (answer: readonly string[], starts: readonly number[]): Promise<string[]> => {
      const edit = new ScriptedEdit((time) => `${answer.slice(starts[time]).join('\n')}\n\`\`\``);
      const reason = await reasonOf(edit.run(open(`${broken.join('\n')}\n`, 'typescript'), diagnosticAt(3)));
      assert.equal(edit.prompts.length, starts.length, String(reason));
      return edit.progress.flatMap((each) => (each.kind === 'draft' ? [each.text] : []));
    };
    const written = [
      ...(await drafts(broken, [1, 3, 3, 3, 1])),
      ...(await drafts(body('x3 = f(((3);'), [1, 0, 1])),
    ];
    // Five lines below the change, where it's the same again.
    assert.ok(
      written.every((text) => !text.includes('f(10)')),
      written.at(-1),
    );
  });

  it('offers nothing when each answer is rejected, and says why', async () => {
    const edit = new ScriptedEdit((time) => `f(((${'y'.repeat(time + 1)});\n\`\`\``);
    await assert.rejects(edit.run(open('f(x;\n', 'typescript'), diagnosticAt(0)), (error: EngineError) => {
      assert.deepEqual(error.data, {
        kind: 'editImpossible',
        reason: 'noFix',
        objection: { reason: 'unbalanced' },
      });
      return true;
    });
    assert.equal(edit.prompts.length, 3);
  });

  it('stops an answer in a loop and rejects it', async () => {
    const edit = new ScriptedEdit(() => 'a();\n'.repeat(50));
    assert.equal(await reasonOf(edit.run(open('b(;\n', 'typescript'), diagnosticAt(0))), 'noFix');
    const drafts = edit.progress.flatMap((each) => (each.kind === 'draft' ? [each.text] : []));
    assert.ok(drafts.every((text) => text.split('\n').length < 6));
  });

  it('ends its answer where that has come back to the old text', async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `    x${i} = f(${i})`);
    const text = `def f(x):\n${lines.join('\n')}\n`;
    const broken = text.replace('f(9)', 'g(9)');
    const rest = lines.slice(7).join('\n');
    const edit = new ScriptedEdit(() => `${rest}\n\`\`\``);
    const result = await edit.run(open(broken), diagnosticAt(10, '"g" is not defined'));
    assert.equal(applied(open(broken), result), text);
    assert.ok(result.completionTokens < rest.length / 2, `${result.completionTokens} tokens`);
    assert.ok(edit.prompts[0]?.endsWith(`\`\`\`python\ndef f(x):\n${lines.slice(0, 7).join('\n')}\n`));
  });

  it('fails with `noChange` when the model changes nothing', async () => {
    const edit = new ScriptedEdit((time) => (time === 0 || time > 3 ? BROKEN : '    return z\n'));
    assert.equal(await reasonOf(edit.run(open(BROKEN), diagnosticAt(2))), 'noChange');
  });
});
