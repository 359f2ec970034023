import assert from 'node:assert/strict';
import { acceptedPart } from '../../../bench/typing/acceptance.js';
import { ghostAfter, judge, shownText, type Ghost } from '../../../bench/typing/ghost.js';
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

function verdictOn(ghost: Ghost, document: TypedDocument, wanted: string): ReturnType<typeof judge> {
  return judge(ghost, shownText(ghost, document) ?? '', document, { text: wanted, end: wanted.length });
}

describe('the typing benchmark’s ghost text', () => {
  it('stays while what is typed agrees with it, and goes with the first key that does not', () => {
    const document = at('a = ▮');
    const ghost = ghostAt(document, 'foo(bar)');
    const kept = ghostAfter(ghost, document.type('f'));
    assert.ok(kept);
    assert.equal(shownText(kept, document), 'oo(bar)');
    const spoilt = ghostAfter(kept, document.type('x'));
    assert.ok(spoilt);
    assert.equal(shownText(spoilt, document), undefined);
  });

  it('stays when the editor closes a bracket that it has too', () => {
    const document = at('f▮');
    const ghost = ghostAfter(ghostAt(document, '(x);'), document.type('('));
    assert.ok(ghost);
    assert.equal(document.text, 'f()');
    assert.equal(shownText(ghost, document), 'x);');
  });

  it('is shown where it only adds to what it replaces', () => {
    const document = at('f(▮)');
    assert.equal(shownText(ghostAt(document, 'x)', 1), document), 'x)');
    assert.equal(shownText(ghostAt(document, 'x', 1), document), undefined);
  });

  it('is shown at another indentation than the line has', () => {
    const document = at('if a:\n    b\n    ▮');
    assert.equal(
      shownText({ start: document.cursor - 4, end: document.cursor, text: 'else:' }, document),
      'else:',
    );
  });

  it('is right when its first twelve characters are what is typed next', () => {
    const document = at('const a = ▮');
    const wanted = 'const a = compute(items, 3);';
    assert.deepEqual(verdictOn(ghostAt(document, 'compute(item);'), document, wanted), {
      isRight: true,
      isWhole: false,
    });
    assert.deepEqual(verdictOn(ghostAt(document, 'compute(ite);'), document, wanted), {
      isRight: false,
      isWhole: false,
    });
    assert.deepEqual(verdictOn(ghostAt(document, 'com'), document, wanted), { isRight: true, isWhole: true });
  });

  it('is wrong at an indentation that is not wanted', () => {
    const document = at('if a:\n    b\n    ▮');
    const wanted = 'if a:\n    b\nelse:';
    const { start, end } = ghostAt(document, '');
    assert.equal(verdictOn({ start, end, text: 'else:' }, document, wanted).isRight, false);
    assert.equal(verdictOn({ start: start - 4, end, text: 'else:' }, document, wanted).isRight, true);
  });

  it('is accepted as far as it is wanted: all, its first line, its first word', () => {
    const document = at('▮');
    const part = (ghost: string, wanted: string): string | undefined =>
      acceptedPart(ghostAt(document, ghost), ghost, document, { text: wanted, end: wanted.length })?.text;
    assert.equal(part('a = b;\nc', 'a = b;\nc'), 'a = b;\nc');
    assert.equal(part('a = b;\nc', 'a = b;\nd'), 'a = b;');
    assert.equal(part('abc = b;', 'abc = d;'), 'abc');
    assert.equal(part('abc', 'x'), undefined);
  });
});
