import assert from 'node:assert/strict';
import { middleIn, windowAt } from '../../../../../src/engine/completion/prompt/promptWindow.js';
import { cursorOf } from '../support/cursorContexts.js';

const BUDGET = { prefixCharacters: 900, suffixCharacters: 200, snippetCharacters: 0 };
const NOTHING = { imports: '', snippets: [], isExtended: false };
const lines = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => `const value${from + i} = ${from + i};\n`).join('');

describe('the prompt window', () => {
  it('contains all of a short text, in order', () => {
    const cursor = cursorOf(`${lines(12)}let x = ▮;\n${lines(3, 50)}`);
    const window = windowAt(cursor, BUDGET, NOTHING);
    assert.equal(window.above + (middleIn(window, cursor) ?? ''), `${lines(12)}let x = `);
    assert.ok(window.suffix.endsWith(lines(3, 50)));
  });

  it('leaves some lines for the part that changes', () => {
    const cursor = cursorOf(`${lines(12)}let x = ▮\n`);
    assert.equal(middleIn(windowAt(cursor, BUDGET, NOTHING), cursor), `${lines(8, 4)}let x = `);
  });

  it('stays the same while the user types, line after line', () => {
    const first = cursorOf(`${lines(40)}▮\n${lines(3, 50)}`);
    const window = windowAt(first, BUDGET, NOTHING);
    for (const typed of ['l', 'let x = 1;', 'let x = 1;\n', 'let x = 1;\nlet y = f('])
      assert.notEqual(middleIn(window, cursorOf(`${lines(40)}${typed}▮\n${lines(3, 50)}`)), undefined);
  });

  it('stays the same when the editor closes a bracket', () => {
    const window = windowAt(cursorOf(`${lines(9)}f▮\n${lines(9)}`), BUDGET, NOTHING);
    assert.notEqual(middleIn(window, cursorOf(`${lines(9)}f(▮);\n${lines(9)}`)), undefined);
  });

  it('changes after an edit above, and for another text below', () => {
    const window = windowAt(cursorOf(`${lines(30)}▮\n${lines(9, 50)}`), BUDGET, NOTHING);
    assert.equal(middleIn(window, cursorOf(`${lines(20)}\n${lines(10, 20)}▮\n${lines(9, 50)}`)), undefined);
    assert.equal(middleIn(window, cursorOf(`${lines(30)}▮\n${lines(9, 70)}`)), undefined);
  });

  it('stays within its size, and begins and ends with a whole line', () => {
    const cursor = cursorOf(`${lines(400)}▮\n${lines(400)}`);
    const window = windowAt(cursor, BUDGET, NOTHING);
    assert.ok(window.above.length <= BUDGET.prefixCharacters && window.above.length > 400);
    assert.match(window.above, /^const value\d+ = \d+;\n/);
    assert.ok(window.suffix.length <= BUDGET.suffixCharacters);
    assert.match(window.suffix, /;\n$/);
  });

  it('begins at a nearby section start', () => {
    const cursor = cursorOf(`${lines(40)}\nfunction f() {\n${'  g();\n'.repeat(95)}▮`);
    assert.match(windowAt(cursor, BUDGET, NOTHING).above, /^function f/);
  });

  it('keeps its beginning when the cursor moves some lines', () => {
    const text = lines(120).split('\n');
    const at = (line: number): ReturnType<typeof cursorOf> =>
      cursorOf([...text.slice(0, line), `▮${text[line] ?? ''}`, ...text.slice(line + 1)].join('\n'));
    const first = windowAt(at(60), BUDGET, NOTHING);
    const second = windowAt(at(63), BUDGET, NOTHING, first);
    assert.ok(second.above.startsWith(first.above));
  });

  it('cuts inside a line that is longer than it', () => {
    const cursor = cursorOf(`${'a'.repeat(4000)}\n${'b'.repeat(3000)}▮`);
    assert.ok(windowAt(cursor, BUDGET, NOTHING).above.length <= BUDGET.prefixCharacters);
  });

  it('leaves lines in the part above that exceed the part that changes', () => {
    const long = `const text = '${'a'.repeat(600)}';\n`;
    const cursor = cursorOf(`${lines(3)}${long.repeat(8)}let x = ▮`);
    const window = windowAt(cursor, { ...BUDGET, prefixCharacters: 9000 }, NOTHING);
    assert.equal(window.above + (middleIn(window, cursor) ?? ''), `${lines(3)}${long.repeat(8)}let x = `);
  });

  it('includes the imports when they are above it', () => {
    const around = { ...NOTHING, imports: "import a from 'a';\n" };
    assert.equal(windowAt(cursorOf(`${lines(400)}▮`), BUDGET, around).imports, around.imports);
    assert.equal(windowAt(cursorOf('a▮'), BUDGET, around).imports, '');
  });
});
