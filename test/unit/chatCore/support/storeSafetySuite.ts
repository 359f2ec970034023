import assert from 'node:assert/strict';
import type { Conversation } from '../../../../src/chatCore/conversation.js';
import type { EntryProblem } from '../../../../src/chatCore/conversationReader.js';
import { ConversationStore, NewerVersionError } from '../../../../src/chatCore/conversationStore.js';
import { conversation, grown, NEWER, pair, questions, type OpenedArea } from './conversations.js';
import { ObservedArea } from './observedArea.js';

/** Tests that nothing is lost, with any area: two windows, a newer version, entries that can't be read or written. */
export function describeStoreSafety(kind: string, open: () => Promise<OpenedArea>): void {
  describe(`ConversationStore with ${kind}, when something is in the way`, () => {
    let opened: OpenedArea;
    let area: ObservedArea;
    let problems: EntryProblem[];
    let failures: unknown[];
    /** Saves nothing by itself within a test's time. */
    const store = (): ConversationStore =>
      new ConversationStore(
        area,
        { onUnreadable: (found) => problems.push(...found), onSaveFailed: (error) => failures.push(error) },
        1e6,
      );
    beforeEach(async () => {
      opened = await open();
      area = new ObservedArea(opened.area);
      [problems, failures] = [[], []];
    });

    it('lists and opens the others when one entry can not be read, reports it once, and leaves it', async () => {
      const kept = store();
      for (const id of ['good', 'locked']) kept.save(conversation(id, 'How?'), false);
      await kept.flush();
      area.unreadable = 'locked';
      for (let time = 0; time < 2; time++)
        assert.deepEqual(
          (await kept.readList()).map(({ id }) => id),
          ['good'],
        );
      assert.deepEqual(
        problems.map(({ id, movedTo }) => [id, movedTo]),
        [['locked', undefined]],
      );
      assert.equal(await kept.load('locked'), undefined);
      assert.deepEqual(questions(await kept.load('good')), ['How?']);
      // What can't be read can't be merged: it isn't overwritten.
      kept.save(conversation('locked', 'Over it'), true);
      await kept.flush();
      assert.equal(failures.length, 1);
      area.unreadable = undefined;
      assert.deepEqual(questions(await store().load('locked')), ['How?']);
    });

    it('reports a damaged entry that can not be set aside once, and lists the others', async () => {
      const kept = store();
      kept.save(conversation('good', 'How?'), false);
      await kept.flush();
      await opened.put('bad', { id: 'bad' });
      area.failure = new Error('read-only');
      for (let time = 0; time < 2; time++) assert.equal((await kept.readList()).length, 1);
      assert.deepEqual(problems, [{ id: 'bad', error: area.failure }]);
    });

    it('lists a chat of a newer version as such, neither opens, moves nor overwrites it, and removes it with undo', async () => {
      await opened.put('new', NEWER);
      const kept = store();
      const listed = [{ id: 'new', title: 'From later', updatedAt: 7, isNewer: true }];
      assert.deepEqual(await kept.readList(), listed);
      assert.equal(await kept.load('new'), undefined);
      assert.deepEqual(await kept.all(), []);
      kept.save(conversation('new', 'Over it'), true);
      await kept.flush();
      assert.ok(failures[0] instanceof NewerVersionError);
      assert.deepEqual(problems, []);
      assert.deepEqual(await opened.area.read('new'), { value: NEWER });

      const other = store();
      await other.readList();
      const { count, restore } = await other.remove(['new']);
      assert.equal(count, 1);
      assert.equal(await opened.area.read('new'), undefined);
      restore();
      await other.flush();
      assert.deepEqual(await opened.area.read('new'), { value: NEWER });
    });

    it('keeps the turns of two windows that continue the same chat', async () => {
      const first = store();
      const begun = conversation('one', 'How?');
      first.save(begun, true);
      await first.flush();
      const second = store();
      const loaded = await second.load('one');
      assert.ok(loaded);
      first.save(grown(begun, pair('first', 'From the first?')), true);
      await first.flush();
      second.save(grown(loaded, pair('second', 'From the second?'), 8), true);
      await second.flush();
      const all = ['How?', 'From the first?', 'From the second?'];
      assert.deepEqual(questions(await store().load('one')), all);
      // The first window still has what it had, and continues.
      first.save(grown(grown(begun, pair('first', 'From the first?')), pair('third', 'And then?'), 9), true);
      await first.flush();
      const merged = await store().load('one');
      assert.deepEqual(questions(merged), [...all, 'And then?']);
      assert.equal(merged?.updatedAt, 9);
    });

    it('keeps what the other window has made of an answer that this one has not touched', async () => {
      const begun = conversation('one', 'How?');
      const [first, second] = [store(), store()];
      first.save(begun, true);
      await first.flush();
      const loaded = await second.load('one');
      assert.ok(loaded);
      const [question, answer] = loaded.turns;
      assert.ok(question && answer?.role === 'assistant');
      second.save(
        { ...loaded, updatedAt: 8, turns: [question, { ...answer, text: 'Generated again.' }] },
        true,
      );
      await second.flush();
      first.save(grown(begun, pair('more', 'And?'), 9), true);
      await first.flush();
      const merged = await store().load('one');
      assert.equal(merged?.turns[1]?.text, 'Generated again.');
      assert.deepEqual(questions(merged), ['How?', 'And?']);
    });

    it('hands what another window has added to the session, which decides whether to continue with it', async () => {
      const merges: [Conversation, Conversation][] = [];
      const begun = conversation('one', 'How?');
      const first = new ConversationStore(
        area,
        {
          onUnreadable: () => assert.fail(),
          onSaveFailed: () => assert.fail(),
          onDidMerge: (saved, merged) => merges.push([saved, merged]) > 0,
        },
        1e6,
      );
      first.save(begun, true);
      await first.flush();
      const second = store();
      const loaded = await second.load('one');
      assert.ok(loaded);
      second.save(grown(loaded, pair('second', 'Second?')), true);
      await second.flush();
      const mine = grown(begun, pair('first', 'First?'));
      first.save(mine, true);
      await first.flush();
      const [[saved, merged] = []] = merges;
      assert.equal(saved, mine);
      assert.deepEqual(questions(merged), ['How?', 'Second?', 'First?']);
      assert.ok(merged);
      first.save(grown(merged, pair('third', 'Third?')), true);
      await first.flush();
      assert.equal(merges.length, 1);
      assert.deepEqual(questions(await store().load('one')), ['How?', 'Second?', 'First?', 'Third?']);
    });

    it('keeps what it can not save, marked in the list, and saves it with the next chat or on request', async () => {
      const kept = store();
      area.failure = new Error('no space');
      for (const text of ['a', 'ab', 'abc']) {
        kept.save(conversation('one', text), true);
        await kept.flush();
      }
      assert.equal(failures.length, 1, 'reported once, not with every piece of an answer');
      assert.deepEqual(await kept.readList(), [{ id: 'one', title: 'abc', updatedAt: 5, isUnsaved: true }]);
      assert.deepEqual(questions(await kept.load('one')), ['abc']);
      assert.deepEqual((await kept.all()).map(questions), [['abc']]);
      await kept.retry();
      assert.equal(failures.length, 2);
      area.failure = undefined;
      kept.save(conversation('two', 'Another', 9), true);
      await kept.flush();
      assert.deepEqual(kept.unsaved, []);
      assert.equal(
        (await kept.readList()).some(({ isUnsaved }) => isUnsaved),
        false,
      );
      assert.deepEqual(questions(await store().load('one')), ['abc']);
    });

    it('removes a chat that could not be saved, with undo', async () => {
      const kept = store();
      area.failure = new Error('no space');
      kept.save(conversation('one', 'a'), true);
      await kept.flush();
      const { count, restore } = await kept.remove(['one']);
      assert.equal(count, 1);
      assert.deepEqual(await kept.readList(), []);
      area.failure = undefined;
      restore();
      await kept.flush();
      assert.deepEqual(questions(await store().load('one')), ['a']);
    });

    it('keeps unknown fields of a conversation when it is saved again', async () => {
      await opened.put('one', { ...conversation('one', 'How?'), pinned: true });
      const kept = store();
      const loaded = await kept.load('one');
      assert.ok(loaded);
      kept.save(grown(loaded, pair('more', 'And?')), true);
      await kept.flush();
      const entry = await opened.area.read('one');
      const value: unknown = entry !== undefined && 'value' in entry ? entry.value : undefined;
      assert.equal((value as { readonly pinned?: boolean }).pinned, true);
    });

    it('reports that it can not save, and continues when it can again', async () => {
      const kept = store();
      area.failure = new Error('no space');
      kept.save(conversation('one', 'a'), false);
      await kept.flush();
      assert.deepEqual(failures, [area.failure]);
      area.failure = undefined;
      kept.save(conversation('one', 'b'), false);
      assert.equal((await kept.load('one'))?.turns[0]?.text, 'b');
    });

    it('saves what an earlier page left, and keeps the turns that were stored meanwhile', async () => {
      const kept = store();
      kept.save(conversation('one', 'stored', 5), true);
      kept.save(conversation('two', 'stored', 9), true);
      kept.save(grown(conversation('three', 'stored', 5), pair('other', 'Stored meanwhile')), true);
      await kept.saveLeft([
        conversation('one', 'left', 7),
        conversation('two', 'left', 7),
        grown(conversation('three', 'left', 9), pair('left', 'Left'), 9),
        'no chat',
      ]);
      assert.equal((await kept.load('one'))?.turns[0]?.text, 'left');
      assert.equal((await kept.load('two'))?.turns[0]?.text, 'stored');
      assert.deepEqual(questions(await store().load('three')), ['left', 'Stored meanwhile', 'Left']);
    });
  });
}
