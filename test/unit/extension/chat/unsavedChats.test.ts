import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationStore } from '../../../../src/chatCore/conversationStore.js';
import { ChatFolder } from '../../../../src/extension/chat/chatFolder.js';
import { ConversationFiles } from '../../../../src/extension/chat/conversationFiles.js';
import { UnsavedChats } from '../../../../src/extension/chat/unsavedChats.js';
import { conversation, grown, pair, questions } from '../../chatCore/support/conversations.js';

describe('a chat that can’t be saved in its folder', () => {
  let root: string;
  let chats: string;
  let places: readonly string[];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'youtu-unsaved-'));
    chats = join(root, 'chats');
    places = [join(root, 'one', 'place'), join(root, 'other')];
    // A file where the folder should be: also for root, whom permissions don't stop.
    await writeFile(chats, '');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  /** A window's store; `kept` tells after each failure whether the chats are kept elsewhere. */
  function window(unsaved = new UnsavedChats(places)): {
    store: ConversationStore;
    unsaved: UnsavedChats;
    kept: boolean[];
  } {
    const kept: boolean[] = [];
    const store = new ConversationStore(new ConversationFiles(new ChatFolder(chats)), {
      onUnreadable: () => undefined,
      onSaveFailed: () => undefined,
      onUnsaved: async (conversations) => void kept.push(await unsaved.keep(conversations)),
      onDidStore: (ids) => void unsaved.remove(ids),
    });
    return { store, unsaved, kept };
  }

  const begun = conversation('one', 'How?');

  it('is kept in another place, with its newest turns, for the next window', async () => {
    const { store, kept } = window();
    store.save(begun, true);
    await store.flush();
    store.save(grown(begun, pair('two', 'And?')), true);
    await store.flush();
    assert.deepEqual([...new Set(kept)], [true]);
    assert.deepEqual((await readdir(root)).sort(), ['chats', 'one'], 'no place is made before it is needed');
    await rm(chats);
    const next = window();
    await next.store.saveLeft([...(await next.unsaved.read()).values()]);
    assert.deepEqual(questions(await next.store.load('one')), ['How?', 'And?']);
    await next.unsaved.read();
    assert.deepEqual(await readdir(chats), ['one.json']);
    assert.equal((await next.unsaved.read()).size, 0);
  });

  it('is kept in the last place when the others can’t be written', async () => {
    await writeFile(join(root, 'one'), '');
    const { store, kept, unsaved } = window();
    store.save(begun, true);
    await store.flush();
    assert.deepEqual([...new Set(kept)], [true]);
    assert.deepEqual([...(await unsaved.read()).keys()], ['one']);
  });

  it('is reported as not kept when no place can be written', async () => {
    for (const name of ['one', 'other']) await writeFile(join(root, name), '');
    const { store, kept } = window();
    store.save(begun, true);
    await store.flush();
    assert.deepEqual([...new Set(kept)], [false]);
    assert.deepEqual(
      store.unsaved.map(({ id }) => id),
      ['one'],
    );
  });

  it('isn’t put into a folder that others can write to, or that is a link', async () => {
    await writeFile(join(root, 'one'), '');
    await mkdir(join(root, 'other'));
    await chmod(join(root, 'other'), 0o777);
    assert.equal(await new UnsavedChats(places).keep([begun]), false);
    await rm(join(root, 'other'), { recursive: true });
    await mkdir(join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), join(root, 'other'));
    assert.equal(await new UnsavedChats(places).keep([begun]), false);
    assert.deepEqual(await readdir(join(root, 'elsewhere')), []);
  });
});
