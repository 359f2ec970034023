import assert from 'node:assert/strict';
import { oneAnswer } from '../../../../src/cli/chat/oneAnswer.js';
import { chatParams, questionText } from '../../../../src/cli/chat/question.js';
import type { ChatProgress } from '../../../../src/protocol/chat.js';
import { FakeTerminal, type FakeTerminalOptions } from '../support/fakeTerminal.js';
import { says, ScriptedChat, type ScriptedAnswer } from './scriptedChat.js';

const { signal } = new AbortController();
const PARAMS = chatParams([{ role: 'user', content: 'Why?' }], {});

async function shown(
  answer: ScriptedAnswer,
  {
    isWatched = false,
    asJson = false,
    ...options
  }: { isWatched?: boolean; asJson?: boolean } & FakeTerminalOptions = {},
): Promise<FakeTerminal> {
  const terminal = new FakeTerminal(isWatched, [], options);
  await oneAnswer({ terminal, signal, chat: new ScriptedChat([answer]) }, PARAMS, asJson);
  return terminal;
}

const THOUGHT: ChatProgress = { kind: 'thinking', text: 'Hm.' };

describe('one answer', () => {
  it('writes only the text and one newline to stdout, and nothing to stderr', async () => {
    const terminal = await shown({ pieces: [THOUGHT, ...says('Be').pieces, ...says('cause.').pieces] });
    assert.equal(terminal.results, 'Because.\n');
    assert.equal(terminal.notes, '');
    assert.equal((await shown(says('Because.\n'))).results, 'Because.\n');
    assert.equal((await shown({ pieces: [] })).results, '');
  });

  it('shows thoughts in a terminal, dim where colours are supported, and stats at the end', async () => {
    const plain = await shown({ pieces: [THOUGHT, ...says('So.').pieces] }, { isWatched: true });
    assert.ok(plain.notes.includes('Hm.\n\n'), plain.notes);
    assert.match(plain.notes, /scripted: 12 prompt tokens, 3 generated, 20\.0 tokens\/s\n$/);
    const dim = await shown({ pieces: [THOUGHT] }, { isWatched: true, hasColours: true });
    assert.ok(dim.notes.includes('\u001b[2mHm.\u001b[22m'), dim.notes);
  });

  it('shows the progress of a long prompt in a terminal, and clears it before the text', async () => {
    const progress: ChatProgress = { kind: 'prefill', done: 128, total: 900 };
    const terminal = await shown({ pieces: [progress, ...says('So.').pieces] }, { isWatched: true });
    assert.match(terminal.notes, /Reading: 128 of 900 tokens\u001b\[K\r\u001b\[K/);
    assert.equal((await shown({ pieces: [progress] })).notes, '');
  });

  it('removes control sequences for a terminal, but not for a file', async () => {
    const answer = says('a\u001b[2Jb\tc\n');
    assert.equal((await shown(answer, { isResultWatched: true })).results, 'a[2Jb\tc\n');
    assert.equal((await shown(answer)).results, 'a\u001b[2Jb\tc\n');
  });

  it('reports that it was truncated', async () => {
    const terminal = await shown({ ...says('So'), result: { finish: 'length' } });
    assert.equal(terminal.notes, 'The answer was cut off after 3 tokens.\n');
  });

  it('is one JSON document with --json', async () => {
    const terminal = await shown(says('So.'), { asJson: true });
    assert.deepEqual(JSON.parse(terminal.results), {
      response: 'So.',
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
      model: 'scripted',
      tokens_per_second: 20,
      finish_reason: 'stop',
    });
  });

  it('keeps the partial output when it fails', async () => {
    const terminal = new FakeTerminal();
    const chat = new ScriptedChat([{ ...says('Half an'), error: new Error('gone') }]);
    await assert.rejects(oneAnswer({ terminal, signal, chat }, PARAMS, false), /gone/);
    assert.equal(terminal.results, 'Half an\n');
  });
});

describe('a question', () => {
  const table: [prompt: string | undefined, piped: string | undefined, question: string | undefined][] = [
    ['Review this', 'diff\n', 'Review this\n\ndiff\n'],
    [undefined, 'hi\n', 'hi\n'],
    ['hi', undefined, 'hi'],
    ['hi', '', 'hi'],
    [undefined, ' \n', undefined],
    ['', undefined, undefined],
  ];
  for (const [prompt, piped, question] of table)
    it(`is ${JSON.stringify(question)} for the prompt ${JSON.stringify(prompt)} and piped text ${JSON.stringify(piped)}`, () =>
      assert.equal(questionText(prompt, piped), question));

  it('carries the options', () => {
    const options = { maxTokens: 5, temperature: 0, system: 'Be brief.' };
    const { messages, maxTokens, temperature } = chatParams([{ role: 'user', content: 'x' }], options);
    assert.deepEqual([maxTokens, temperature], [5, 0]);
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user'],
    );
  });
});
