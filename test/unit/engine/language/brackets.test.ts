import assert from 'node:assert/strict';
import { BracketScanner, unbalancedBrackets } from '../../../../src/engine/language/brackets.js';

/** The open brackets at the end, and the unmatched closing ones since `▮`. */
function scan(marked: string, language = 'typescript'): [opened: string, excess: string] {
  const [before = '', after = ''] = marked.split('▮');
  const scanner = new BracketScanner(language).push(before);
  scanner.mark();
  // In pieces, as it arrives.
  for (const character of after) scanner.push(character);
  return [scanner.opened.join(''), scanner.excess.map(({ character, at }) => `${character}${at}`).join(' ')];
}

describe('brackets of a text', () => {
  const cases: readonly (readonly [string, string, string, string?])[] = [
    ['▮f(a[1])', '', ''],
    ['▮f(a', '(', ''],
    ['f(▮a)', '', ')1'],
    ['f(g(▮a), b)', '', ')1 )5'],
    ['▮a)', '', ')1'],
    ['f(▮")")', '', ')3'],
    ["f(▮')')", '', ')3'],
    ["f(▮&'a str)", '', ')7', 'rust'],
    ["say (▮it's)", '', ')4', 'plaintext'],
    ['f(▮"\\")")', '', ')5'],
    ['▮// f(\n)', '', ')6'],
    ['▮# f(\n)', '', ')5', 'python'],
    ['▮#a {', '{', '', 'css'],
    ['▮`${a}`', '', ''],
    ['`${▮a}', '`', '}1'],
    ['f"{▮a}', '"', '}1', 'python'],
    ['"{▮a}', '"', '', 'python'],
    ['"${▮a}"', '', '}1 "2', 'shellscript'],
    ['"▮a"', '', '"1'],
    ['▮"a\n(', '(', ''],
    ['▮`a\n', '`', ''],
    ['(▮]', '(', ']0'],
  ];
  for (const [marked, opened, excess, language] of cases)
    it(JSON.stringify(marked), () => assert.deepEqual(scan(marked, language), [opened, excess]));
});

describe('the brackets of a whole text', () => {
  const cases: readonly (readonly [language: string, text: string, left: string])[] = [
    ['typescript', 'f([{ a: 1 }]);', ''],
    ['typescript', 'f([1);', ')(['],
    ['typescript', 'f(\'(\', ")", `}`); // (\n/* { */', ''],
    ['rust', "fn f<'a>(x: &'a str) -> char { '(' }", ''],
    ['cpp', "int a = 1'000'000; f('{');", ''],
    ['python', 'f("(")  # (', ''],
    ['python', '"""\n(\n"""\nx = [1', '['],
    ['markdown', '1) first :)', ''],
    ['shellscript', 'case $x in\n  a) ;;\nesac', ''],
  ];
  for (const [language, text, left] of cases)
    it(`leave ${left === '' ? 'nothing' : left} over in ${text}`, () =>
      assert.equal(unbalancedBrackets(text, language), left));
});
