import {
  cutDoubledBracket,
  cutDoubledClosingLine,
} from '../../../../../src/engine/completion/postprocess/doubledBrackets.js';
import { describeRule } from './ruleTable.js';

describeRule('brackets that are closed after the cursor', cutDoubledBracket, {
  'are not closed twice': [
    ['print(▮)', 'x)', 'x'],
    ['print(▮)', 'f(x))', 'f(x)'],
    ['a[▮]', 'i]', 'i'],
    ['foo(bar(▮))', 'x))', 'x'],
    ['call(a, (b) => {▮})', ' return b; })', ' return b; '],
    ['call(▮, b)', 'a)', 'a'],
    ['foo(▮)', 'a) + bar(b)', 'a'],
    ['const o = {▮};', ' a: 1 };\nfoo();', ' a: 1 '],
  ],
  'are kept when they close what is open': [
    ['print(▮)', 'f(x)', 'f(x)'],
    ['foo(bar(▮)', 'x))', 'x)'],
    ['foo(▮', 'a)', 'a)'],
    ['if (▮', 'a) {\n  b();\n}', 'a) {\n  b();\n}'],
    ['x = ▮', '(a)', '(a)'],
  ],
  'may be on the next line': [
    ['foo(▮\n)', 'a, b)', 'a, b'],
    ['if (a) {▮\n}', ' return 1; }', ' return 1; '],
    ['if (a) {▮\n}', '\n  b();\n}', '\n  b();\n'],
  ],
  'are not counted in strings and comments': [
    ['call(")", ▮)', '")", x)', '")", x'],
    ['call(▮)', "')')", "')'"],
    ['call(▮)', 'x /* ) */)', 'x /* '],
    ['print(▮)', 'f"{x})")', 'f"{x})"', 'python'],
    ['print(▮)', "don't)", "don't", 'plaintext'],
    ['foo(▮)', "'a'), // it's", "'a'"],
    ['fn f(▮)', "x: &'a str)", "x: &'a str", 'rust'],
  ],
});

describeRule('quotes that are closed after the cursor', cutDoubledBracket, {
  'are not closed twice': [
    ['const s = "▮";', 'hello";', 'hello'],
    ['const s = "▮";', 'hello", other);', 'hello'],
    ["import a from '▮';", "./a.js';", './a.js'],
    ['const s = `▮`;', 'a ${b} c`;', 'a ${b} c'],
    ['print("▮")', 'hello (world)")', 'hello (world)', 'python'],
  ],
  'are kept when they close what is open': [
    ['const s = "▮', 'hello";', 'hello";'],
    ['const s = ▮', '"hello";', '"hello";'],
  ],
});

describeRule('a closing last line', cutDoubledClosingLine, {
  'is dropped when the same one is directly below': [
    ['function f() {\n  ▮\n}', 'return 1;\n}', 'return 1;'],
    ['foo({\n  ▮\n});', 'a: 1,\n});', 'a: 1,'],
    ['foo({\n  ▮\n})', 'a: 1,\n});', 'a: 1,'],
    ['a = [\n    ▮\n]', '1,\n]', '1,', 'python'],
    ['if (a) {▮\n}', '\n  b();\n}', '\n  b();'],
  ],
  'stays when it closes what the text has opened, or is elsewhere': [
    ['if (a) {\n▮\n}', 'if (b) {\n  c();\n}', 'if (b) {\n  c();\n}'],
    ['class A {\n  f() {\n    ▮\n}', 'a();\n  }', 'a();\n  }'],
    ['▮\n}', 'a();\nb();', 'a();\nb();'],
  ],
});
