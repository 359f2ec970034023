import { dropTooShort } from '../../../../../src/engine/completion/postprocess/dropTooShort.js';
import { describeRule } from './ruleTable.js';

describeRule('a few characters', dropTooShort, {
  'that finish what is written are shown': [
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
  'that close a block are shown': [
    ['  a();\n▮', '}', '}'],
    ['foo({\n▮', '});', '});'],
    ['if a; then\n▮', 'fi', 'fi', 'shellscript'],
    ['  a();▮', '\n}', '\n}'],
  ],
  'that finish nothing are hidden': [
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
  'longer texts are not its business': [
    ['▮', 'x = 1', 'x = 1'],
    ['▮', 'else', 'else'],
  ],
});
