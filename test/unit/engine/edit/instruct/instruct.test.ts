import assert from 'node:assert/strict';
import { applied, at, edit, failure, GUARDED, lines, MEAN, open } from '../support/instructed.js';
import { instructPrompt } from '../../../../../src/engine/edit/instruct/instructPrompt.js';
import { ScriptedEdit } from '../support/scriptedEdit.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

describe('an edit by instruction', () => {
  it('changes the block at the cursor and says what was checked', async () => {
    const document = open(`import os\n\n\n${MEAN}\n\nmean([])\n`);
    const editor = edit(`${GUARDED}\n\`\`\`\n`);
    const result = await editor.run(document, {
      intent: 'edit',
      instruction: 'return 0 for an empty list',
      ...at(4, 8),
    });
    assert.equal(applied(document, result), `import os\n\n\n${GUARDED}\n\n\nmean([])\n`);
    assert.deepEqual(result.verdict, {
      kind: 'unverified',
      reason: 'notReproduced',
      by: ['tree-sitter', 'names'],
    });
    assert.deepEqual(editor.progress[0], {
      kind: 'region',
      range: { start: { line: 3, character: 0 }, end: { line: 4, character: 36 } },
    });
  });

  it('prompts with the instruction after the code', async () => {
    const editor = edit(`${GUARDED}\n\`\`\`\n`);
    await editor.run(open(MEAN), { intent: 'edit', instruction: '  guard it  ', ...lines(0, 2) });
    const [prompt = ''] = editor.prompts;
    const code = prompt.lastIndexOf(MEAN);
    assert.ok(code > 0 && prompt.indexOf('Task: guard it\n') > code);
    assert.ok(prompt.endsWith('```python\n'));
  });

  it('keeps the selection’s indentation, tabs and CRLF', async () => {
    const text = 'class A {\r\n\tf() {\r\n\t\treturn 1;\r\n\t}\r\n}\r\n';
    const document = open(text, 'typescript');
    const editor = edit('f() {\n    const one = 1;\n    return one;\n}\n```');
    const result = await editor.run(document, {
      intent: 'edit',
      instruction: 'use a constant',
      ...lines(1, 4),
      indent: { useTabs: true, size: 4 },
    });
    assert.equal(
      applied(document, result),
      'class A {\r\n\tf() {\r\n\t\tconst one = 1;\r\n\t\treturn one;\r\n\t}\r\n}\r\n',
    );
    assert.ok(editor.prompts[0]?.includes('```typescript\nf() {\n\treturn 1;\n}\n```'));
  });

  it('rejects a new syntax error, and tells the model of it', async () => {
    const editor = edit('def mean(values:\n    return 0\n```', `${GUARDED}\n\`\`\``);
    const result = await editor.run(open(MEAN), { intent: 'edit', instruction: 'guard it', ...at(0) });
    assert.equal(result.newText, GUARDED);
    assert.match(editor.prompts[1] ?? '', /That is not correct: line 1: .*The task was: guard it/s);
  });

  it('offers nothing when each answer is rejected', async () => {
    const editor = new ScriptedEdit(
      (time) => `def mean(values:\n    return ${time}\n\`\`\``,
      undefined,
      new SyntaxTrees(),
    );
    const data = await failure(editor.run(open(MEAN), { intent: 'edit', instruction: 'guard it', ...at(0) }));
    assert.deepEqual([data.reason, data.objection?.reason], ['noFix', 'syntax']);
    assert.equal(editor.prompts.length, 3);
  });

  it('works in a text that is broken elsewhere, or here', async () => {
    const broken = `${MEAN}\n\ndef g(:\n    pass\n`;
    const result = await edit(`${GUARDED}\n\`\`\``).run(open(broken), {
      intent: 'edit',
      instruction: 'guard it',
      ...lines(0, 2),
    });
    assert.equal(result.newText, GUARDED);
    const inside = await edit('def g(:\n    return 1\n```').run(open(broken), {
      intent: 'edit',
      instruction: 'return 1',
      ...lines(4, 6),
    });
    assert.equal(inside.newText, 'def g(:\n    return 1');
  });

  it('rejects a name that nothing defines unless the instruction has it', async () => {
    const answer = 'def mean(values):\n    log.info(values)\n    return sum(values) / len(values)\n```';
    const data = await failure(
      edit(answer).run(open(MEAN), { intent: 'edit', instruction: 'write the values down', ...at(0) }),
    );
    assert.equal(data.objection?.reason, 'unknownName');
    const result = await edit(answer).run(open(MEAN), {
      intent: 'edit',
      instruction: 'pass the values to log.info',
      ...at(0),
    });
    assert.match(result.newText, /log\.info/);
  });

  it('may shorten the code and add comments only', async () => {
    const long = `def f():\n${'    print("a long line of code")\n'.repeat(8)}`;
    const short = 'def f():\n    for _ in range(8):\n        print("a long line of code")';
    const result = await edit(`${short}\n\`\`\``).run(open(long), {
      intent: 'edit',
      instruction: 'use a loop',
      ...lines(0, 9),
    });
    assert.equal(result.newText, short);
    const commented = MEAN.replace('\n', '\n    # Added up and divided.\n').trimEnd();
    const comment = await edit(`${commented}\n\`\`\``).run(open(MEAN), {
      intent: 'edit',
      instruction: 'add a comment',
      ...at(0),
    });
    assert.equal(comment.newText, commented);
  });

  it('takes away what a model says about its change', async () => {
    const noted = GUARDED.replace('return 0', 'return 0  # Added a guard');
    const result = await edit(`Here is the code:\n\`\`\`python\n${noted}\n\`\`\`\nDone.`).run(open(MEAN), {
      intent: 'edit',
      instruction: 'guard it',
      ...at(0),
    });
    assert.equal(result.newText, GUARDED);
  });

  it('refines the result of earlier instructions', async () => {
    const named = GUARDED.replaceAll('values', 'numbers');
    const document = open(`class A:\n${indented(MEAN)}`);
    const editor = edit(`${named}\n\`\`\``);
    const result = await editor.run(document, {
      intent: 'edit',
      instruction: 'rename values to numbers',
      history: [{ instruction: 'guard it', newText: indented(GUARDED) }],
      ...lines(1, 3),
    });
    assert.equal(result.newText, indented(named));
    assert.equal(result.oldText, indented(MEAN).trimEnd());
    // A small model goes back to the first version if it sees that.
    const [prompt = ''] = editor.prompts;
    assert.ok(prompt.includes(GUARDED) && !prompt.includes(MEAN), prompt);
    assert.ok(prompt.includes('Task: rename values to numbers') && !prompt.includes('Task: guard it'));
  });

  it('shows a larger model the earlier instructions and what they led to', () => {
    const { messages } = instructPrompt(
      {
        languageId: 'python',
        instruction: 'rename values to numbers',
        history: [{ instruction: 'guard it', newText: GUARDED }],
        code: MEAN.trimEnd().split('\n'),
        before: [],
        after: [],
      },
      { withExamples: false },
    );
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    const parts = [/Task: guard it/, /if not values:/, /rename values to numbers/];
    for (const [i, part] of parts.entries()) assert.match(String(messages[i]?.content), part);
  });

  it('has nothing to offer when a refinement changes nothing', async () => {
    const data = await failure(
      edit(`${GUARDED}\n\`\`\``).run(open(MEAN), {
        intent: 'edit',
        instruction: 'shorter',
        history: [{ instruction: 'guard it', newText: GUARDED }],
        ...at(0),
      }),
    );
    assert.equal(data.reason, 'noChange');
  });

  it('edits prose', async () => {
    const document = open('# Title\n\nIt are good.\n', 'markdown');
    const editor = edit('It is good.\n```');
    const result = await editor.run(document, {
      intent: 'edit',
      instruction: 'correct the grammar',
      ...lines(2, 3),
    });
    assert.equal(applied(document, result), '# Title\n\nIt is good.\n');
    assert.deepEqual(result.verdict.by, []);
    assert.match(editor.prompts[0] ?? '', /The Markdown text to change/);
  });

  it('leaves a notebook’s magics alone', async () => {
    const document = open(`%matplotlib inline\n${MEAN}`, 'python', 'vscode-notebook-cell:/a.ipynb#1');
    const result = await edit(`${GUARDED}\n\`\`\``).run(document, {
      intent: 'edit',
      instruction: 'guard it',
      ...lines(0, 3),
    });
    assert.equal(applied(document, result), `%matplotlib inline\n${GUARDED}\n`);
  });

  it('rejects an endless answer', async () => {
    const data = await failure(
      edit('    x = x + 1\n'.repeat(2000)).run(open(MEAN), {
        intent: 'edit',
        instruction: 'guard it',
        ...at(0),
      }),
    );
    assert.deepEqual([data.reason, data.objection?.reason], ['noFix', 'unfinished']);
  });

  it('needs an instruction', async () => {
    for (const instruction of [undefined, '', ' \n']) {
      const editor = edit(GUARDED);
      const params = {
        intent: 'edit',
        ...at(0),
        ...(instruction === undefined ? {} : { instruction }),
      } as const;
      assert.equal((await failure(editor.run(open(MEAN), params))).reason, 'noInstruction');
      assert.equal(editor.prompts.length, 0);
    }
  });

  it('reports lines and instructions that are too long for the context', async () => {
    const small = (): ScriptedEdit => new ScriptedEdit(() => GUARDED, 600);
    const long = open(Array.from({ length: 900 }, (_, i) => `value_${i} = ${i}\n`).join(''));
    const region = small().run(long, { intent: 'edit', instruction: 'sort', ...lines(0, 900) });
    assert.equal((await failure(region)).reason, 'regionTooLong');
    for (const count of [500, 5000]) {
      const instruction = 'word '.repeat(count);
      const spoken = small().run(open(MEAN), { intent: 'edit', instruction, ...at(0) });
      assert.equal((await failure(spoken)).reason, 'instructionTooLong');
    }
  });
});
