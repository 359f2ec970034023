import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CATALOGUE } from '../../../../src/engine/catalogue/catalogue.js';
import { InstalledModels } from '../../../../src/engine/catalogue/installedModels.js';
import type { InstalledModel, ModelStore } from '../../../../src/engine/catalogue/modelFile.js';
import { FittedStore } from '../../../../src/engine/fit/fittedStore.js';
import { MachineSpeed } from '../../../../src/engine/fit/machineSpeed.js';
import { SpeedRecords } from '../../../../src/engine/fit/speedRecords.js';
import { unusableModel } from '../../../../src/engine/model/loadFailure.js';
import type { ExpectedSpeed } from '../../../../src/protocol/modelFit.js';
import { temporaryFolder } from '../catalogue/support/temporaryFolder.js';

const STARTER = 'qwen2.5-coder-0.5b';
const LARGE = 'qwen2.5-coder-1.5b';
const SLOW = { starter: [217, 33], large: [87, 22] } as const;
const FAST = { starter: [900, 90], large: [400, 45] } as const;

/** A store that has some of the catalogue's models, and takes the first of the order that it is given. */
class FakeStore implements ModelStore {
  readonly orders: (readonly string[] | undefined)[] = [];
  finds = 0;
  constructor(public installed: readonly string[]) {}

  find(name: string): Promise<InstalledModel> {
    this.finds++;
    if (this.installed.includes(name)) return Promise.resolve({ id: name, path: `/${name}` });
    return Promise.reject(unusableModel({ kind: 'modelNotInstalled', id: name }));
  }

  best(
    role: 'chat' | 'completion',
    _rejected?: unknown,
    order: readonly string[] = CATALOGUE.preference[role],
  ): Promise<(InstalledModel & { readonly skipped: readonly [] }) | undefined> {
    this.orders.push(order);
    const id = order.find((each) => this.installed.includes(each));
    return Promise.resolve(id === undefined ? undefined : { id, path: `/${id}`, skipped: [] });
  }
}

describe('the models as they suit the machine', () => {
  const folder = temporaryFolder();
  let speeds:
    { readonly starter: readonly [number, number]; readonly large: readonly [number, number] } | undefined;
  let probes: number;
  let store: FakeStore;
  let ramBytes: number;

  const fitted = (): FittedStore =>
    new FittedStore({
      store,
      catalogue: CATALOGUE,
      speed: {
        expected: (sizeBytes): Promise<ExpectedSpeed | undefined> => {
          const known = sizeBytes > 1e9 ? speeds?.large : sizeBytes > 4e8 ? speeds?.starter : undefined;
          const [prefill, decode] = known ?? [];
          return Promise.resolve(
            prefill === undefined || decode === undefined ? undefined : { prefill, decode, isMeasured: true },
          );
        },
        freeMemory: () => Promise.resolve({ ramBytes }),
        probe: () => {
          probes++;
          return Promise.resolve();
        },
      },
      choicesFile: () => join(folder(), 'models', 'choices.json'),
    });

  beforeEach(() => {
    speeds = SLOW;
    probes = 0;
    ramBytes = 16e9;
    store = new FakeStore([STARTER, LARGE]);
  });

  it('give ghost text the starter on a slow machine, and the chat the larger one', async () => {
    assert.equal((await fitted().best('completion'))?.id, STARTER);
    assert.equal((await fitted().best('chat'))?.id, LARGE);
  });

  it('give ghost text the larger one on a fast machine', async () => {
    speeds = FAST;
    assert.equal((await fitted().best('completion'))?.id, LARGE);
  });

  it('measure the machine only where there is a choice', async () => {
    store.installed = [LARGE];
    assert.equal((await fitted().best('completion'))?.id, LARGE);
    assert.equal(probes, 0);
    store.installed = [STARTER, LARGE];
    await fitted().best('completion');
    assert.equal(probes, 1);
  });

  it('ask the disk little, since a model is chosen with each key', async () => {
    store.installed = [LARGE];
    const models = fitted();
    await models.best('completion');
    const { finds } = store;
    for (let key = 0; key < 20; key++) await models.best('completion');
    assert.equal(store.finds, finds);
    store.installed = [STARTER, LARGE];
    models.refresh();
    assert.equal((await models.best('completion'))?.id, STARTER);
    assert.ok(store.finds > finds);
  });

  it('keep the order while the process runs, and make it again after a change', async () => {
    const models = fitted();
    assert.equal((await models.best('completion'))?.id, STARTER);
    speeds = FAST;
    assert.equal((await models.best('completion'))?.id, STARTER);
    models.refresh();
    assert.equal((await models.best('completion'))?.id, LARGE);
  });

  it('tell what was taken the last time, where it is another', async () => {
    assert.equal((await fitted().best('completion'))?.before, undefined);
    assert.equal((await fitted().best('completion'))?.before, undefined);
    speeds = FAST;
    assert.equal((await fitted().best('completion'))?.before, STARTER);
    assert.equal((await fitted().best('completion'))?.before, undefined);
  });

  it('do without a memory that is damaged or can’t be written', async () => {
    await fitted().best('completion');
    const file = join(folder(), 'models', 'choices.json');
    await writeFile(file, '{"completion": [');
    assert.equal((await fitted().best('completion'))?.id, STARTER);
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { completion: STARTER });
  });

  it('recommend what needs no licence to be accepted, and fits', async () => {
    const installed = new InstalledModels(CATALOGUE, folder);
    const recommended = async (role: 'completion' | 'chat'): Promise<string[]> =>
      (await fitted().fit(await installed.list()))
        .filter(({ recommendedFor = [] }) => recommendedFor.includes(role))
        .map(({ id }) => id);
    assert.deepEqual(await recommended('completion'), [STARTER]);
    assert.deepEqual(await recommended('chat'), [LARGE]);
    speeds = FAST;
    assert.deepEqual(await recommended('completion'), [LARGE]);
    ramBytes = 2e9;
    assert.deepEqual(await recommended('completion'), [STARTER]);
    speeds = undefined;
    assert.deepEqual(await recommended('chat'), [STARTER]);
  });
});

