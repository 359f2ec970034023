import { cutAtBlankLine, cutAtScopeEnd } from '../../../../../src/engine/completion/postprocess/blockEnd.js';
import { describeRule } from './ruleTable.js';

const METHOD = 'class A {\n  foo() {\n    ▮\n  }\n}';
const OPEN_METHOD = 'class A {\n  foo() {\n    ▮';

describeRule('the block of the cursor', cutAtScopeEnd, {
  'ends the text before a new function': [
    [METHOD, 'return 1;\n  }\n\n  bar() {\n    return 2;', 'return 1;'],
    ['def f(x):\n    ▮', 'return x\n\ndef g(y):\n    return y', 'return x\n', 'python'],
    ['def f(x):\n    ▮', 'return x\ndef g(y):\n    return y', 'return x', 'python'],
    ['const a = 1;\n▮', 'const b = 2;\nfunction f() {\n}', 'const b = 2;'],
    ['func f() {\n\t▮\n}\n', 'return 1\n}\n\nfunc g() {', 'return 1', 'go'],
    ['int f() {\n  ▮\n}', 'return 1;\n}\nint g() {', 'return 1;', 'c'],
  ],
  'ends with one function where the text begins with one': [
    ['▮', 'def f():\n    return 1\ndef g():\n    return 2', 'def f():\n    return 1', 'python'],
    ['▮', 'function f() {\n  return 1;\n}\nfunction g() {', 'function f() {\n  return 1;\n}'],
    ['▮', '@cache\ndef f():\n    return 1\n@cache\ndef g():', '@cache\ndef f():\n    return 1', 'python'],
    ['▮', '.a {\n  color: red;\n}\n.b {', '.a {\n  color: red;\n}', 'css'],
    ['▮', 'def f():\n    return 1\nprint(f())', 'def f():\n    return 1', 'python'],
  ],
  'drops a function at the margin between the lines of another': [
    ['def f():\n    a = 1\n▮\n    return a', 'def g():\n    pass', '', 'python'],
  ],
  'keeps what continues the block': [
    ['if (a) {\n  ▮\n}', 'b();\n} else {\n  c();', 'b();\n} else {\n  c();'],
    ['try:\n    ▮', 'f()\nexcept OSError:\n    pass', 'f()\nexcept OSError:\n    pass', 'python'],
    ['  try {\n    ▮\n  }', 'f();\n  } catch (e) {\n    g();', 'f();\n  } catch (e) {\n    g();'],
    [
      'if a:\n    ▮',
      'b()\nelif c:\n    d()\nelse:\n    e()',
      'b()\nelif c:\n    d()\nelse:\n    e()',
      'python',
    ],
    ['switch (a) {\n  case 1:\n    ▮\n}', 'b();\n  case 2:\n    c();', 'b();\n  case 2:\n    c();'],
    ['if [ -f "$a" ]; then\n  ▮\nfi', 'b\nelse\n  c', 'b\nelse\n  c', 'shellscript'],
  ],
  'ends before a branch when more of the block is below': [
    ['if (a) {\n  ▮\n  c();\n}', 'b();\n} else {\n  d();', 'b();'],
    ['if (a) {\n  b();\n  ▮\n  c();\n}', '} else {\n  d();', ''],
    ['if (a) {▮\n  c();\n}', '\n  b();\n} else {\n  d();', '\n  b();'],
    ['if a:\n    ▮\n    c()', 'b()\nelse:\n    d()', 'b()', 'python'],
    ['switch (a) {\n  case 1:\n    ▮\n    c();\n}', 'b();\n  case 2:\n    d();', 'b();'],
  ],
  'begins nothing after a bracket that is below': [
    ['sign({\n  a: b,\n  ▮\n});', 'c: d,\n}, function (error) {\n  if (error) {\n    fail(error);', 'c: d,'],
    [
      'sign({\n  ▮',
      'c: d,\n}, (error) => {\n  fail(error);\n});',
      'c: d,\n}, (error) => {\n  fail(error);\n});',
    ],
  ],
  'ends before a branch that is already below': [
    ['if (a) {\n  ▮\n} else {\n  c();\n}', 'b();\n} else {\n  d();', 'b();'],
    ['try:\n    ▮\nexcept OSError:\n    pass', 'f()\nexcept ValueError:\n    g()', 'f()', 'python'],
  ],
  'keeps the bracket that closes what is open, and ends there': [
    [OPEN_METHOD, 'return 1;\n  }\n\n  bar() {', 'return 1;\n  }'],
    ['if (a) {▮', '\n  b();\n}\nc();', '\n  b();\n}'],
    ['for x in y; do\n  ▮', 'echo "$x"\ndone\necho end', 'echo "$x"\ndone', 'shellscript'],
    ['def f\n  ▮', 'a\nend\n\ndef g', 'a\nend', 'ruby'],
    ['<ul>\n  ▮', '<li>a</li>\n</ul>\n<p>', '<li>a</li>\n</ul>', 'html'],
  ],
  'drops the bracket when it is below': [
    ['if (a) {▮\n}', '\n  b();\n}\nc();', '\n  b();'],
    ['function f() {\n  ▮\n  return 1;\n}', 'a();\n}\nb();', 'a();'],
    ['<ul>\n  ▮\n</ul>', '<li>a</li>\n</ul>', '<li>a</li>', 'html'],
  ],
  'ends the text where the block of the cursor’s line ends': [
    ['for x in y:▮', '\n    a(x)\nb()', '\n    a(x)', 'python'],
    [
      'def f(▮',
      '\n    a,\n    b,\n):\n    return a\nf(1, 2)',
      '\n    a,\n    b,\n):\n    return a',
      'python',
    ],
    ['if (a)▮', '\n{\n  b();\n}\nc();', '\n{\n  b();\n}\nc();', 'cpp'],
  ],
  'keeps statements that follow each other': [
    ['  ▮', 'if (a) {\n    b();\n  }\n  c();', 'if (a) {\n    b();\n  }\n  c();'],
    ['▮', 'import os\nimport sys\nx = 1', 'import os\nimport sys\nx = 1', 'python'],
    [
      'int f() {\n    a();\n    ▮\n}',
      '#ifdef B\n    b();\n#endif\n    c();',
      '#ifdef B\n    b();\n#endif\n    c();',
      'c',
    ],
    ['type A = 1;\n▮', 'type B = 2;\ntype C = 3;', 'type B = 2;\ntype C = 3;'],
    ['# Title\n  ▮', 'text\nmore', 'text\nmore', 'markdown'],
  ],
});

describeRule('blank lines', cutAtBlankLine, {
  'end the text': [
    ['▮', 'a()\n\nb()', 'a()', 'python'],
    ['▮', 'a()\n   \nb()', 'a()', 'python'],
    ['▮', 'a()\n\n\n\nb()', 'a()', 'python'],
    ['▮', 'a()\nb()\n\nc()', 'a()\nb()', 'python'],
    ['if (a) {▮', '\n  b();\n\n  c();', '\n  b();'],
    ['x = ▮', '1\n\n', '1'],
  ],
  'may be at its start': [
    ['a = 1\n▮', '\ndef f():\n    pass\n\nb', '\ndef f():\n    pass', 'python'],
    ['a();▮', '\n\nb();\n\nc();', '\n\nb();'],
  ],
  'are not required elsewhere': [
    ['▮', 'a()\nb()', 'a()\nb()'],
    ['▮', 'a()\nb()\n', 'a()\nb()'],
  ],
});
