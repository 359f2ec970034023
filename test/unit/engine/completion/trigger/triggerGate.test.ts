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
  ['<img alt="▮" />', 'html'],
  ['<br ▮ />', 'html'],
  ['<Input value={▮} />', 'typescriptreact'],
  ['<input v-model="▮" />', 'vue'],
  ['<Widget on:click={▮} />', 'svelte'],
  ['{% for user in ▮ %}', 'jinja-html'],
  ['{% if ▮ -%}', 'twig'],
  ['{# ▮ #}', 'jinja'],
  ['{{ ▮ }}', 'handlebars'],
  ['<p><%= @post.▮ %></p>', 'erb'],
  ['<% if ▮ -%>', 'erb'],
  ['<i><?= $user[▮] ?></i>', 'php'],
  ['if [[ ▮ ]]; then', 'shellscript'],
  ['if [ ▮ ]; then', 'sh'],
  ['while ▮; do', 'shellscript'],
  ['case ▮ in', 'shellscript'],
  ['docker run ▮ \\', 'shellscript'],
  ['RUN apt-get update ▮ && \\', 'dockerfile'],
  ['\tif ▮; then \\', 'makefile'],
  ['  if n < ▮ then', 'lua'],
  ['for i = 1, ▮ do', 'lua'],
  ['list.each do |▮|', 'ruby'],
  ['▮ do |x|', 'ruby'],
  ['case ▮ do', 'elixir'],
  ['fn ▮ ->', 'elixir'],
  ['If ▮ Then', 'vb'],
  ['let x = ▮ in', 'ocaml'],
  ['match ▮ with', 'ocaml'],
  ['(* The area of a ▮ *)', 'ocaml'],
  ['if ▮ then begin', 'pascal'],
  ['{- ▮ -}', 'haskell'],
  ['case ▮ of', 'haskell'],
  ['f ▮ =', 'haskell'],
  ['def area(▮): Int =', 'scala'],
  ['def area(▮) =', 'scala'],
  ['fun area(▮): Double =', 'kotlin'],
  ['func load(▮) (int, error) {', 'go'],
  ['func (s *Store) load(▮) error {', 'go'],
  ['fn main(▮) -> Result<(), E> {', 'rust'],
  ["fn longest<'a>(▮) -> &'a str {", 'rust'],
  ['let mut counts: HashMap<▮> = HashMap::new();', 'rust'],
  ['let text = read(▮)?;', 'rust'],
  ['Future<int> load(▮) async {', 'dart'],
  ['void run(▮) throws IOException {', 'java'],
  ['void run(▮) const noexcept override {', 'cpp'],
  ['function pay(▮) public view returns (uint) {', 'solidity'],
  ['const f = async ▮ => {'],
  ['const { ▮ } = props;'],
  ['#define MAX(a, b) ▮ \\', 'c'],
  ['if x > ▮ then', 'fortran'],
  ['  a = ▮ &', 'fortran'],
  ['if ▮ then', 'vhdl'],
  ['foo(▮).', 'erlang'],
  ['\\textbf{▮} \\\\', 'latex'],
  ['The area $▮$', 'latex'],
  ['<# ▮ #>', 'powershell'],
  ['--[[ ▮ ]]', 'lua'],
  ['with open(▮) as file:', 'python'],
  ['except (▮) as error:', 'python'],
  ["import { ▮ } from './x';"],
  ['const a = (▮) as Foo;'],
  ['useEffect(() => { ▮ }, [value]);'],
  ['setTimeout(() => { ▮ }, 100);'],
  ['defer func() { ▮ }()', 'go'],
  ['fn main(▮) !void {', 'zig'],
  ['def run(▮)(implicit ec: Context): Future[Int] = {', 'scala'],
  ['list.each do |x| ▮ end', 'ruby'],
  ['sort(list, function(a, b) return ▮ end)', 'lua'],
  ['for f in *; do ▮; done', 'shellscript'],
  ['if a; then ▮; fi', 'shellscript'],
  ['| a | ▮ |', 'markdown'],
  ['Some **▮**.', 'markdown'],
  ['Widget::Widget(▮) : QWidget(parent), size(0) {', 'cpp'],
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
  ['for ▮ in range(3):', 'python'],
  ['if a(▮) > 3 {', 'go'],
  ['if (a(▮) && b) {'],
  ['if ▮ and b then', 'lua'],
  ['if ▮ then return end', 'lua'],
  ['if [ ▮ ]; then echo yes; fi', 'shellscript'],
  ['{% if ▮ and b %}', 'jinja'],
  ['<img ▮ alt="a" />', 'html'],
  ['echo ▮ "a"', 'vim'],
  ['let x = ▮ in y', 'ocaml'],
  ['foo({ a }, ▮, second)'],
  ['| a | ▮ | b |', 'markdown'],
  ['for f in *; do ▮; echo a; done', 'shellscript'],
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
