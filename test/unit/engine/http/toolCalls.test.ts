import assert from 'node:assert/strict';
import { plainLength, readToolCalls } from '../../../../src/engine/http/toolCalls.js';

const NAMES = ['get_weather', 'search'];
const call = (name: string, args: object): string => JSON.stringify({ name, arguments: args });

describe('tool calls in an answer', () => {
  for (const { name, answer, text, calls } of [
    { name: 'none', answer: 'It is sunny.', text: 'It is sunny.', calls: [] },
    {
      name: 'one in the block that models are taught',
      answer: `<tool_call>\n${call('get_weather', { city: 'Paris' })}\n</tool_call>`,
      text: '',
      calls: [['get_weather', '{"city":"Paris"}']],
    },
    {
      name: 'two with a text before',
      answer: `Let me see.\n<tool_call>${call('search', { q: 'a' })}</tool_call>\n<tool_call>${call('search', { q: 'b' })}</tool_call>`,
      text: 'Let me see.',
      calls: [
        ['search', '{"q":"a"}'],
        ['search', '{"q":"b"}'],
      ],
    },
    { name: 'a bare one', answer: call('search', {}), text: '', calls: [['search', '{}']] },
    {
      name: 'one in a fence',
      answer: `\`\`\`json\n${call('search', {})}\n\`\`\``,
      text: '',
      calls: [['search', '{}']],
    },
    {
      name: 'one whose block was not closed',
      answer: `<tool_call>${call('search', {})}`,
      text: '',
      calls: [['search', '{}']],
    },
    { name: 'not of a tool that nobody gave', answer: call('rm', {}), text: call('rm', {}), calls: [] },
    {
      name: 'not JSON that is none',
      answer: '<tool_call>{"name":</tool_call>',
      text: '<tool_call>{"name":</tool_call>',
      calls: [],
    },
    { name: 'not JSON of another kind', answer: '[1, 2]', text: '[1, 2]', calls: [] },
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
