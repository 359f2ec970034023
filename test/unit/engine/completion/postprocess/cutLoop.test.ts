import { cutLoop } from '../../../../../src/engine/completion/postprocess/cutLoop.js';
import { describeRule } from './ruleTable.js';

describeRule('lines that come again and again', cutLoop, {
  'keeps one of a line that stands three times': [
    ['▮', 'a = 1\na = 1\na = 1\na = 1', 'a = 1', 'python'],
    ['▮', 'x();\nfoo();\n  foo();\nfoo();\nbar();', 'x();\nfoo();'],
  ],
  'keeps one round of lines that go round': [
    ['▮', 'a();\nb();\na();\nb();\na();\nb();', 'a();\nb();'],
    ['▮', 'if a:\n  b()\nif a:\n  b()\nif a:\n  b()\n', 'if a:\n  b()', 'python'],
  ],
  'keeps one of lines whose name grows and grows': [
    [
      '▮',
      'size: number;\nsizeMs: number;\nsizeMsMs: number;\nsizeMsMsMs: number;\nx: number;',
      'size: number;',
    ],
    ['▮', 'a,\nencode,\nencodeText,\nencodeTextText,\nencodeTextTextText,', 'a,\nencode,'],
    ['▮', 'Map,\nMapEntry,\nMapEntrySet,\nSet,', 'Map,\nMapEntry,\nMapEntrySet,\nSet,'],
  ],
  'lets two be, and what only closes': [
    ['▮', 'a();\na();\nb();', 'a();\na();\nb();'],
    ['▮', 'a({\n}\n}\n}\n', 'a({\n}\n}\n}\n'],
    ['▮', 'a\n\n\n\nb', 'a\n\n\n\nb'],
  ],
});
