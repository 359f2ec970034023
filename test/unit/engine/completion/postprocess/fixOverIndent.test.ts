import { fixOverIndent } from '../../../../../src/engine/completion/postprocess/fixOverIndent.js';
import { describeRule } from './ruleTable.js';

describeRule('a first line that is too deep', fixOverIndent, {
  'is moved left with the other lines where nothing has opened a block': [
    ['register(a);\n▮', '    class B {\n        int c;\n    }', 'class B {\n    int c;\n}', 'java'],
    ['function f() {\n  a();\n  ▮', '  b();', 'b();'],
    ['if (a) {\n  ▮', '    b();\n      c();', 'b();\n  c();'],
    ['foo(a)\n▮', '    bar(b)', 'bar(b)', 'python'],
  ],
  'may be one step deeper after a block opener': [
    ['if (a) {\n▮', '  b();', '  b();'],
    ['if a:\n▮', '    b()', '    b()', 'python'],
  ],
  'is unchanged where its depth is unknown': [
    ['    ▮', '    if a:', '    if a:', 'python'],
    ['a = b +\n▮', '    c;', '    c;'],
    ['def f():\n    a = 1\n▮', '    return a', '    return a', 'python'],
    ['a: 1\n▮', '  b: 2', '  b: 2', 'yaml'],
    ...[
      ...[
        'makefile',
        'make',
        'just',
        'dockercompose',
        'yaml.docker-compose',
        'github-actions-workflow',
        'helm',
      ],
      ...[
        'ansible',
        'gdscript',
        'nim',
        'coffeescript',
        'sass',
        'cython',
        'starlark',
        'bazel',
        'snakemake',
        'mojo',
      ],
      ...['scala', 'gherkin', 'kivy', 'renpy', 'vyper', 'some-language'],
    ].map((id) => ['a:\n▮', '  b c', '  b c', id] as const),
  ],
});
