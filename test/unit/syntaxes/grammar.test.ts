import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarTokenizer, type Tokenize } from './support/grammarTokenizer.js';

const root = process.env['YOUTU_ROOT'] ?? process.cwd();

describe('the grammar of prompt files', () => {
  let tokenize: Tokenize;

  before(async () => {
    tokenize = await grammarTokenizer('syntaxes/youtu-prompt.tmLanguage.json');
  });

  /** The scopes at the first occurrence of `text`, from the inside out. */
  function scopesAt(source: string, text: string): readonly string[] {
    const before = source.slice(0, source.indexOf(text)).split('\n');
    let column = before.at(-1)?.length ?? 0;
    const line = tokenize(source)[before.length - 1] ?? [];
    return line.find((token) => (column -= token.text.length) < 0)?.scopes ?? [];
  }

  function assertScope(source: string, text: string, scope: string): void {
    const scopes = scopesAt(source, text);
    assert.ok(scopes.includes(scope), `“${text}” has ${scopes.join(', ')}`);
  }

  function assertNoVariable(source: string): void {
    const scopes = tokenize(source)
      .flat()
      .flatMap((each) => each.scopes);
    assert.ok(!scopes.includes('meta.template.expression.youtu'), source);
  }

  it('reads the front matter as YAML', () => {
    const source = '---\nname: Review\ncount: 3\n---\ntext: none';
    assertScope(source, 'name', 'entity.name.tag.yaml');
    assertScope(source, '3', 'constant.numeric.integer.yaml');
    assert.deepEqual(scopesAt(source, 'text: none'), ['meta.paragraph.markdown', 'text.html.markdown.youtu']);
  });

  it('reads what follows as Markdown', () => {
    const source = '---\nname: Review\n---\n# Title\n\nSome **bold** words\n\n- item';
    assertScope(source, 'Title', 'entity.name.section.markdown');
    assertScope(source, 'bold', 'markup.bold.markdown');
    assertScope(source, 'item', 'markup.list.unnumbered.markdown');
  });

  it('reads a file without front matter', () => {
    assertScope('# Title', 'Title', 'entity.name.section.markdown');
  });

  it('marks a variable, its braces, and the text after the bar', () => {
    const source = 'Look at {{goal|the whole}} now';
    assertScope(source, '{{', 'punctuation.definition.template-expression.begin.youtu');
    assertScope(source, 'goal', 'variable.other.youtu');
    assertScope(source, '|', 'keyword.operator.pipe.youtu');
    assertScope(source, 'the whole', 'string.unquoted.youtu');
    assertScope(source, '}}', 'punctuation.definition.template-expression.end.youtu');
    assert.deepEqual(scopesAt(source, ' now'), ['meta.paragraph.markdown', 'text.html.markdown.youtu']);
  });

  it('accepts names in any script', () => {
    const texts = tokenize('{{语言|中文}}').flat();
    assert.deepEqual(
      texts.map(({ text, scopes }) => [text, scopes[0]]),
      [
        ['{{', 'punctuation.definition.template-expression.begin.youtu'],
        ['语言', 'variable.other.youtu'],
        ['|', 'keyword.operator.pipe.youtu'],
        ['中文', 'string.unquoted.youtu'],
        ['}}', 'punctuation.definition.template-expression.end.youtu'],
      ],
    );
  });

  for (const [place, source] of [
    ['a plain value of the front matter', '---\ndescription: about {{name}} here\n---'],
    ['a value of the front matter that is nothing else', '---\ndescription: {{name}}\n---'],
    ['a quoted value of the front matter', '---\ndescription: "{{name}}"\n---'],
    ['a heading', '## About {{name}}'],
    ['bold text', 'It is **{{name}}**'],
    ['a list', '- one {{name}}'],
    ['a list’s first word', '- {{name}} is one'],
    ['a quotation', '> {{name}} said'],
    ['a table', '| a | b |\n|---|---|\n| {{name}} | c |'],
    ['a code block', '```\n{{name}}\n```'],
    ['a code block of a language', '```python\nprint("{{name}}")\n```'],
    ['the language of a code block', '```{{name}}\ncode\n```'],
    ['an indented code block', 'text\n\n    {{name}}'],
  ] as const)
    it(`finds a variable in ${place}`, () => assertScope(source, 'name', 'variable.other.youtu'));

  it('continues with Markdown after a variable at the start of a line', () => {
    assertScope('{{selection}} is **wrong**', 'wrong', 'markup.bold.markdown');
  });

  it('ends a code block whose language is a variable', () => {
    const source = '```{{language}}\n**code**\n```\n**after**';
    assert.ok(!scopesAt(source, '**code**').includes('markup.bold.markdown'));
    assertScope(source, 'after', 'markup.bold.markdown');
  });

  for (const source of ['{{unclosed', 'closed}} only', '{single}', '\\{{escaped}}', '{{two\nlines}}'])
    it(`finds no variable in ${JSON.stringify(source)}`, () => assertNoVariable(source));

  it('finds all variables of the sample', () => {
    const source = readFileSync(join(root, 'samples/hello/.youtu/prompts/review.youtu.md'), 'utf8');
    const names = tokenize(source)
      .flat()
      .filter(({ scopes }) => scopes.includes('variable.other.youtu'))
      .map(({ text }) => text);
    assert.deepEqual(names, [
      'language',
      'goal',
      'language',
      'goal',
      'count',
      'file',
      'lines',
      'language',
      'selection',
    ]);
  });
});
