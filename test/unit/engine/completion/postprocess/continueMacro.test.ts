import { continueMacro } from '../../../../../src/engine/completion/postprocess/continueMacro.js';
import { describeRule } from './ruleTable.js';

describeRule('a macro over several lines', continueMacro, {
  'has a backslash at the end of each new line, if it goes on below': [
    ['#define SWAP(a, b) \\\n  do { \\\n    ▮\n  } while (0)', '(a) = (b);', '(a) = (b); \\', 'c'],
    ['#define F(a) \\\n  ▮\n  h(a)', 'g(a); \\\n  k(a);', 'g(a); \\\n  k(a); \\', 'cpp'],
  ],
  'has none at its own end': [['#define F(a) \\\n  ▮', 'g(a);\n  h(a)', 'g(a); \\\n  h(a)', 'c']],
  'is no other line': [
    ['int a;\n▮\nint c;', 'int b;', 'int b;', 'c'],
    ['a && \\\n  ▮\n  c', 'b', 'b', 'shellscript'],
  ],
});
