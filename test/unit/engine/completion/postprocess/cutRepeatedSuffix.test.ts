import { cutRepeatedSuffix } from '../../../../../src/engine/completion/postprocess/cutRepeatedSuffix.js';
import { describeRule } from './ruleTable.js';

describeRule('the first lines after the cursor', cutRepeatedSuffix, {
  'are taken off the end of the text': [
    ['function f() {\n  ▮\n}\n\nfunction g() {}', 'return 1;\n}\n\nfunction g() {}', 'return 1;'],
    ['▮\nsave(file);\nclose(file);', 'open(file);\nsave(file);', 'open(file);'],
    ['a();▮\n}\nfclose(f);', '\nwhile (b) {\n  c();\n}\nfclose(f);', '\nwhile (b) {\n  c();'],
    ['try:\n    ▮\nexcept OSError:\n    pass', 'f()\nexcept OSError:', 'f()', 'python'],
  ],
  'belong to the text when it has opened what they close': [
    ['if (a) {\n▮\n}', '  if (b) {\n  c();\n}', '  if (b) {\n  c();\n}'],
    ['▮\n}', 'if (b) {\n  c();\n}', 'if (b) {\n  c();\n}'],
  ],
  'are no concern of a text that ends otherwise': [
    ['▮\nsave(file);', 'open(file);\nsave(other);', 'open(file);\nsave(other);'],
    ['▮\nsave(file);', 'save(file);', 'save(file);'],
    ['foo(▮)\nbar', 'a)\nbar', 'a)\nbar'],
  ],
});
