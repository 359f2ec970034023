import { cutSuffixOverlap } from '../../../../../src/engine/completion/postprocess/cutSuffixOverlap.js';
import { describeRule } from './ruleTable.js';

describeRule('the rest of the line', cutSuffixOverlap, {
  'is not written once more': [
    ['a = ▮;', 'b;', 'b'],
    ['foo(▮, second)', 'first, second)', 'first'],
    ['const s = "▮";', 'hello";', 'hello'],
    ['x = ▮ if a else b', '1 if a else b', '1 ', 'python'],
    ['  color: ▮;', 'red;', 'red', 'css'],
    ['<li>▮</li>', 'text</li>', 'text', 'html'],
  ],
  'ends the text that goes on behind it': [
    ['a = ▮;', 'b; c = d;', 'b'],
    ['for (let i = 0; ▮; i++) {', 'i < n; i++) {', 'i < n'],
  ],
  'may be alike': [
    ['const n = ▮n', 'return', 'return'],
    ['a = ▮;', 'f(function () { return 1; })', 'f(function () { return 1; })'],
    ['a = ▮;', '";"', '";"'],
    ['a = (▮);', '(b)', '(b)'],
    ['x = [▮]', 'a[1]', 'a[1]'],
    ['foo(▮)', 'bar', 'bar'],
    // Closing brackets are counted by cutDoubledBracket.
    ['foo(▮)', 'bar(x))', 'bar(x))'],
  ],
});
