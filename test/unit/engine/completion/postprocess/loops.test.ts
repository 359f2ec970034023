import { cutLoop, cutTokenLoop } from '../../../../../src/engine/completion/postprocess/loops.js';
import { describeRule } from './ruleTable.js';

describeRule('repeated lines', cutLoop, {
  'are kept once when a line is written three times': [
    ['▮', 'a = 1\na = 1\na = 1\na = 1', 'a = 1', 'python'],
    ['▮', 'x();\nfoo();\n  foo();\nfoo();\nbar();', 'x();\nfoo();'],
  ],
  'are kept once when several lines are repeated': [
    ['▮', 'a();\nb();\na();\nb();\na();\nb();', 'a();\nb();'],
    ['▮', 'if a:\n  b()\nif a:\n  b()\nif a:\n  b()\n', 'if a:\n  b()', 'python'],
  ],
  'are kept once when only a name gets longer': [
    [
      '▮',
      'size: number;\nsizeMs: number;\nsizeMsMs: number;\nsizeMsMsMs: number;\nx: number;',
      'size: number;',
    ],
    ['▮', 'a,\nencode,\nencodeText,\nencodeTextText,\nencodeTextTextText,', 'a,\nencode,'],
    ['▮', 'Map,\nMapEntry,\nMapEntrySet,\nSet,', 'Map,\nMapEntry,\nMapEntrySet,\nSet,'],
  ],
  'are kept when there are two, or when they only close': [
    ['▮', 'a();\na();\nb();', 'a();\na();\nb();'],
    ['▮', 'a({\n}\n}\n}\n', 'a({\n}\n}\n}\n'],
    ['▮', 'a\n\n\n\nb', 'a\n\n\n\nb'],
  ],
});

describeRule('a line that ends in a long cycle', cutTokenLoop, {
  'is dropped after fewer repetitions': [
    ['▮', `a();\n${'the quick brown fox jumps over the dog, '.repeat(4)}`, 'a();'],
    ['▮', `a();\nx = ${'compute_the_total(price, rate) + '.repeat(5)}`, 'a();', 'python'],
  ],
  'is kept with one or two': [
    [
      '▮',
      'the quick brown fox jumps over the dog, the quick brown fox jumps over the dog,',
      'the quick brown fox jumps over the dog, the quick brown fox jumps over the dog,',
    ],
  ],
});

describeRule('a line that ends in a cycle', cutTokenLoop, {
  'is dropped': [
    ['x = ▮', 'ab'.repeat(12), ''],
    ['x = ▮', `f(${'get('.repeat(20)}`, ''],
    ['x = ▮', '1;\ny = ' + 'a.b.'.repeat(10), '1;'],
    ['// ▮', 'and so on '.repeat(10) + 'and so on ', ''],
  ],
  'is kept when it has separators, numbers or a short repetition': [
    ['// ▮', '-'.repeat(40), '-'.repeat(40)],
    ['// ▮', '=-'.repeat(20), '=-'.repeat(20)],
    ['x = [▮', '0, '.repeat(20), '0, '.repeat(20)],
    ['x = ▮', 'a.b.a.b.a.b;', 'a.b.a.b.a.b;'],
    ['x = ▮', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ],
});
