import assert from 'node:assert/strict';
import { awayFromUserFolder } from '../../../../src/engine/model/llamaBinding.js';
import { Gate } from '../../support/gate.js';

describe('loading native libraries', () => {
  const userFolder = process.cwd();

  afterEach(() => process.chdir(userFolder));

  it("happens outside the user's folder, and returns there", async () => {
    const during = await awayFromUserFolder(() => Promise.resolve(process.cwd()));
    assert.notEqual(during, userFolder);
    assert.equal(process.cwd(), userFolder);
  });

  it("returns to the user's folder after a failure", async () => {
    await assert.rejects(
      awayFromUserFolder(() => Promise.reject(new Error('no library'))),
      /no library/,
    );
    assert.equal(process.cwd(), userFolder);
  });

  it('happens one at a time', async () => {
    const gate = new Gate();
    const folders: string[] = [];
    const first = awayFromUserFolder(() => gate.pass());
    const second = awayFromUserFolder(async () => {
      folders.push(process.cwd());
      await Promise.resolve();
      folders.push(process.cwd());
    });
    await Promise.resolve();
    assert.deepEqual(folders, []);
    await gate.release();
    await Promise.all([first, second]);
    assert.equal(folders.length, 2);
    assert.ok(folders.every((folder) => folder !== userFolder));
    assert.equal(process.cwd(), userFolder);
  });
});
