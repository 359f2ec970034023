import {
  dropEmptyBranch,
  dropTooShort,
  trimLeadingBlank,
  trimTrailingWhitespace,
} from '../../../../../src/engine/completion/postprocess/edges.js';
import { describeRule } from './ruleTable.js';

describeRule('an empty branch at the end', dropEmptyBranch, {
  'is dropped': [
    ['if (a) {\n  ▮\n}', 'b();\n} else if (c) {', 'b();'],
    ['if (a) {\n  ▮\n}', 'b();\n} else {\n', 'b();'],
    ['try:\n    ▮', 'f()\nexcept OSError:', 'f()', 'python'],
    ['switch (a) {\n  case 1:\n    ▮\n}', 'b();\n  case 2:', 'b();'],
    ['if [ -f "$a" ]; then\n  ▮\nfi', 'b\nelse', 'b', 'shellscript'],
  ],
  'stays when something follows it': [
    ['if (a) {\n  ▮\n}', 'b();\n} else {\n  c();', 'b();\n} else {\n  c();'],
    ['if a:\n    ▮', 'b()\nelse: c()', 'b()\nelse: c()', 'python'],
  ],
  'stays when it is one of several labels': [
    ['switch (a) {\n  ▮\n}', 'case 1:\n  case 2:', 'case 1:\n  case 2:'],
    ['switch (a) {\n  ▮\n}', 'b();\n  case 1:\n  case 2:', 'b();\n  case 1:\n  case 2:'],
  ],
  'stays when it is the whole text': [
    ['if (a) {\n  b();\n}▮', ' else {', ' else {'],
    ['if (a) {\n  b();\n  ▮\n}', '} else {', '} else {'],
  ],
  'is not found where the text closes what was opened': [
    ['def f(▮', '\n    a,\n):', '\n    a,\n):', 'python'],
    ['use(▮', '{\n  a,\n}, () => {', '{\n  a,\n}, () => {'],
  ],
  'is not found in prose': [['▮', 'This\nelse:', 'This\nelse:', 'markdown']],
});

describeRule('whitespace between line and text', trimLeadingBlank, {
  'is one space': [
    ['return ▮', ' value', 'value'],
    ['return ▮', '  value', 'value'],
    ['return ▮', 'value', 'value'],
    ['return▮', ' value', ' value'],
    ['x = 1▮', '  # one', '  # one', 'python'],
    ['return\t▮', ' value', 'value'],
  ],
  'keeps indentation': [
    ['    ▮', '    if a:', '    if a:', 'python'],
    ['▮', '  a', '  a'],
  ],
});

describeRule('trailing whitespace', trimTrailingWhitespace, {
  'is removed at the ends of lines': [
    ['x = ▮', '1   ', '1'],
    ['▮', 'a \t\nb  ', 'a\nb'],
  ],
  'is removed at the end of the text': [
    ['    ▮', 'a = 1\n\n\n', 'a = 1'],
    ['x = ▮', ' \n \n', ''],
  ],
  'is kept at the start of the text': [['a();▮', '\n  b();', '\n  b();']],
});

describeRule('a short text', dropTooShort, {
  'is shown when it finishes a word or statement': [
    ['print(▮)', 'x', 'x'],
    ['a = ▮;', 'b', 'b'],
    ['a = ▮', 'b;', 'b;'],
    ['foo(a▮', ');', ');'],
    ['foo(a▮', ')', ')'],
    ['return resu▮', 'lt', 'lt'],
    ['x = ▮', '10', '10', 'python'],
    ['def f(a▮', '):', '):', 'python'],
    ['if a▮', ':', ':', 'python'],
    ['  color: r▮', 'ed;', 'ed;', 'css'],
    ['const s = "a▮', 'b"', 'b"'],
    ['a.▮', 'b()', 'b()'],
    ['说▮', '你好', '你好', 'markdown'],
  ],
  'is shown when it closes a block': [
    ['  a();\n▮', '}', '}'],
    ['foo({\n▮', '});', '});'],
    ['if a; then\n▮', 'fi', 'fi', 'shellscript'],
    ['  a();▮', '\n}', '\n}'],
  ],
  'is dropped when it finishes nothing': [
    ['▮', 'i', ''],
    ['    ▮', 'x', '', 'python'],
    ['▮', '//', ''],
    ['▮', '#', '', 'python'],
    ['▮', '- ', '', 'markdown'],
    ['if (a)▮', ' {', ''],
    ['foo▮', '(', ''],
    ['a ▮', '= ', ''],
    ['a ▮', '&&', ''],
    ['a();▮', '\nb', ''],
    ['a▮', ' //', ''],
  ],
  'is kept when it is longer': [
    ['▮', 'x = 1', 'x = 1'],
    ['▮', 'else', 'else'],
  ],
});
