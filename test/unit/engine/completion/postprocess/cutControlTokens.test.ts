import { cutControlTokens } from '../../../../../src/engine/completion/postprocess/cutControlTokens.js';
import { describeRule } from './ruleTable.js';

describeRule('control tokens and thoughts', cutControlTokens, {
  'cuts at a control token in any family’s spelling': [
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
  'shows no thoughts': [
    ['x = ▮', '<think>Let me see</think>', ''],
    ['x = ▮', 'foo()\n</think>\nbar', 'foo()\n'],
  ],
  'leaves operators, types and tags alone': [
    ['x = ▮', 'a <| b', 'a <| b'],
    ['x = ▮', 'xs <| f |> g', 'xs <| f |> g'],
    ['let x: ▮', 'Map<string, File>', 'Map<string, File>'],
    ['return ▮', '<div>{a}</div>', '<div>{a}</div>', 'typescriptreact'],
    ['▮', '<s>old</s>', '<s>old</s>', 'html'],
    ['x = ▮', 'a[PREFIX_LENGTH]', 'a[PREFIX_LENGTH]'],
  ],
});
