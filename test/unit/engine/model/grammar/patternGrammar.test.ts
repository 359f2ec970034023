import assert from 'node:assert/strict';
import { patternGrammar } from '../../../../../src/engine/model/grammar/patternGrammar.js';
import { schemaGrammar } from '../../../../../src/engine/model/grammar/schemaGrammar.js';
import { GbnfTexts } from './support/gbnfTexts.js';

const TEXTS = [
  ...[
    '',
    'a',
    'ab',
    'abc',
    'A1',
    'a-b',
    'a.b',
    'x y',
    '12',
    '2024-01-31',
    '555-1234',
    'é',
    '😀',
    '"',
    '\\',
    'a"b',
    '\n',
  ],
  ...['foo', 'foobar', 'barfoo', 'user@example.org', '#ff0000', '^', '$', ']', '-', '00:11:22', 'deadbeef'],
];

const PATTERNS = [
  ...[
    '^a',
    'a$',
    'b',
    '^$',
    '^a?b*c+$',
    '^[a-c]{2}$',
    '^[a-z]{1,3}$',
    '^[A-Z]\\d$',
    '^\\d{4}-\\d{2}-\\d{2}$',
  ],
  ...[
    '^(foo|bar)+$',
    '^foo|bar$',
    '^(?:a|ab)(?<rest>c)?$',
    '^[^a-z]+$',
    '^.$',
    '^[\\w.-]+@[\\w-]+\\.[a-z]{2,}$',
  ],
  ...[
    '^\\S+$',
    '\\s',
    '^[\\]^$-]$',
    '^\\^$',
    '^\\$',
    '^\\d{3}\\-\\d{4}$',
    '^#[0-9a-fA-F]{6}$',
    '^\\u{1F600}$',
    '^"$',
  ],
  ...['^[\\s\\S]*$', '^\\\\$', '^(\\d\\d:){2}\\d\\d$', '^[^"\\\\]*$'],
];

describe('a pattern of a JSON schema', () => {
  for (const pattern of PATTERNS)
    it(`matches the same texts in a grammar: ${pattern}`, () => {
      let state = 7;
      const grammar = new GbnfTexts(schemaGrammar({ type: 'string', pattern }, false), () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
      });
      const expression = new RegExp(pattern, pattern.includes('\\u{') ? 'u' : pattern === '^.$' ? 'u' : '');
      for (const text of TEXTS)
        assert.equal(grammar.has(JSON.stringify(text)), expression.test(text), JSON.stringify(text));
      for (let i = 0; i < 50; i++) {
        const text = grammar.next();
        assert.match(JSON.parse(text) as string, expression, text);
      }
    });

  for (const pattern of [
    '^(?=a)',
    '(?!a)b',
    '(?<=a)b',
    '(a)\\1',
    '\\bword',
    '\\p{L}',
    '(^a)',
    '(',
    'a{3000}',
  ])
    it(`is refused where a grammar can’t say it: ${pattern}`, () => {
      assert.throws(() => patternGrammar(pattern), { name: 'PatternError' });
      assert.throws(
        () => schemaGrammar({ type: 'string', pattern }, false),
        /"pattern" at # can't be enforced: it /,
      );
    });
});
