import { noLineAgain } from '../../../../src/engine/completion/rules/noLineAgain.js';
import { describeRule } from './ruleTable.js';

describeRule('a line that is said again', noLineAgain, {
  'ends where the text goes round': [
    [
      'def f(stmt):\n    ▮',
      'if is_text(stmt):\n        stmt += end\n    if is_text(stmt):\n        stmt += end',
      'if is_text(stmt):\n        stmt += end',
      'python',
    ],
    [
      'const a = ▮',
      "first +\n  second.value +\n  '$' +\n  second.value +",
      "first +\n  second.value +\n  '$' +",
    ],
  ],
  'ends at what stands right above': [
    [
      'const target = hook(this);\n\n▮',
      'resolve((it) => {\n  add(it);\nconst target = hook(this);',
      'resolve((it) => {\n  add(it);',
    ],
    ['// Update the cache\n▮', 'export const UPDATE = 1;\n// Update the cache', 'export const UPDATE = 1;'],
  ],
  'lets the first line be, which may be wanted once more': [
    ['push(value);\npop();\n▮', 'push(value);\nfinish();', 'push(value);\nfinish();'],
    ['push(value);▮', '\npush(value);', '\npush(value);'],
  ],
  'lets short lines be, and those that leave a branch': [
    ['▮', 'next();\nf();\nnext();', 'next();\nf();\nnext();'],
    [
      '▮',
      'if (a)\n  return false;\nif (b)\n  return false;',
      'if (a)\n  return false;\nif (b)\n  return false;',
    ],
  ],
  'lets other blocks and elements say the same': [
    [
      '▮',
      "a: {\n  type: 'string',\n},\nb: {\n  type: 'string',",
      "a: {\n  type: 'string',\n},\nb: {\n  type: 'string',",
    ],
    ['▮', 'if a:\n  count = 1\nelse:\n  count = 1', 'if a:\n  count = 1\nelse:\n  count = 1', 'python'],
    ['▮', '<li class="a">\n  one\n<li class="a">', '<li class="a">\n  one\n<li class="a">', 'html'],
  ],
});
