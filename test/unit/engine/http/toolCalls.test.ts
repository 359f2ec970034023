import assert from 'node:assert/strict';
import { plainLength, readToolCalls } from '../../../../src/engine/http/toolCalls.js';

const NAMES = ['get_weather', 'search'];
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
      const found = readToolCalls(answer, NAMES);
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
    ['', ''],
  ] as const)
    it(`emits ${JSON.stringify(plain)} of ${JSON.stringify(answer)} at once`, () =>
      assert.equal(answer.slice(0, plainLength(answer)), plain));
});
