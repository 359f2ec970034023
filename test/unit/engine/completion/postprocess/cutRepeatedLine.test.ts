import { cutRepeatedLine } from '../../../../../src/engine/completion/postprocess/cutRepeatedLine.js';
import { describeRule } from './ruleTable.js';

describeRule('a repeated line', cutRepeatedLine, {
  'ends a text that repeats itself': [
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
  'ends the text where a jump statement with a value is repeated': [
    [
      '▮',
      'if (isText(it))\n  return parse(it);\nif (isBytes(it))\n  return parse(it);',
      'if (isText(it))\n  return parse(it);\nif (isBytes(it))',
    ],
    [
      'def f(args):\n    ▮',
      "if not args:\n        raise ValueError('some arguments are needed')\n    if len(args) == 0:\n        raise ValueError('some arguments are needed')",
      "if not args:\n        raise ValueError('some arguments are needed')\n    if len(args) == 0:",
      'python',
    ],
  ],
  'ends the text before a branch that is the same as the one before it': [
    [
      '    ▮',
      'if a:\n        return x / sqrt(y)\n    else:\n        return x / sqrt(y)',
      'if a:\n        return x / sqrt(y)',
      'python',
    ],
    ['if (a) {\n  ▮', 'save(file);\n} else {\n  save(file);', 'save(file);'],
    ['if (a) {\n  ▮', 'save(file);\n} else {\n  drop(file);', 'save(file);\n} else {\n  drop(file);'],
    ['if (a) {\n  b();\n  ▮', 'save(it);\n} else {\n  save(it);', 'save(it);\n} else {\n  save(it);'],
  ],
  'ends the text where it repeats a line directly above': [
    [
      'const target = hook(this);\n\n▮',
      'resolve((it) => {\n  add(it);\nconst target = hook(this);',
      'resolve((it) => {\n  add(it);',
    ],
    ['// Update the cache\n▮', 'export const UPDATE = 1;\n// Update the cache', 'export const UPDATE = 1;'],
  ],
  'keeps the first line, which may be repeated on purpose': [
    ['push(value);\npop();\n▮', 'push(value);\nfinish();', 'push(value);\nfinish();'],
    ['push(value);▮', '\npush(value);', '\npush(value);'],
  ],
  'keeps short lines, and bare jump statements': [
    ['▮', 'next();\nf();\nnext();', 'next();\nf();\nnext();'],
    [
      '▮',
      'if (a)\n  return false;\nif (b)\n  return false;',
      'if (a)\n  return false;\nif (b)\n  return false;',
    ],
    ['▮', 'if (a)\n  return [];\nif (b)\n  return [];', 'if (a)\n  return [];\nif (b)\n  return [];'],
  ],
  'keeps what is the same in other blocks and elements': [
    [
      '▮',
      "a: {\n  type: 'string',\n},\nb: {\n  type: 'string',",
      "a: {\n  type: 'string',\n},\nb: {\n  type: 'string',",
    ],
    [
      '▮',
      "case 'a':\n  count = 1;\n  break;\ncase 'b':\n  count = 1;",
      "case 'a':\n  count = 1;\n  break;\ncase 'b':\n  count = 1;",
    ],
    ['▮', 'if a:\n  n = 1\nelse:\n  n = 1', 'if a:\n  n = 1\nelse:\n  n = 1', 'python'],
    ['▮', '<li class="a">\n  one\n<li class="a">', '<li class="a">\n  one\n<li class="a">', 'html'],
  ],
});
