import assert from 'node:assert/strict';
import { InstructionHistory } from '../../../../../src/extension/edit/instruct/instructionHistory.js';

/** VS Code's state, as it is after a restart: only what JSON can hold. */
class State {
  private json: string | undefined;

  get(): undefined;
  get<T>(key: string, otherwise?: T): T | undefined;
  get<T>(): T | undefined {
    return this.json === undefined ? undefined : (JSON.parse(this.json) as T);
  }

  update(_key: string, value: unknown): Promise<void> {
    this.json = JSON.stringify(value);
    return Promise.resolve();
  }
}

describe('the history of instructions', () => {
  it('has the latest first, each once, also in the next session', async () => {
    const state = new State();
    const history = new InstructionHistory(state);
    for (const each of ['add types', 'sort', 'add types']) await history.add(each);
    assert.deepEqual(new InstructionHistory(state).all, ['add types', 'sort']);
  });

  it('is bounded in number and in length', async () => {
    const history = new InstructionHistory(new State());
    for (let i = 0; i < 100; i++) await history.add(`number ${i}`);
    await history.add('a pasted text '.repeat(100));
    assert.equal(history.all.length, 20);
    assert.equal(history.all[0], 'number 99');
  });

  it('can be removed, one by one or all', async () => {
    const history = new InstructionHistory(new State());
    for (const each of ['one', 'two', 'three']) await history.add(each);
    await history.remove('two');
    assert.deepEqual(history.all, ['three', 'one']);
    await history.clear();
    assert.deepEqual(history.all, []);
  });

  it('ignores a state that is none', async () => {
    for (const value of [7, 'text', { a: 1 }, [1, null, 'kept']]) {
      const state = new State();
      await state.update('', value);
      assert.deepEqual(new InstructionHistory(state).all, Array.isArray(value) ? ['kept'] : []);
    }
  });
});
