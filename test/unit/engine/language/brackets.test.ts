import assert from 'node:assert/strict';
import { BracketScanner } from '../../../../src/engine/language/brackets.js';

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
