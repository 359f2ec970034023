import assert from 'node:assert/strict';
import { ChatPromptBuilder } from '../../../../src/engine/chat/chatPromptBuilder.js';
import { readPrompt } from '../../../../src/engine/remote/remotePrompt.js';
import {
  INFILL_MARKS,
  MARKED_TEMPLATE,
  packedTokens,
  unpacked,
} from '../../../../src/engine/remote/remoteTokens.js';

const tokens = (text: string): number[] => packedTokens(text, false);

describe('Remote prompts', () => {
  it('any text is read back from its tokens', () => {
    for (const text of [
      '',
      'a',
      'def f(x):\n\treturn x\r\n',
      'größe = "漢字🙂e\u0301"',
      '\u0000\u0001\uFFFF',
    ])
      assert.equal(unpacked(tokens(text)), text);
  });

  it('a token is about as long as those of models', () => {
    assert.equal(tokens('abcdef').length, 2);
    assert.equal(tokens('漢字').length, 2);
    assert.ok(tokens('zzz').every((token) => Number.isSafeInteger(token)));
  });

  it('a conversation becomes messages again, with the beginning of the answer', async () => {
    const model = {
      tokenize: packedTokens,
      bos: undefined,
      bosText: '',
      eosText: '',
      chatTemplate: MARKED_TEMPLATE,
      device: { kind: 'remote', offloadedLayers: 0, totalLayers: 0, build: 'vllm' },
    } as const;
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Is \u{E012}assistant\u{E013} or <|im_start|> a mark?' },
    ] as const;
    const prompt = await new ChatPromptBuilder(model).write(messages, false);
    assert.deepEqual(readPrompt([...prompt.tokens, ...tokens('```ts\n')]), {
      kind: 'chat',
      messages,
      answerStart: '```ts\n',
      thinking: false,
    });
    const thoughtful = await new ChatPromptBuilder(model).write(messages, true);
    assert.equal((readPrompt(thoughtful.tokens) as { thinking?: boolean }).thinking, true);
  });

  it('a gap is read back with its files', () => {
    const prompt = [
      INFILL_MARKS.fileSeparator,
      ...tokens('lib/a.ts\nexport const a = 1;\n'),
      INFILL_MARKS.fileSeparator,
      ...tokens('src/b.ts\n'),
      INFILL_MARKS.prefix,
      ...tokens('import a;\n'),
      INFILL_MARKS.suffix,
      ...tokens('\nend'),
      INFILL_MARKS.middle,
      ...tokens('const b'),
    ];
    assert.deepEqual(readPrompt(prompt), {
      kind: 'infill',
      files: [{ path: 'lib/a.ts', text: 'export const a = 1;\n' }],
      path: 'src/b.ts',
      before: 'import a;\n',
      after: '\nend',
      middle: 'const b',
    });
  });

  it('anything else is a text to continue', () => {
    assert.deepEqual(readPrompt(tokens('# Title')), { kind: 'text', text: '# Title' });
  });
});
