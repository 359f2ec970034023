import assert from 'node:assert/strict';
import { shapeOf, withoutMargin } from '../../../../../src/engine/edit/codeShape.js';
import { cleanDraft, type CleanedDraft } from '../../../../../src/engine/edit/fix/draftCleaner.js';

interface RegionContext {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly fence?: string;
  readonly isWhole?: boolean;
  readonly isInFence?: boolean;
}

/** The cleaned text of an answer that began after an opened fence. */
function clean(answer: string, region: string, context: RegionContext = {}): CleanedDraft {
  const { before = [], after = [], fence = '```', isWhole = true, isInFence = false } = context;
  const shape = shapeOf(region.split('\n'), { useTabs: false, size: 4 });
  const code = withoutMargin(region.split('\n'), shape.margin);
  return cleanDraft(answer, { fence, code, shape, isInFence, before, after }, isWhole);
}

const text = (answer: string, region: string, context?: RegionContext): string =>
  clean(answer, region, context).lines.join('\n');

describe('an answer with code', () => {
  const region = 'def f(x):\n    return y';
  const fixed = 'def f(x):\n    return x';

  const cases: readonly { name: string; answer: string }[] = [
    { name: 'is kept unchanged', answer: fixed },
    { name: 'ends with the fence', answer: `${fixed}\n\`\`\`` },
    {
      name: 'ends with the fence, without the explanation after it',
      answer: `${fixed}\n\`\`\`\n\nI changed y to x.`,
    },
    { name: 'ends with a fence at the end of its last line', answer: `${fixed}\`\`\`` },
    { name: 'may open another fence', answer: `\`\`\`python\n${fixed}\n\`\`\`` },
    {
      name: 'may close the fence and explain first',
      answer: `\`\`\`\n\nHere is the corrected code:\n\n\`\`\`python\n${fixed}\n\`\`\``,
    },
    { name: 'may begin with a sentence', answer: `Here's the fixed code:\n${fixed}\n\`\`\`` },
    { name: 'may begin with thinking', answer: `<think>\nThe name is y.\n</think>\n\n${fixed}` },
    { name: 'has blank lines at its start and end removed', answer: `\n\n${fixed}\n\n` },
    { name: 'may have any line ends', answer: fixed.replaceAll('\n', '\r\n') },
    { name: 'has indentation removed that the region doesn’t have', answer: fixed.replaceAll(/^/gm, '    ') },
  ];
  for (const { name, answer } of cases) it(name, () => assert.equal(text(answer, region), fixed));

  const notes = 'Start it:\n\n```sh\nnpm strat\n```\n\nThen ask.';
  const started = notes.replace('strat', 'start');
  for (const [name, answer] of [
    ['ends with the longer fence', `${started}\n\`\`\`\`\n\nDone.`],
    ['ends with a shorter fence than it began with', `${started}\n\`\`\`\n\nDone.`],
    ['ends with a shorter fence, and with nothing after it', `${started}\n\`\`\``],
    ['has no end', started],
  ] as const)
    it(`keeps the fences of a text that has its own, and ${name}`, () =>
      assert.equal(text(answer, notes, { fence: '````' }), started));

  it('keeps fences without a language, and one half of a block', () => {
    for (const [half, isInFence] of [
      ['a\n\n```\nb\n```', false],
      ['a\n```\n\n```\nb\n```', true],
      ['a\n```\n\nb', true],
      ['a\n\n```sh\nb', false],
    ] as const)
      assert.equal(text(`${half}\n\`\`\`\nx`, half, { fence: '````', isInFence }), half);
  });

  it('is empty while the model thinks', () => assert.equal(text('<think>\nHm', region), ''));

  it('gets the region’s indentation back', () => {
    assert.equal(text(fixed, region.replaceAll(/^/gm, '        ')), fixed.replaceAll(/^/gm, '        '));
  });

  it('has tabs where the region has them', () => {
    const go = '\tfor {\n\t\tif x {\n\t\t\ty()\n\t\t}\n\t}';
    assert.equal(text('for {\n    if x {\n        z()\n    }\n}', go), go.replace('y', 'z'));
  });

  it('has spaces where the region has them', () => {
    assert.equal(text('if x:\n\ty()', 'if x:\n    z()'), 'if x:\n    y()');
  });

  it('keeps trailing spaces of unchanged lines', () => {
    assert.equal(text('a  = 1\nb = 3', 'a  = 1   \nb = 2'), 'a  = 1   \nb = 3');
  });

  it('has repeated lines from before the region removed', () => {
    assert.equal(text(`import os\n\n${fixed}`, region, { before: ['import os', ''] }), fixed);
  });

  it('has repeated lines from after the region removed', () => {
    const after = ['', 'def g():', '    pass'];
    assert.equal(text(`${fixed}\n\ndef g():\n    pass`, region, { after }), fixed);
  });

  it('keeps a first line that is also before the region', () => {
    const twice = 'x = f(1)\ny = f(2)';
    assert.equal(text('x = f(1)\ny = f(3)', twice, { before: ['x = f(1)'] }), 'x = f(1)\ny = f(3)');
  });

  it('does not treat a lone bracket as a repetition', () => {
    assert.equal(text('if (x) {\n  y();\n}', 'if (x) {\n  y()', { after: ['}'] }), 'if (x) {\n  y();\n}');
  });

  it('may contain fences, in Markdown', () => {
    const markdown = '# A\n\n```sh\nls\n```';
    assert.equal(text(`${markdown}\nB\n\`\`\`\``, markdown, { fence: '````' }), `${markdown}\nB`);
  });

  it('has only complete lines while it is streamed', () => {
    assert.deepEqual(clean('def f(x):\n    ret', region, { isWhole: false }), {
      lines: ['def f(x):'],
      isEnded: false,
    });
    assert.deepEqual(clean('def f(', region, { isWhole: false }).lines, []);
    assert.equal(clean(`${fixed}\n\`\`\`\n`, region, { isWhole: false }).isEnded, true);
  });
});
