import { dropEmptyBranch } from '../../../../../src/engine/completion/postprocess/dropEmptyBranch.js';
import { describeRule } from './ruleTable.js';

describeRule('a branch that is begun for nothing', dropEmptyBranch, {
  goes: [
    ['if (a) {\n  ▮\n}', 'b();\n} else if (c) {', 'b();'],
    ['if (a) {\n  ▮\n}', 'b();\n} else {\n', 'b();'],
    ['try:\n    ▮', 'f()\nexcept OSError:', 'f()', 'python'],
    ['switch (a) {\n  case 1:\n    ▮\n}', 'b();\n  case 2:', 'b();'],
    ['if [ -f "$a" ]; then\n  ▮\nfi', 'b\nelse', 'b', 'shellscript'],
  ],
  'stays where something follows it': [
    ['if (a) {\n  ▮\n}', 'b();\n} else {\n  c();', 'b();\n} else {\n  c();'],
    ['if a:\n    ▮', 'b()\nelse: c()', 'b()\nelse: c()', 'python'],
  ],
  'stays in a row of labels': [
    ['switch (a) {\n  ▮\n}', 'case 1:\n  case 2:', 'case 1:\n  case 2:'],
    ['switch (a) {\n  ▮\n}', 'b();\n  case 1:\n  case 2:', 'b();\n  case 1:\n  case 2:'],
  ],
  'stays where it is all that is said': [
    ['if (a) {\n  b();\n}▮', ' else {', ' else {'],
    ['if (a) {\n  b();\n  ▮\n}', '} else {', '} else {'],
  ],
  'is none where the text closes what it has opened': [
    ['def f(▮', '\n    a,\n):', '\n    a,\n):', 'python'],
    ['use(▮', '{\n  a,\n}, () => {', '{\n  a,\n}, () => {'],
  ],
  'is none in prose': [['▮', 'This\nelse:', 'This\nelse:', 'markdown']],
});
