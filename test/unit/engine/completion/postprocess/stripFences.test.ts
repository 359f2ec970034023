import { stripFences } from '../../../../../src/engine/completion/postprocess/stripFences.js';
import { describeRule } from './ruleTable.js';

describeRule('code fences', stripFences, {
  'takes off the opening one, and all from the closing one on': [
    ['x = ▮', '```ts\nfoo();\n```\nThis calls foo.', 'foo();'],
    ['x = ▮', 'foo();\n```', 'foo();'],
    ['▮', '\n```python\nfoo()\n```', 'foo()', 'python'],
    ['x = ▮', '~~~\nfoo()\n~~~', 'foo()', 'python'],
  ],
  'belongs to Markdown, but closes a block that is open': [
    ['Text\n▮', '```sh\nls\n```', '```sh\nls\n```', 'markdown'],
    ['```sh\n▮', 'ls -l\n```\nThen …', 'ls -l', 'markdown'],
    ['```sh\nls\n```\n▮', '```sh\npwd\n```', '```sh\npwd\n```', 'markdown'],
  ],
  'leaves template strings alone': [['const s = ▮', '`a`;', '`a`;']],
});
