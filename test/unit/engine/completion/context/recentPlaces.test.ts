import assert from 'node:assert/strict';
import { SampleProject } from './support/sampleProject.js';

const numbered = (name: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `${name}${i} = ${i}`).join('\n');

describe('context from recently edited and visited places', () => {
  let project: SampleProject;
  beforeEach(async () => {
    project = await SampleProject.create({});
    for (const name of ['a', 'b', 'c', 'd', 'e']) project.edit(`${name}.txt`, numbered(name, 100));
  });
  afterEach(() => project.delete());

  /** Paths and first and last lines. */
  async function shown(characters = 2000, path = 'main.txt'): Promise<string[]> {
    const snippets = await project.snippets(
      path,
      path === 'main.txt' ? 'x▮' : numbered(path.slice(0, 1), 100),
      characters,
    );
    return snippets.map(
      (snippet) =>
        `${snippet.path}: ${/^\w+/.exec(snippet.text)?.[0]}–${/(\w+) = \d+$/.exec(snippet.text)?.[1]}`,
    );
  }

  it('is some lines around them', async () => {
    project.context.didChange(project.uri('a.txt'), 50);
    project.context.didView(project.uri('b.txt'), { line: 2, character: 0 });
    assert.deepEqual(await shown(), ['a.txt: a43–a57', 'b.txt: b0–b9']);
  });

  it('excludes the document itself, closed documents and output channels', async () => {
    project.context.didChange(project.uri('main.txt'), 0);
    project.context.didChange(project.uri('a.txt'), 50);
    project.close('a.txt');
    project.context.didChange('output:log', 0);
    assert.deepEqual(await shown(), []);
  });

  it('has edited places before visited ones, the latest first, up to three', async () => {
    project.context.didChange(project.uri('a.txt'), 50);
    for (const name of ['b', 'c', 'd', 'e'])
      project.context.didView(project.uri(`${name}.txt`), { line: 50, character: 0 });
    assert.deepEqual(await shown(), ['a.txt: a43–a57', 'd.txt: d43–d57', 'e.txt: e43–e57']);
    assert.deepEqual(await shown(600), ['a.txt: a43–a57']);
  });

  it('combines nearby edits into one place', async () => {
    for (const line of [50, 52, 60, 90]) project.context.didChange(project.uri('a.txt'), line);
    assert.deepEqual(await shown(), ['a.txt: a53–a67', 'a.txt: a83–a97']);
  });

  it('stays the same while the document is edited, and when the user switches back and forth within minutes', async () => {
    project.context.didChange(project.uri('a.txt'), 50);
    const before = await shown();
    project.context.didChange(project.uri('b.txt'), 50);
    assert.deepEqual(await shown(), before);
    await shown(2000, 'a.txt');
    assert.deepEqual(await shown(), before);
    project.now += 600_000;
    await shown(2000, 'a.txt');
    const initial = await shown();
    assert.deepEqual(initial, ['a.txt: a43–a57', 'b.txt: b43–b57']);
    for (let round = 0; round < 3; round++) {
      project.context.didView(project.uri('a.txt'), { line: 45 + round, character: 0 });
      await shown(2000, 'a.txt');
      project.context.didView(project.uri('main.txt'), { line: 0, character: 0 });
      assert.deepEqual(await shown(), initial);
    }
  });

  it('comes after definitions, which change less often', async () => {
    await project.write('f.ts', 'export const f = 1;\n');
    project.context.didChange(project.uri('a.txt'), 50);
    const snippets = await project.snippets('main.ts', "import { f } from './f';\n▮");
    assert.deepEqual(
      snippets.map(({ path }) => path),
      ['f.ts', 'a.txt'],
    );
  });
});

describe('context from the clipboard and diagnostics', () => {
  let project: SampleProject;
  beforeEach(async () => {
    project = await SampleProject.create({});
  });
  afterEach(() => project.delete());

  const clipboards: readonly (readonly [string, string, boolean])[] = [
    ['code', 'function f() {\n  return 1;\n}', true],
    ['prose', 'Please have a look (tomorrow).', false],
    ['a key', 'const key = "sk-a8Jd92mmA0o3kfPq81mZx02jd9w4kd02mfkw0";', false],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\n{};{};', false],
    ['a long text', 'f();\n'.repeat(400), false],
    ['text of the document', 'there();\nthere();', false],
    ['nothing', '', false],
  ];
  for (const [what, clipboard, isShown] of clipboards)
    it(`is ${isShown ? '' : 'not '}${what} from the clipboard`, async () => {
      project.context.setEditorContext({ clipboard });
      const snippets = await project.snippets('main.ts', 'there();\nthere();\n▮');
      assert.deepEqual(snippets, isShown ? [{ path: 'clipboard', text: clipboard }] : []);
    });

  it('has diagnostics near the cursor, except of its own line', async () => {
    const items = [0, 20, 25, 30].map((line) => ({ line, message: `Wrong ${line}.\nMore.` }));
    project.context.setEditorContext({ diagnostics: { uri: project.uri('main.ts'), items } });
    const text = `${'\n'.repeat(25)}▮${'\n'.repeat(10)}`;
    assert.deepEqual(await project.snippets('main.ts', text), [
      { path: 'problems', text: 'line 21: Wrong 20.\nline 31: Wrong 30.' },
    ]);
  });
});
