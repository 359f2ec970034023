import assert from 'node:assert/strict';
import {
  automaticGate,
  isMidLine,
  isMidWord,
} from '../../../../../src/engine/completion/trigger/triggerGate.js';
import type { CompletionContext } from '../../../../../src/engine/completion/cursor/completionContext.js';
import { contextOf } from '../support/cursorMark.js';

const shouldTrigger = (context: CompletionContext, isInvoked: boolean): boolean =>
  isInvoked || automaticGate(context) === undefined;

const TRIGGERED: readonly (readonly [string, string?])[] = [
  ['const a = ▮'],
  ['foo(▮)'],
  ['foo(▮);'],
  ['foo(bar(▮));'],
  ['const s = "▮";'],
  ['x = ▮;'],
  ['{ a▮ }'],
  ['return {▮};'],
  ['const f = (▮) => {'],
  ['if (▮) {'],
  ['function f(▮): Promise<void> {'],
  ['items.map((▮) => {})'],
  ['def f(▮) -> int:', 'python'],
  ['if ▮:', 'python'],
  ['class A(▮):', 'python'],
  ['d = {"a": ▮}', 'python'],
  ['print(▮)  # twice', 'python'],
  ['const a = ▮; // seconds'],
  ['/* ▮ */'],
  ['<!-- ▮ -->', 'html'],
  ['<div class="▮">', 'html'],
  ['<li>▮</li>', 'html'],
  ['<p>{▮}</p>', 'typescriptreact'],
  ['`${▮}`'],
  ['  color: ▮;', 'css'],
  ['a { ▮ }', 'css'],
  ['This is **▮**', 'markdown'],
  ['[text](▮)', 'markdown'],
  ['echo "▮"', 'shellscript'],
  ['int main(▮) {', 'c'],
];

const REFUSED: readonly (readonly [string, string?])[] = [
  ['foo(▮ + 1)'],
  ['foo(▮, second)'],
  ['fo▮o'],
  ['▮foo()'],
  ['x = ▮y'],
  ['a▮.b()'],
  ['if (▮a) {'],
  ['x = ▮ if a else b', 'python'],
  ['x = ▮中文', 'python'],
  ['`${▮} files`'],
  ['const a = 1; ▮const b = 2;'],
  ['#▮ Title', 'markdown'],
  ['Some ▮ words', 'markdown'],
  ['<li>▮text</li>', 'html'],
  ['"a▮b"'],
  ['grep ▮ | sort', 'shellscript'],
];

describe('an automatic suggestion', () => {
  for (const [at, language] of TRIGGERED)
    it(`is requested at ${at}`, () => assert.equal(shouldTrigger(contextOf(at, language), false), true));
  for (const [at, language] of REFUSED) {
    it(`is not requested at ${at}, unless invoked`, () => {
      assert.equal(shouldTrigger(contextOf(at, language), false), false);
      assert.equal(shouldTrigger(contextOf(at, language), true), true);
    });
  }

  it('is not requested inside a word of any script', () => {
    for (const at of ['fo▮o', 'größ▮er', 'пере▮менная', '$▮x', 'a1▮2', 'n▮\u0303o'])
      assert.equal(isMidWord(contextOf(at)), true, at);
    for (const at of ['foo▮', '▮foo', 'foo▮.bar', 'foo▮()'])
      assert.equal(isMidWord(contextOf(at)), false, at);
  });

  it('is not requested before other code, except auto-closed brackets', () => {
    assert.equal(isMidLine(contextOf('foo(▮ + 1)')), true);
    assert.equal(isMidLine(contextOf('foo(▮))')), false);
  });
});
