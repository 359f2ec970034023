import assert from 'node:assert/strict';
import { copyFile, mkdir, open, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineStatus } from '../../src/protocol/status.js';
import { temporaryFolder } from '../unit/engine/catalogue/support/temporaryFolder.js';
import { UNUSABLE_MODELS } from '../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../src/engine/model/gguf/ggufWriter.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { askEngine } from './support/chatClient.js';
import { EngineProcess } from './support/engineProcess.js';

const QUESTION = [{ role: 'user', content: 'Write a story.' }] as const;

describe('a model file that changes while its model is in use', function () {
  const folder = temporaryFolder();
  let engine: EngineProcess;
  let path: string;

  beforeEach(async () => {
    path = join(folder(), 'own.gguf');
    await copyFile(await scriptedCoder(), path);
    engine = await EngineProcess.start({ chatModel: path, completionModel: path, gpu: 'off', threads: 1 });
  });
  afterEach(async () => assert.equal(await engine.stop(), 0));

  const ask = (): Promise<string> =>
    askEngine(engine, QUESTION, { maxTokens: 40 }).then(({ streamed }) => streamed);

  /** Why a question isn't answered. */
  async function refusal(): Promise<unknown> {
    return ask().then(
      (text) => assert.fail(`answered: ${text}`),
      (error: unknown) => (error as { readonly data?: { readonly kind?: unknown } }).data?.kind,
    );
  }

  /** Damages the file in the middle of an answer. @returns the answer */
  async function answerDuring(change: () => Promise<void>): Promise<string> {
    let changing: Promise<void> | undefined;
    const { streamed } = await askEngine(engine, QUESTION, {
      maxTokens: 40,
      onProgress: (progress) => {
        if (progress.kind === 'text') changing ??= change();
      },
    });
    await changing;
    assert.ok(changing !== undefined, 'nothing was changed');
    return streamed;
  }

  const changes: [what: string, change: () => Promise<void>, then: string | undefined][] = [
    ['is truncated in place', () => truncate(path, 2000), 'truncated'],
    ['is emptied in place', () => truncate(path, 0), 'notGguf'],
    ['is overwritten in place', () => writeFile(path, '<html>'.repeat(1000)), 'notGguf'],
    ['is replaced by another one', () => replace(path, Buffer.from('<html>')), 'notGguf'],
    [
      'is replaced by one that llama.cpp can’t load',
      () => replace(path, encodeGguf(UNUSABLE_MODELS.missingTensor())),
      'loadFailed',
    ],
    ['is deleted', () => rm(path), 'modelMissing'],
    ['becomes a folder', () => rm(path).then(() => mkdir(path)), 'modelUnreadable'],
    // What is still a model can't be told from another one.
    ['gets zeros in its middle', () => zeros(path), undefined],
  ];
  for (const [what, change, then] of changes)
    it(`${what}: the answer ends as it would have, then a sentence, then the next good file`, async () => {
      const whole = await ask();
      assert.equal(await answerDuring(change), whole);
      const pid = engine.child.pid;
      if (then !== undefined) {
        assert.equal(await refusal(), then);
        assert.equal(await refusal(), then);
        assert.equal(engine.statuses.at(-1)?.kind, 'failed');
      }
      await rm(path, { recursive: true, force: true });
      await replace(path, await readFile(await scriptedCoder()));
      assert.equal(await ask(), whole);
      assert.equal(engine.child.pid, pid);
      assert.equal(engine.child.exitCode, null);
    });
});

describe('the model that is chosen automatically', function () {
  const folder = temporaryFolder();

  it('is the next one, with a notice, when llama.cpp can’t load the best one', async () => {
    const broken = join(folder(), 'a.gguf');
    await writeFile(broken, encodeGguf(UNUSABLE_MODELS.missingTensor()));
    await copyFile(await scriptedCoder(), join(folder(), 'b.gguf'));
    const engine = await EngineProcess.start({ modelsFolder: folder(), gpu: 'off', threads: 1 });
    const answer = await askEngine(engine, QUESTION, { maxTokens: 5 });
    assert.notEqual(answer.streamed, '');
    const isReady = (status: EngineStatus): status is EngineStatus & { kind: 'ready' } =>
      status.kind === 'ready';
    const ready = engine.statuses.filter(isReady).at(-1);
    assert.equal(ready?.models[0]?.id, 'b');
    assert.deepEqual(
      ready.skipped?.map((data) => [data.kind, 'path' in data && data.path]),
      [['loadFailed', broken]],
    );
    // Once is enough until the file changes.
    const loads = (): number => engine.statuses.filter(({ kind }) => kind === 'failed').length;
    const before = loads();
    await askEngine(engine, QUESTION, { maxTokens: 5 });
    assert.equal(loads(), before);
    await replace(broken, await readFile(await scriptedCoder()));
    await askEngine(engine, QUESTION, { maxTokens: 5 });
    const last = engine.statuses.filter(isReady).at(-1);
    assert.deepEqual([last?.models[0]?.id, last?.skipped], ['a', undefined]);
    assert.equal(await engine.stop(), 0);
  });
});

/** As downloads do it: under another name first. */
async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}

/** What a disk error leaves: the second half of the weights. */
async function zeros(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(Math.floor(size / 4)), 0, undefined, Math.floor(size / 2));
  await file.close();
}
