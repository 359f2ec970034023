import { cutAtBlankLine } from '../../../../../src/engine/completion/postprocess/cutAtBlankLine.js';
import { describeRule } from './ruleTable.js';

describeRule('blank lines', cutAtBlankLine, {
  'end the text': [
    ['▮', 'a()\n\nb()', 'a()', 'python'],
    ['▮', 'a()\n   \nb()', 'a()', 'python'],
    ['▮', 'a()\n\n\n\nb()', 'a()', 'python'],
    ['▮', 'a()\nb()\n\nc()', 'a()\nb()', 'python'],
    ['if (a) {▮', '\n  b();\n\n  c();', '\n  b();'],
    ['x = ▮', '1\n\n', '1'],
  ],
  'may stand at its start': [
    ['a = 1\n▮', '\ndef f():\n    pass\n\nb', '\ndef f():\n    pass', 'python'],
    ['a();▮', '\n\nb();\n\nc();', '\n\nb();'],
  ],
  'are missed nowhere else': [
    ['▮', 'a()\nb()', 'a()\nb()'],
    ['▮', 'a()\nb()\n', 'a()\nb()'],
  ],
});
