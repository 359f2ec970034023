import assert from 'node:assert/strict';
import type { Conversation } from '../../../../src/chatCore/conversation.js';
import type { EntryProblem } from '../../../../src/chatCore/conversationReader.js';
import { ConversationStore } from '../../../../src/chatCore/conversationStore.js';
import { conversation, type OpenedArea } from './conversations.js';
import { ObservedArea } from './observedArea.js';
import { describeStoreSafety } from './storeSafetySuite.js';

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
  });

  describeStoreSafety(kind, open);
}
