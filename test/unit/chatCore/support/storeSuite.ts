import assert from 'node:assert/strict';
import type { Conversation } from '../../../../src/chatCore/conversation.js';
import type { ConversationArea } from '../../../../src/chatCore/conversationArea.js';
import type { EntryProblem } from '../../../../src/chatCore/conversationReader.js';
import { ConversationStore, NewerVersionError } from '../../../../src/chatCore/conversationStore.js';
import type { ChatTurn } from '../../../../src/protocol/chatTurn.js';
import { ObservedArea } from './observedArea.js';

export interface OpenedArea {
  readonly area: ConversationArea;
  /** Writes an entry as another program could, valid or not. */
  put(id: string, value: Readonly<Record<string, unknown>>): Promise<void>;
}

export const conversation = (id: string, text: string, updatedAt = 5): Conversation => ({
  id,
  createdAt: 1,
  updatedAt,
  turns: [
    { role: 'user', id: 'q', text, attachments: [] },
    { role: 'assistant', id: 'a', text: 'Yes.', thinking: '', state: 'done' },
  ],
});

/** A question and its answer. */
const pair = (name: string, text: string): readonly ChatTurn[] => [
  { role: 'user', id: `q-${name}`, text, attachments: [] },
  { role: 'assistant', id: `a-${name}`, text: 'Yes.', thinking: '', state: 'done' },
];
const grown = (kept: Conversation, more: readonly ChatTurn[], updatedAt = 6): Conversation => ({
  ...kept,
  updatedAt,
  turns: [...kept.turns, ...more],
});
const questions = (kept: Conversation | undefined): string[] =>
  (kept?.turns ?? []).filter(({ role }) => role === 'user').map(({ text }) => text);
/** As a later version could store it. */
const NEWER = {
  version: '2',
  id: 'new',
  updatedAt: 7,
  turns: [
    { role: 'user', text: 'From later', pictures: [] },
    { role: 'tool', text: 'x' },
  ],
};

/** A conversation whose answer is in another state. */
const withAnswer = (change: object): Conversation => {
  const { turns, ...rest } = conversation('one', 'How?');
  return { ...rest, turns: turns.map((turn) => (turn.role === 'assistant' ? { ...turn, ...change } : turn)) };
};

/** Tests that a store must pass with any area. `open` gives an empty area. */
export function describeConversationStore(kind: string, open: () => Promise<OpenedArea>): void {
  describe(`ConversationStore with ${kind}`, () => {
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

    it('loads a saved conversation after a reload', async () => {
      const before = store();
      before.save(conversation('one', 'How?'), false);
      await before.flush();
      assert.deepEqual(await store().load('one'), conversation('one', 'How?'));
      assert.equal(await store().load('two'), undefined);
    });

    it('writes once for many changes', async () => {
      const kept = store();
      for (const text of ['a', 'b', 'c']) kept.save(conversation('one', text), false);
      await kept.flush();
      assert.equal(area.writes, 1);
      assert.equal((await kept.load('one'))?.turns[0]?.text, 'c');
    });

    it('saves an urgent change at once', async () => {
      const kept = store();
      kept.save(conversation('one', 'How?'), true);
      // A page that ends now can still hand it to the next one.
      assert.deepEqual(kept.unsaved, [conversation('one', 'How?')]);
      await kept.flush();
      assert.equal(area.writes, 1);
      assert.deepEqual(kept.unsaved, []);
    });

    it('lists conversations by their first question, the newest first', async () => {
      const kept = store();
      kept.save(conversation('one', 'Older', 5), false);
      kept.save(conversation('two', 'Newer', 9), false);
      const newestFirst = [
        { id: 'two', title: 'Newer', updatedAt: 9 },
        { id: 'one', title: 'Older', updatedAt: 5 },
      ];
      assert.deepEqual(kept.summaries, newestFirst);
      assert.deepEqual(await kept.readList(), newestFirst);
      assert.deepEqual(await store().readList(), newestFirst);
    });

    it('stores no conversation without a question', async () => {
      const kept = store();
      kept.save({ id: 'one', createdAt: 1, updatedAt: 1, turns: [] }, true);
      assert.deepEqual(await kept.readList(), []);
    });

    it('sets an entry of another shape aside, reports it once, and continues with the others', async () => {
      const kept = store();
      kept.save(conversation('good', 'How?'), false);
      await opened.put('bad', { id: 'bad', createdAt: 1, updatedAt: 1, turns: [{ role: 'root' }] });
      const ids = async (): Promise<string[]> => (await kept.readList()).map(({ id }) => id);
      assert.deepEqual(await ids(), ['good']);
      assert.deepEqual(
        problems.map(({ id }) => id),
        ['bad'],
      );
      assert.match(problems[0]?.movedTo ?? '', /^bad/);
      assert.deepEqual(await ids(), ['good']);
      assert.equal(problems.length, 1);
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

    it('marks an answer as interrupted that was streaming when the window was closed', async () => {
      const kept = store();
      kept.save(withAnswer({ text: 'Ye', state: 'streaming' }), false);
      await kept.flush();
      const answer = (await store().load('one'))?.turns[1];
      assert.deepEqual(answer?.role === 'assistant' && [answer.text, answer.state], ['Ye', 'interrupted']);
    });

    it('reads no actions of a failed answer', async () => {
      const kept = store();
      kept.save(withAnswer({ state: 'failed', failure: { message: 'Gone.', actions: ['Restart'] } }), false);
      await kept.flush();
      const answer = (await store().load('one'))?.turns[1];
      assert.deepEqual(answer?.role === 'assistant' && answer.failure, { message: 'Gone.', actions: [] });
    });

    it('reads the statistics of version 0.1, which called them figures', async () => {
      const figures = { model: 'm', tokensPerSecond: 30, droppedMessages: 0 };
      await opened.put('one', { ...withAnswer({ figures }) });
      const answer = (await store().load('one'))?.turns[1];
      assert.deepEqual(answer?.role === 'assistant' && answer.stats, figures);
    });

    it('keeps fields that it does not know, of a newer version’s turn', async () => {
      await opened.put('one', { ...withAnswer({ rating: 5 }) });
      const answer = (await store().load('one'))?.turns[1];
      assert.equal(answer !== undefined && 'rating' in answer && answer.rating, 5);
    });

    it('removes a conversation, also one that is not saved yet', async () => {
      const kept = store();
      kept.save(conversation('one', 'How?'), false);
      await kept.remove(['one']);
      assert.deepEqual(await kept.readList(), []);
      assert.equal(area.writes, 0);
      kept.save(conversation('two', 'How?'), true);
      await kept.remove(['two', 'never there']);
      assert.deepEqual(await kept.readList(), []);
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
