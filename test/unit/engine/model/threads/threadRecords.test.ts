import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ThreadRecords,
  type ThreadRecordKey,
} from '../../../../../src/engine/model/threads/threadRecords.js';

const KEY: ThreadRecordKey = {
  processor: 'Some CPU',
  cores: 4,
  build: 'linux-x64 (llama.cpp b1)',
  file: 'model.gguf',
  sizeBytes: 1000,
};

describe('measured threads', () => {
  let folder: string;
  let path: string;
  let records: ThreadRecords;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'threads-'));
    path = join(folder, 'threads.json');
    records = new ThreadRecords(() => path);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are remembered across processes', async () => {
    await records.add(KEY, { prefill: 3, decode: 2 });
    assert.deepEqual(await new ThreadRecords(() => path).find(KEY), { prefill: 3, decode: 2 });
    assert.deepEqual(await readdir(folder), ['threads.json'], 'no temporary file is left');
  });

  for (const [what, other] of [
    ['another processor', { processor: 'Another CPU' }],
    ['another number of cores', { cores: 8 }],
    ['another llama.cpp', { build: 'linux-x64 (llama.cpp b2)' }],
    ['another model', { file: 'other.gguf' }],
    ['another file of the same name', { sizeBytes: 1001 }],
  ] as const)
    it(`don’t apply to ${what}`, async () => {
      await records.add(KEY, { prefill: 3, decode: 2 });
      assert.equal(await records.find({ ...KEY, ...other }), undefined);
    });

  it('are kept for several models, and replaced by newer ones', async () => {
    await records.add(KEY, { prefill: 3, decode: 3 });
    await records.add({ ...KEY, file: 'other.gguf' }, { prefill: 2, decode: 2 });
    await records.add(KEY, { prefill: 3, decode: 1 });
    assert.deepEqual(await records.find(KEY), { prefill: 3, decode: 1 });
    assert.deepEqual(await records.find({ ...KEY, file: 'other.gguf' }), { prefill: 2, decode: 2 });
  });

  it('are dropped, the oldest first, when there are too many', async () => {
    for (let i = 0; i < 60; i++) await records.add({ ...KEY, file: `${i}.gguf` }, { prefill: 2, decode: 1 });
    assert.equal(await records.find({ ...KEY, file: '0.gguf' }), undefined);
    assert.deepEqual(await records.find({ ...KEY, file: '59.gguf' }), { prefill: 2, decode: 1 });
    const { records: all } = JSON.parse(await readFile(path, 'utf8')) as { records: unknown[] };
    assert.ok(all.length < 60);
  });

  for (const [what, content] of [
    [
      'truncated',
      JSON.stringify({ version: 1, records: [{ ...KEY, threads: { prefill: 3, decode: 2 } }] }).slice(0, -9),
    ],
    ['empty', ''],
    ['something else', '{"version": 1, "records": "none"}'],
    ['of another version', JSON.stringify({ records: [{ ...KEY, threads: { prefill: 3, decode: 2 } }] })],
    ['without threads', JSON.stringify({ version: 1, records: [KEY] })],
    [
      'with zero threads',
      JSON.stringify({ version: 1, records: [{ ...KEY, threads: { prefill: 0, decode: 2 } }] }),
    ],
    [
      'with fractional threads',
      JSON.stringify({ version: 1, records: [{ ...KEY, threads: { prefill: 1.5, decode: 2 } }] }),
    ],
  ] as const)
    it(`are empty where their file is ${what}, and can be written again`, async () => {
      await writeFile(path, content);
      assert.equal(await records.find(KEY), undefined);
      await records.add(KEY, { prefill: 3, decode: 2 });
      assert.deepEqual(await records.find(KEY), { prefill: 3, decode: 2 });
    });

  it('are not kept without a writable file', async () => {
    const unwritable = new ThreadRecords(() => join(path, 'inside', 'threads.json'));
    await writeFile(path, 'a file where a folder should be');
    await unwritable.add(KEY, { prefill: 3, decode: 2 });
    assert.equal(await unwritable.find(KEY), undefined);
  });
});
