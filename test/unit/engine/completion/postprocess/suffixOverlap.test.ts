import assert from 'node:assert/strict';
import {
  cutRepeatedSuffix,
  cutSuffixOverlap,
  isEnoughOverlap,
} from '../../../../../src/engine/completion/postprocess/suffixOverlap.js';
import { shownText } from '../../../../../src/engine/completion/postprocess/rules.js';
import { contextOf } from '../support/cursorMark.js';
import { describeRule } from './ruleTable.js';

describeRule('the rest of the line', cutSuffixOverlap, {
  'is not repeated': [
    ['a = ▮;', 'b;', 'b'],
    ['foo(▮, second)', 'first, second)', 'first'],
    ['const s = "▮";', 'hello";', 'hello'],
    ['x = ▮ if a else b', '1 if a else b', '1 ', 'python'],
    ['  color: ▮;', 'red;', 'red', 'css'],
    ['<li>▮</li>', 'text</li>', 'text', 'html'],
  ],
  'is not repeated where it closes a tag, a comment or a head': [
    ['if [[ ▮ ]]; then', '-f "$file" ]]; then', '-f "$file" ', 'shellscript'],
    ['if n < ▮ then', '0 then', '0 ', 'lua'],
    ['for i = 1, ▮ do', 'n do', 'n ', 'lua'],
    ['for x in ▮ do', 'list do print(x) end', 'list ', 'lua'],
    ['{% for user in ▮ %}', 'users %}', 'users ', 'jinja'],
    ['{% for user in ▮ %}', 'users -%}', 'users ', 'jinja'],
    ['{% if ▮ -%}', 'user %}', 'user ', 'jinja'],
    ['<p><%= ▮ %></p>', '@post.title %></p>', '@post.title ', 'erb'],
    ['<p><%= ▮ %></p>', '@post.title %></h1>', '@post.title ', 'erb'],
    ['(* The area ▮ *)', 'of a circle. *)', 'of a circle. ', 'ocaml'],
    ["/* It doesn't ▮ */", "matter, isn't it? */", "matter, isn't it? ", 'c'],
    ['<br ▮ />', 'class="a" />', 'class="a" ', 'html'],
    ['<br ▮ />', 'class="a">', 'class="a"', 'html'],
    ['<A ▮ />', 'on={() => x} b />', 'on={() => x} b ', 'typescriptreact'],
    ['case ▮ in', '"$1" in', '"$1" ', 'shellscript'],
  ],
  'ends no word that only contains it': [
    ['for i = 1, ▮ do', 'window.dots', 'window.dots', 'lua'],
    ['if f(▮) then', 'function() return 1 end', 'function() return 1 end', 'lua'],
  ],
  'ends a text that continues after it': [
    ['a = ▮;', 'b; c = d;', 'b'],
    ['for (let i = 0; ▮; i++) {', 'i < n; i++) {', 'i < n'],
  ],
  'may be similar': [
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

describeRule('a rest of the line in another script', cutSuffixOverlap, {
  'is not repeated': [
    ['x = ▮中文', '1中文', '1', 'python'],
    ['print("▮你好")', '说你好")', '说', 'python'],
    ['s = "▮größe"', 'Die größe"', 'Die ', 'python'],
  ],
  'is not found in the text’s own end': [
    ['x = ▮中文', '值', '值', 'python'],
    ['x = ▮中文', '汉中', '汉中', 'python'],
    ['x = ▮é', 'café', 'café', 'python'],
  ],
});

describe('text in another script after the cursor', () => {
  it('is never removed', () => {
    for (const model of ['1', '中文', '文', '"中文"', '值; y = 中文']) {
      const context = contextOf('    x = ▮中文', 'python');
      assert.equal(shownText(model, context).replaces, 0);
      assert.equal(context.lineSuffix, '中文');
    }
  });

  it('is found in two or more equal characters, or one of punctuation', () => {
    assert.equal(isEnoughOverlap('中', true), false);
    assert.equal(isEnoughOverlap('中文', true), true);
    assert.equal(isEnoughOverlap('中文', false), false);
    assert.equal(isEnoughOverlap('ab', true), false);
    assert.equal(isEnoughOverlap('abc', true), true);
    assert.equal(isEnoughOverlap('。', false), true);
    assert.equal(isEnoughOverlap(')', false), true);
  });
});

describeRule('the first lines after the cursor', cutRepeatedSuffix, {
  'are removed from the end of the text': [
    ['function f() {\n  ▮\n}\n\nfunction g() {}', 'return 1;\n}\n\nfunction g() {}', 'return 1;'],
    ['▮\nsave(file);\nclose(file);', 'open(file);\nsave(file);', 'open(file);'],
    ['a();▮\n}\nfclose(f);', '\nwhile (b) {\n  c();\n}\nfclose(f);', '\nwhile (b) {\n  c();'],
    ['try:\n    ▮\nexcept OSError:\n    pass', 'f()\nexcept OSError:', 'f()', 'python'],
  ],
  'belong to the text when it has opened what they close': [
    ['if (a) {\n▮\n}', '  if (b) {\n  c();\n}', '  if (b) {\n  c();\n}'],
    ['▮\n}', 'if (b) {\n  c();\n}', 'if (b) {\n  c();\n}'],
  ],
  'are not found in a text that ends differently': [
    ['▮\nsave(file);', 'open(file);\nsave(other);', 'open(file);\nsave(other);'],
    ['▮\nsave(file);', 'save(file);', 'save(file);'],
    ['foo(▮)\nbar', 'a)\nbar', 'a)\nbar'],
  ],
});
