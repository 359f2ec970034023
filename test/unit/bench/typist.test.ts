import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../../../bench/corpus/sourceFiles.js';
import { TypedDocument } from '../../../bench/typing/typedDocument.js';
import { habitsFor } from '../../../bench/typing/typingHabits.js';
import { nextStroke } from '../../../bench/typing/typist.js';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();

interface Typed {
  readonly text: string;
  readonly strokes: string;
}

/** Types `wanted` between `before` and `after`; returns the strokes in short notation. */
function type(
  wanted: string,
  language: SourceFile['language'],
  { before = '', after = '', closes = true } = {},
): Typed {
  const goal = { text: before + wanted + after, end: before.length + wanted.length };
  const habits = habitsFor(language, goal.text);
  const document = new TypedDocument(before + after, before.length, habits, closes);
  let strokes = '';
  for (let count = 0; count < 6 * wanted.length + 50; count++) {
    const stroke = nextStroke(document, goal);
    if (stroke === undefined) return { text: document.text, strokes };
    switch (stroke.kind) {
      case 'type':
        document.type(stroke.text);
        strokes += stroke.text;
        break;
      case 'enter':
        document.enter();
        strokes += '⏎';
        break;
      case 'backspace':
        document.backspace();
        strokes += '⌫';
        break;
      case 'tab':
        document.replace(document.cursor, document.cursor, stroke.text);
        strokes += '⇥';
        break;
      case 'delete':
        document.delete(stroke.count);
        strokes += '⌦';
        break;
      case 'move':
        document.moveTo(stroke.offset);
        strokes += '→';
        break;
    }
  }
  throw new Error(`the goal was not reached: ${strokes}`);
}

describe('the typing benchmark’s typist', () => {
  const cases: [string, SourceFile['language'], string, string][] = [
    ['moves over a bracket that the editor has closed', 'typescript', 'f(a);', 'f(a);'],
    ['moves past a block that the editor has closed', 'typescript', 'if (a) {\n  b;\n}\nc', 'if (a) {⏎b;→⏎c'],
    ['leaves the indentation of lines to the editor', 'python', 'if a:\n    b\n    c', 'if a:⏎b⏎c'],
    [
      'removes one level of indentation where a block ends in Python',
      'python',
      'if a:\n    b\nc',
      'if a:⏎b⏎⌫c',
    ],
    ['adds indentation that the editor does not insert', 'python', 'a = (b\n     + c)', 'a = (b⏎⇥+ c)'],
    ['deletes a closing bracket that is not wanted', 'javascript', 'a = /[(]/;', 'a = /[(⌦]/;'],
    ['leaves no blanks in an empty line', 'typescript', '{\n  a\n\n  b\n}', '{⏎a⏎⏎b→'],
    ['types no second quote after a word', 'python', "# don't\na", "# don't⏎a"],
  ];
  for (const [behaviour, language, wanted, strokes] of cases) {
    it(behaviour, () => assert.deepEqual(type(wanted, language), { text: wanted, strokes }));
  }

  it('closes brackets itself where the editor does not', () => {
    assert.equal(type('{\n  f(a)\n}', 'typescript', { closes: false }).strokes, '{⏎f(a)⏎}');
  });

  it('leaves the text after the cursor unchanged', () => {
    const context = { before: 'class A {\n  ', after: '\n\n  z() {}\n}\n' };
    const wanted = 'a() {\n    return [1, "x"];\n  }';
    assert.equal(type(wanted, 'typescript', context).text, context.before + wanted + context.after);
  });

  for (const [file, language] of [
    ['stockroom.ts.txt', 'typescript'],
    ['retry_queue.py.txt', 'python'],
  ] as const) {
    for (const closes of [true, false]) {
      it(`produces ${file} exactly, with brackets closed by the ${closes ? 'editor' : 'typist'}`, () => {
        const text = readFileSync(join(ROOT, 'bench/corpus/typed', file), 'utf8').trimEnd();
        assert.equal(type(text, language, { closes }).text, text);
      });
    }
  }
});
