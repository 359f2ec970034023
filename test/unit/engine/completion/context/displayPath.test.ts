import assert from 'node:assert/strict';
import { displayPath } from '../../../../../src/engine/completion/context/workspace.js';

describe('a path in a prompt', () => {
  it('is from the root, or the name alone outside of it', () => {
    assert.equal(displayPath('/work/app/src/a.ts', '/work/app'), 'src/a.ts');
    assert.equal(displayPath('/work/other/a.ts', '/work/app'), 'a.ts');
    assert.equal(displayPath('untitled:Untitled-1', undefined), 'untitled:Untitled-1');
  });

  it('is its end where it is as long as no project’s: the name of an unsaved document may be anything', () => {
    for (const root of ['/work', undefined]) {
      const shown = displayPath(`/work/${'汉'.repeat(200_000)}.ts`, root);
      assert.equal(shown.length, 400);
      assert.match(shown, /^…汉+\.ts$/);
    }
  });
});
