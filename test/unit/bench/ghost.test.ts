import assert from 'node:assert/strict';
import { acceptedPart } from '../../../bench/typing/acceptance.js';
import { ghostAfterEdit, checkGhost, visibleText, type Ghost } from '../../../bench/typing/ghost.js';
import { TypedDocument } from '../../../bench/typing/typedDocument.js';
import { habitsFor } from '../../../bench/typing/typingHabits.js';

/** A document from a text in which `▮` is the cursor. */
function at(marked: string): TypedDocument {
  const cursor = marked.indexOf('▮');
  const text = marked.replace('▮', '');
  return new TypedDocument(text, cursor, habitsFor('typescript', text), true);
}

function ghostAt({ cursor }: TypedDocument, text: string, replaced = 0): Ghost {
  return { start: cursor, end: cursor + replaced, text };
}

function verdictOn(ghost: Ghost, document: TypedDocument, expected: string): ReturnType<typeof checkGhost> {
  return checkGhost(ghost, visibleText(ghost, document) ?? '', document, {
    text: expected,
    end: expected.length,
  });
}

describe('the typing benchmark’s ghost text', () => {
  it('stays while the typed text matches it, and is hidden by the first key that does not', () => {
    const document = at('a = ▮');
    const ghost = ghostAt(document, 'foo(bar)');
    const kept = ghostAfterEdit(ghost, document.type('f'));
    assert.ok(kept);
    assert.equal(visibleText(kept, document), 'oo(bar)');
    const mismatched = ghostAfterEdit(kept, document.type('x'));
    assert.ok(mismatched);
    assert.equal(visibleText(mismatched, document), undefined);
  });

  it('stays when the editor closes a bracket that it contains', () => {
    const document = at('f▮');
    const ghost = ghostAfterEdit(ghostAt(document, '(x);'), document.type('('));
    assert.ok(ghost);
    assert.equal(document.text, 'f()');
    assert.equal(visibleText(ghost, document), 'x);');
  });

  it('is shown if it only adds to the text that it replaces', () => {
    const document = at('f(▮)');
    assert.equal(visibleText(ghostAt(document, 'x)', 1), document), 'x)');
    assert.equal(visibleText(ghostAt(document, 'x', 1), document), undefined);
  });

  it('is shown if its indentation differs from that of the line', () => {
    const document = at('if a:\n    b\n    ▮');
    assert.equal(
      visibleText({ start: document.cursor - 4, end: document.cursor, text: 'else:' }, document),
      'else:',
    );
  });

  it('is right if its first twelve characters are typed next', () => {
    const document = at('const a = ▮');
    const expected = 'const a = compute(items, 3);';
    assert.deepEqual(verdictOn(ghostAt(document, 'compute(item);'), document, expected), {
      isRight: true,
      isWhole: false,
    });
    assert.deepEqual(verdictOn(ghostAt(document, 'compute(ite);'), document, expected), {
      isRight: false,
      isWhole: false,
    });
    assert.deepEqual(verdictOn(ghostAt(document, 'com'), document, expected), {
      isRight: true,
      isWhole: true,
    });
  });

  it('is wrong if its indentation is not the expected one', () => {
    const document = at('if a:\n    b\n    ▮');
    const expected = 'if a:\n    b\nelse:';
    const { start, end } = ghostAt(document, '');
    assert.equal(verdictOn({ start, end, text: 'else:' }, document, expected).isRight, false);
    assert.equal(verdictOn({ start: start - 4, end, text: 'else:' }, document, expected).isRight, true);
  });

  it('is accepted as far as it matches the goal: all, its first line or its first word', () => {
    const document = at('▮');
    const part = (ghost: string, expected: string): string | undefined =>
      acceptedPart(ghostAt(document, ghost), ghost, document, { text: expected, end: expected.length })?.text;
    assert.equal(part('a = b;\nc', 'a = b;\nc'), 'a = b;\nc');
    assert.equal(part('a = b;\nc', 'a = b;\nd'), 'a = b;');
    assert.equal(part('abc = b;', 'abc = d;'), 'abc');
    assert.equal(part('abc', 'x'), undefined);
  });
});
