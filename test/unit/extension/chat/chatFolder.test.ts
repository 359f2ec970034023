import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationStore } from '../../../../src/chatCore/conversationStore.js';
import { ChatFolder } from '../../../../src/extension/chat/chatFolder.js';
import { ConversationFiles } from '../../../../src/extension/chat/conversationFiles.js';
import { conversation } from '../../chatCore/support/conversations.js';
import { describeConversationStore } from '../../chatCore/support/storeSuite.js';

describe('the chat’s folder', () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'youtu-chats-'));
    folder = join(root, 'chats');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const HELD = { check: () => Promise.resolve() };

  describeConversationStore('a folder on disk', () =>
    Promise.resolve({
      area: new ConversationFiles(new ChatFolder(folder)),
      put: async (id, value) => {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, `${id}.json`), JSON.stringify({ version: '1', ...value }));
      },
    }),
  );

  it('keeps every turn of two windows that save the same chat at the same time', async () => {
    const windows = [0, 1].map(() => new ConversationFiles(new ChatFolder(folder)));
    const events = {
      onUnreadable: () => assert.fail(),
      onSaveFailed: (error: unknown) => assert.fail(String(error)),
    };
    await Promise.all(
      windows.map(async (files, window) => {
        const store = new ConversationStore(files, events);
        const begun = conversation('one', 'How?');
        let { turns } = begun;
        for (let round = 0; round < 20; round++) {
          turns = [...turns, { role: 'user', id: `${window}-${round}`, text: 'And?', attachments: [] }];
          store.save({ ...begun, turns }, true);
          await store.flush();
        }
      }),
    );
    const kept = await new ConversationStore(new ConversationFiles(new ChatFolder(folder)), events).load(
      'one',
    );
    assert.equal(kept?.turns.length, 2 + 2 * 20);
    assert.deepEqual(await readdir(folder), ['one.json']);
  });

  it('leaves the old file when a write is cut off, and never reads the half-written one', async () => {
    const files = new ChatFolder(folder);
    await mkdir(folder);
    await writeFile(join(folder, 'one.json'), 'old');
    await writeFile(join(folder, 'one.json.killed.new'), '{"half');
    await assert.rejects(
      files.replace('one.json', 'new', {
        check: () => Promise.reject(new Error('killed before the renaming')),
      }),
    );
    assert.equal(await files.read('one.json'), 'old');
    assert.deepEqual(await files.list(), ['one.json']);
    await files.replace('one.json', 'new', HELD);
    assert.equal(await readFile(join(folder, 'one.json'), 'utf8'), 'new');
  });

  it('removes unfinished files that a killed process has left, but not one that may still be written', async () => {
    const files = new ChatFolder(folder);
    await mkdir(folder);
    for (const name of ['old', 'fresh']) await writeFile(join(folder, `one.json.${name}.new`), '');
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
    await utimes(join(folder, 'one.json.old.new'), twoDaysAgo, twoDaysAgo);
    assert.deepEqual(await files.list(), []);
    assert.deepEqual(await readdir(folder), ['one.json.fresh.new']);
  });

  it('continues after the lock of a window that was killed or suspended, whose own write then fails', async () => {
    const [suspended, other] = [new ChatFolder(folder, 50), new ChatFolder(folder, 50)];
    await mkdir(folder);
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    let locked: () => void = () => undefined;
    const isLocked = new Promise<void>((resolve) => (locked = resolve));
    const begun = suspended.exclusively('one.json', async (hold) => {
      locked();
      await asleep;
      await suspended.replace('one.json', 'late', hold);
    });
    const lateWrite = assert.rejects(begun, /Another window/);
    await isLocked;
    await other.exclusively('one.json', (hold) => other.replace('one.json', 'other', hold));
    wake();
    await lateWrite;
    assert.equal(await readFile(join(folder, 'one.json'), 'utf8'), 'other');
    assert.deepEqual(await readdir(folder), ['one.json']);
  });

  it('fails to save at once where it can not write, and leaves nothing behind', async () => {
    // A file where the folder should be: also for root, whom permissions don't stop.
    await writeFile(folder, '');
    const area = new ConversationFiles(new ChatFolder(folder));
    await assert.rejects(area.update('one', () => ({ version: '1', id: 'one' })));
    await rm(folder);
    await mkdir(folder);
    await mkdir(join(folder, 'one.json'));
    await assert.rejects(area.update('one', () => ({ version: '1', id: 'one' })));
    assert.deepEqual(await readdir(folder), ['one.json']);
  });

  it('keeps chats from other users of the machine', async () => {
    const files = new ChatFolder(folder);
    await mkdir(folder);
    await files.replace('one.json', 'secret', HELD);
    const { mode } = await stat(join(folder, 'one.json'));
    // Windows has no such modes: its profile folders are private.
    assert.equal(process.platform === 'win32' ? 0 : mode & 0o077, 0);
  });
});
