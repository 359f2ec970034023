import assert from 'node:assert/strict';
import type { ChatMessage } from '../../src/protocol/chat.js';
import { askEngine } from '../engine/support/chatClient.js';
import type { EngineProcess } from '../engine/support/engineProcess.js';
import { starterEngine } from './support/starter.js';

const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });

/** Chat with the starter over LSP, as in the extension. */
describe('a chat with the starter model', function () {
  this.timeout(180_000);
  let engine: EngineProcess;
  before(async () => (engine = await starterEngine()));

  it('streams an answer with code, in English', async () => {
    const { result, streamed, progress } = await askEngine(
      engine,
      [user('Write a Python function that reverses a string. Only code.')],
      { maxTokens: 80 },
    );
    assert.match(result.text, /```python\n[^]*def \w+\(/);
    assert.equal(streamed.trimEnd(), result.text);
    assert.ok(progress.filter(({ kind }) => kind === 'text').length > 3);
    assert.ok(result.tokensPerSecond > 0);
  });

  it('answers in the language of the question, in Chinese', async () => {
    const { result } = await askEngine(engine, [user('用一句话解释什么是递归。')], { maxTokens: 40 });
    assert.match(result.text, /[\u4e00-\u9fff]{8}/);
    assert.doesNotMatch(result.text, /\uFFFD/);
  });

  it('continues a conversation, and evaluates only what is new', async () => {
    const question = user('My name is Ada. Say hello to me.');
    const first = await askEngine(engine, [question], { maxTokens: 30 });
    const second = await askEngine(
      engine,
      [question, assistant(first.result.text), user('What is my name? One word.')],
      { maxTokens: 12 },
    );
    assert.match(second.result.text, /Ada/);
    assert.ok(second.result.cachedTokens >= first.result.promptTokens);
  });
});
