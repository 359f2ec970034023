import { keepIndentation } from '../../../../../src/engine/completion/postprocess/keepIndentation.js';
import { describeRule } from './ruleTable.js';

describeRule('indentation in the file’s unit', keepIndentation, {
  'is tabs where the file has tabs': [
    ['func f() {\n\tx := 1\n\t▮', 'if x > 0 {\n        return\n    }', 'if x > 0 {\n\t\treturn\n\t}', 'go'],
    ['function f() {\n\tif (a) {▮', '\n\t    b();\n\t}', '\n\t\tb();\n\t}'],
    ['def f():\n\tx = 1\n▮', '    return x', '\treturn x', 'python'],
    ['class A {\n\tfoo() {\n\t\ta();\n\t}\n▮', '  bar() {\n    b();\n  }', '\tbar() {\n\t\tb();\n\t}'],
  ],
  'keeps tabs and aligned lines unchanged': [
    ['func f() {\n\t▮', 'if x {\n\t\treturn\n\t}', 'if x {\n\t\treturn\n\t}', 'go'],
    ['/**\n\t▮', '/**\n\t * a\n\t */', '/**\n\t * a\n\t */'],
    ['\tint a;\n\t▮', 'call(a,\n\t     b);', 'call(a,\n\t     b);', 'c'],
  ],
  'leaves tabs in a text or here-document whose tabs mean something': [
    [
      'f() {\n  echo a\n  cat <<-EOF\n\t[Unit]\n▮',
      '\tDescription=a\n\tEOF',
      '\tDescription=a\n\tEOF',
      'shellscript',
    ],
    ['f() {\n  echo a\n  cat <<-EOF\n▮', '\tDescription=a\n\tEOF', '\tDescription=a\n\tEOF', 'bash'],
    [
      'def f():\n    return """\nall: main.o\n\tcc main.o\n\nclean:\n▮\n"""',
      '\trm -f main.o',
      '\trm -f main.o',
      'python',
    ],
    [
      'f() {\n  cat <<-EOF\n\ta\n\tEOF\n  ▮',
      'if b; then\n\t\tc\n\tfi',
      'if b; then\n    c\n  fi',
      'shellscript',
    ],
  ],
  'is spaces where the file has spaces': [
    ['def f():\n    x = 1\n    ▮', 'if x:\n\t\treturn', 'if x:\n        return', 'python'],
    ['function f() {\n  a();\n  ▮', 'if (b) {\n\t\tc();\n\t}', 'if (b) {\n    c();\n  }'],
  ],
  'has the file’s steps': [
    [
      'class A {\n    int x;\n    void f() {\n        a();\n    }\n    ▮',
      'void g() {\n      b();\n    }',
      'void g() {\n        b();\n    }',
      'java',
    ],
    [
      'function f() {\n  a();\n  if (b) {\n    c();\n  }\n  ▮',
      'if (d) {\n      e();\n      if (g) {\n          h();\n      }\n  }',
      'if (d) {\n    e();\n    if (g) {\n      h();\n    }\n  }',
    ],
  ],
  'keeps alignments, YAML and prose unchanged': [
    [
      'type A =\n  | { a: 1 }\n▮',
      '  | {\n      b: 2;\n    }\n  | { c: 3 };',
      '  | {\n      b: 2;\n    }\n  | { c: 3 };',
    ],
    ['function f() {\n  a();\n  ▮', 'foo(\n      a,\n      b);', 'foo(\n      a,\n      b);'],
    ['def f():\n    ▮', 'return (a\n            + b)', 'return (a\n            + b)', 'python'],
    ['a:\n    b: 1\n▮', 'c:\n  d: 2', 'c:\n  d: 2', 'yaml'],
    ['- a\n    - b\n▮', '- c\n  - d', '- c\n  - d', 'markdown'],
    ['all:\n▮', '\tmake', '\tmake', 'makefile'],
  ],
});

describeRule(
  'indentation in the editor’s unit',
  keepIndentation,
  {
    'takes precedence over the text': [
      ['def f():\n  ▮', 'if x:\n    return', 'if x:\n      return', 'python'],
      ['if (a) {▮', '\n\tb();\n}', '\n    b();\n}'],
    ],
  },
  { indent: { useTabs: false, size: 4 } },
);
