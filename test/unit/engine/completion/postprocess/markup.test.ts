import {
  cutCellMagic,
  cutControlTokens,
  stripFences,
} from '../../../../../src/engine/completion/postprocess/markup.js';
import { describeRule } from './ruleTable.js';

describeRule('a magic of another notebook cell', cutCellMagic, {
  'ends the text': [
    ['a = 1\n▮', 'b = 2\n%%time\nc = 3', 'b = 2', 'python'],
    ['▮', '%%time\nc = 3', '', 'python'],
  ],
  'is something else inside of a line, or where it begins a comment': [
    ['print("▮', '%%d" % 3)', '%%d" % 3)', 'python'],
    ['a▮', '\n%% b', '\n%% b', 'erlang'],
  ],
});

describeRule('control tokens and think tags', cutControlTokens, {
  'are cut in the spelling of each model family': [
    ['x = ▮', 'foo()<|endoftext|>import os', 'foo()'],
    ['x = ▮', '1<|fim_middle|>2', '1'],
    ['x = ▮', '1<|file_sep|>src/b.ts', '1'],
    ['x = ▮', '1<|repo_name|>b', '1'],
    ['x = ▮', '1<|im_end|>\n<|im_start|>user', '1'],
    ['x = ▮', '1<｜end▁of▁sentence｜>', '1'],
    ['x = ▮', '1<｜fim▁hole｜>', '1'],
    ['x = ▮', '1<file_sep>2', '1'],
    ['x = ▮', '1<fim_suffix>2', '1'],
    ['x = ▮', '1<fim-middle>2', '1'],
    ['x = ▮', '1 <EOT>', '1 '],
    ['x = ▮', '1</s>2', '1'],
    ['x = ▮', '1[SUFFIX]2', '1'],
    ['x = ▮', '[/INST] x', ''],
  ],
  'are cut with the thoughts': [
    ['x = ▮', '<think>Let me see</think>', ''],
    ['x = ▮', 'foo()\n</think>\nbar', 'foo()\n'],
  ],
  'are not found in operators, types and tags': [
    ['x = ▮', 'a <| b', 'a <| b'],
    ['x = ▮', 'xs <| f |> g', 'xs <| f |> g'],
    ['let x: ▮', 'Map<string, File>', 'Map<string, File>'],
    ['return ▮', '<div>{a}</div>', '<div>{a}</div>', 'typescriptreact'],
    ['▮', '<s>old</s>', '<s>old</s>', 'html'],
    ['x = ▮', 'a[PREFIX_LENGTH]', 'a[PREFIX_LENGTH]'],
  ],
});

describeRule('code fences', stripFences, {
  'are removed: the opening one, and everything from the closing one': [
    ['x = ▮', '```ts\nfoo();\n```\nThis calls foo.', 'foo();'],
    ['x = ▮', 'foo();\n```', 'foo();'],
    ['▮', '\n```python\nfoo()\n```', 'foo()', 'python'],
    ['x = ▮', '~~~\nfoo()\n~~~', 'foo()', 'python'],
  ],
  'are kept in Markdown, unless they close the block of the cursor': [
    ['Text\n▮', '```sh\nls\n```', '```sh\nls\n```', 'markdown'],
    ['```sh\n▮', 'ls -l\n```\nThen …', 'ls -l', 'markdown'],
    ['```sh\nls\n```\n▮', '```sh\npwd\n```', '```sh\npwd\n```', 'markdown'],
  ],
  'are not found in template strings': [['const s = ▮', '`a`;', '`a`;']],
});
