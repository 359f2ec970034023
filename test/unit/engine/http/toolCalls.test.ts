import assert from 'node:assert/strict';
import { plainLength, readToolCalls } from '../../../../src/engine/http/toolCalls.js';

const TOOLS = { names: ['get_weather', 'search'], isSingle: false };
const call = (name: string, args: object): string => JSON.stringify({ name, arguments: args });

describe('tool calls in an answer', () => {
  for (const { name, answer, text, calls } of [
    { name: 'has none', answer: 'It is sunny.', text: 'It is sunny.', calls: [] },
    {
      name: 'has one in a `<tool_call>` block',
      answer: `<tool_call>\n${call('get_weather', { city: 'Paris' })}\n</tool_call>`,
      text: '',
      calls: [['get_weather', '{"city":"Paris"}']],
    },
    {
      name: 'has two after a text',
      answer: `Let me see.\n<tool_call>${call('search', { q: 'a' })}</tool_call>\n<tool_call>${call('search', { q: 'b' })}</tool_call>`,
      text: 'Let me see.',
      calls: [
        ['search', '{"q":"a"}'],
        ['search', '{"q":"b"}'],
      ],
    },
    { name: 'has a bare one', answer: call('search', {}), text: '', calls: [['search', '{}']] },
    {
      name: 'has one in a fence',
      answer: `\`\`\`json\n${call('search', {})}\n\`\`\``,
      text: '',
      calls: [['search', '{}']],
    },
    {
      name: 'has one in an unclosed block',
      answer: `<tool_call>${call('search', {})}`,
      text: '',
      calls: [['search', '{}']],
    },
    { name: 'ignores an unknown tool', answer: call('rm', {}), text: call('rm', {}), calls: [] },
    {
      name: 'ignores invalid JSON',
      answer: '<tool_call>{"name":</tool_call>',
      text: '<tool_call>{"name":</tool_call>',
      calls: [],
    },
    { name: 'ignores JSON of another form', answer: '[1, 2]', text: '[1, 2]', calls: [] },
  ])
    it(name, () => {
      const found = readToolCalls(answer, TOOLS);
      assert.equal(found.text, text);
      assert.deepEqual(
        found.calls.map((each) => [each.function.name, each.function.arguments]),
        calls,
      );
    });

  for (const [answer, plain] of [
    ['It is', 'It is'],
    ['It is <tool', 'It is '],
    ['It is <b>', 'It is <b>'],
    ['a<tool_call>{', 'a'],
    ['  {"na', ''],
    ['```json', ''],
    ['```js', ''],
    ['```python', '```python'],
    ['```json\n{"na', ''],
    ['```json\n{"name": "search"}\n```', ''],
    ['```json\n{"name": "search"}\n```\nis a', '```json\n{"name": "search"}\n```\nis a'],
    ['{"name": "sea', ''],
    ['{"name": "see', '{"name": "see'],
    ['{"name": 1', '{"name": 1'],
    ['{"colour', '{"colour'],
    ['{\n  "arguments": {', ''],
    ['{}', '{}'],
    ['<tool_call> is a tag', '<tool_call> is a tag'],
    ['<tool_call>{"name": "rm"}</tool_call> no', '<tool_call>{"name": "rm"}</tool_call> no'],
    ['a <tool_call> and <tool_call>{"name": "search"}</tool_call>', 'a <tool_call> and '],
    ['', ''],
  ] as const)
    it(`emits ${JSON.stringify(plain)} of ${JSON.stringify(answer)} at once`, () =>
      assert.equal(answer.slice(0, plainLength(answer, TOOLS)), plain));

  it('are one at most where only one is wanted', () => {
    const answer = `<tool_call>${call('search', {})}</tool_call><tool_call>${call('search', {})}</tool_call>`;
    assert.equal(readToolCalls(answer, TOOLS).calls.length, 2);
    assert.equal(readToolCalls(answer, { ...TOOLS, isSingle: true }).calls.length, 1);
  });
});
