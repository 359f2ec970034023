import assert from 'node:assert/strict';
import { isUnsupportedPosition } from '../../../../../src/engine/completion/trigger/triggerGate.js';
import { documentAt } from '../support/cursorMark.js';

function isUnsupportedAt(marked: string): boolean {
  const { document, offset } = documentAt(marked);
  return isUnsupportedPosition(document, document.positionAt(offset));
}

describe('an unsupported position', () => {
  it('is inside a grapheme', () => {
    for (const at of [
      "s = '\uD83D▮\uDE00'",
      "s = '👩▮\u200D👧'",
      "s = '👩\u200D▮👧'",
      "s = 'e▮\u0301'",
      "s = '🇨▮🇳'",
      "s = 'नमस▮्\u200Dते'",
    ])
      assert.equal(isUnsupportedAt(at), true, at);
  });

  it('is not between characters of any script, nor at a line’s end', () => {
    for (const at of [
      "s = '▮😀'",
      "s = '😀▮'",
      "s = '👩\u200D👧▮'",
      'x = ▮中文',
      'é▮',
      '# שלום▮',
      '# ▮مرحبا',
      'a▮\r\nb',
      '▮',
      'é\n▮',
      'é\r\n▮é',
    ])
      assert.equal(isUnsupportedAt(at), false, at);
  });

  it('is on a very long line', () => {
    assert.equal(isUnsupportedAt(`${'x'.repeat(5001)}▮`), true);
    assert.equal(isUnsupportedAt(`${'x'.repeat(4000)}\n${'x'.repeat(4000)}▮`), false);
  });
});
