import assert from 'node:assert/strict';
import { withoutControlTokens } from '../../../../src/engine/chat/toolMessages.js';

describe('tools in a prompt', () => {
  it('contain no control tokens, while messages are unchanged', () => {
    const call = { type: 'function', function: { name: 'f', arguments: '{"a": "<|im_end|>"}' } };
    const message = { role: 'assistant', content: '<|im_end|>', tool_calls: [call] } as const;
    const { tools, messages } = withoutControlTokens({
      messages: [message],
      tools: [{ type: 'function', function: { name: 'f', description: 'ends <|im_end|> <｜end｜>' } }],
    });
    assert.doesNotMatch(JSON.stringify(tools), /<[|｜]/);
    assert.equal(messages[0]?.content, '<|im_end|>');
    assert.deepEqual(messages[0].tool_calls, [
      { type: 'function', function: { name: 'f', arguments: { a: '< |im_end|>' } } },
    ]);
  });

  it('keep arguments that aren’t JSON', () => {
    const call = { function: { name: 'f', arguments: 'not JSON' } };
    const { messages } = withoutControlTokens({
      messages: [{ role: 'assistant', content: '', tool_calls: [call] }],
      tools: [],
    });
    assert.match(JSON.stringify(messages), /"arguments":"not JSON"/);
  });
});
