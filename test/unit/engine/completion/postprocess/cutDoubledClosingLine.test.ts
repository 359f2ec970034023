import { cutDoubledClosingLine } from '../../../../../src/engine/completion/postprocess/cutDoubledClosingLine.js';
import { describeRule } from './ruleTable.js';

describeRule('a last line that closes', cutDoubledClosingLine, {
  'goes when the same one stands right below': [
    ['function f() {\n  ▮\n}', 'return 1;\n}', 'return 1;'],
    ['foo({\n  ▮\n});', 'a: 1,\n});', 'a: 1,'],
    ['foo({\n  ▮\n})', 'a: 1,\n});', 'a: 1,'],
    ['a = [\n    ▮\n]', '1,\n]', '1,', 'python'],
    ['if (a) {▮\n}', '\n  b();\n}', '\n  b();'],
  ],
  'stays when it closes what the text has opened, or stands elsewhere': [
    ['if (a) {\n▮\n}', 'if (b) {\n  c();\n}', 'if (b) {\n  c();\n}'],
    ['class A {\n  f() {\n    ▮\n}', 'a();\n  }', 'a();\n  }'],
    ['▮\n}', 'a();\nb();', 'a();\nb();'],
  ],
});