describe('the speed of the machine', () => {
  const folder = temporaryFolder();
  let now = 0;
  const machine = (gpu = 'auto'): MachineSpeed =>
    new MachineSpeed({
      records: new SpeedRecords(() => join(folder(), 'speeds.json')),
      loader: { load: () => Promise.reject(new Error('no llama.cpp here')) },
      gpu: () => gpu,
      log: () => undefined,
      now: () => now,
    });
  const work = (path: string, sizeBytes: number, prefill?: number, decode?: number) =>
    [
      {
        openContexts: () =>
          Promise.resolve([{ model: { path, sizeBytes, device: { kind: 'cpu' } }, context: {} }]),
      },
      { prefillSpeedOf: () => prefill, decodeSpeedOf: () => decode },
    ] as unknown as Parameters<MachineSpeed['note']>;

  beforeEach(() => (now += 1e6));

  it('is what real work has shown', async () => {
    await machine().note(...work('/m/a.gguf', 5e8, 200, 30));
    assert.deepEqual(await machine().expected(5e8), { prefill: 200, decode: 30, isMeasured: true });
  });

  it('is looked at now and then, and only where both kinds of work were seen', async () => {
    const speed = machine();
    await speed.note(...work('/m/a.gguf', 5e8, 200));
    assert.equal(await machine().expected(5e8), undefined);
    now += 1000;
    await speed.note(...work('/m/a.gguf', 5e8, 200, 30));
    assert.equal(await machine().expected(5e8), undefined);
    now += 60_000;
    await speed.note(...work('/m/a.gguf', 5e8, 200, 30));
    assert.equal((await machine().expected(5e8))?.decode, 30);
  });

  it('believes a slower measurement by and by: other programs may have had the cores', async () => {
    await machine().note(...work('/m/a.gguf', 5e8, 200, 30));
    await machine().note(...work('/m/a.gguf', 5e8, 20, 5));
    assert.deepEqual(await machine().expected(5e8), { prefill: 164, decode: 25, isMeasured: true });
    await machine().note(...work('/m/a.gguf', 5e8, 300, 40));
    assert.equal((await machine().expected(5e8))?.decode, 40);
  });

  it('is another one with another device, and none where the probe can’t run', async () => {
    await machine().note(...work('/m/a.gguf', 5e8, 200, 30));
    assert.equal(await machine('off').expected(5e8), undefined);
    await machine('off').probe();
    assert.equal(await machine('off').expected(5e8), undefined);
  });

  it('counts a damaged file of records as none', async () => {
    await writeFile(join(folder(), 'speeds.json'), '{"version":1,"records":[{"machine":1}]}');
    assert.equal(await machine().expected(5e8), undefined);
    await machine().note(...work('/m/a.gguf', 5e8, 200, 30));
    assert.equal((await machine().expected(5e8))?.prefill, 200);
  });
});
