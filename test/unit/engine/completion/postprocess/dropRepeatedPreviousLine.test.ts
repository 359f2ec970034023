import { dropRepeatedPreviousLine } from '../../../../../src/engine/completion/postprocess/dropRepeatedPreviousLine.js';
import { describeRule } from './ruleTable.js';

describeRule('the lines above', dropRepeatedPreviousLine, {
  'are not repeated': [
    ['import os\n▮', 'import os', '', 'python'],
    ['const first = 1;\nconst ▮', 'first = 1;', ''],
    ['const first = 1;▮', '\nconst first = 1;', ''],
    ['  a.first = first;\n  a.second = second;\n  ▮', 'a.first = first;\n  a.second = second;', ''],
  ],
  'are removed from a text that continues after them': [
    ['  a.first = first;\n  ▮', 'a.first = first;\n  a.second = second;', 'a.second = second;'],
    ['const first = 1;▮', '\nconst first = 1;\nconst second = 2;', '\nconst second = 2;'],
    [
      '    a_total = 1\n    b_used = 2\n    ▮',
      'a_total = 1\n    b_used = 2\n    c_free = 3',
      'c_free = 3',
      'python',
    ],
  ],
  'may be repeated elsewhere': [
    ['}\n▮', '}', '}'],
    ['i++;\n▮', 'i++;', 'i++;'],
    ['    return None\n▮', 'return None', 'return None', 'python'],
    ['  </section>\n▮', '</section>', '</section>', 'html'],
    ['foo(bar);\nbaz();\n▮', 'foo(bar);', 'foo(bar);'],
    ['// a\n▮', 'b();', 'b();'],
  ],
});
