import assert from 'node:assert/strict';
import { SampleProject } from './support/sampleProject.js';

const SIGNAL = new AbortController().signal;
const MANY = Array.from({ length: 50 }, (_, i) => `f${i}`);

describe('the project context', () => {
  let project: SampleProject;
  afterEach(() => project.delete());

  describe('while the user types', () => {
    const files = Object.fromEntries(
      MANY.map((name) => [`${name}.ts`, `export function ${name}(a: string, b: number): void {}\n`]),
    );
    const imports = MANY.slice(0, 20)
      .map((name) => `import { ${name} } from './${name}';\n`)
      .join('');

    it('stays identical, from key to key and from line to line', async () => {
      project = await SampleProject.create(files);
      const before = await project.snippets('main.ts', `${imports}\n▮`, 500);
      assert.ok(before.length > 3);
      const typed = 'const a = f7("x", 1);\nif (a) {\n  f19(a, ';
      for (let length = 1; length <= typed.length; length++)
        assert.equal(
          await project.snippets('main.ts', `${imports}\n${typed.slice(0, length)}▮`, 500),
          before,
        );
    });

    it('stays the same while an import is being typed, and includes it afterwards', async () => {
      project = await SampleProject.create(files);
      const before = await project.snippets('main.ts', "import { f1 } from './f1';\n▮");
      const typed = "import { f2 } from './f2";
      for (let length = 1; length < typed.length; length++)
        assert.deepEqual(
          await project.snippets('main.ts', `import { f1 } from './f1';\n${typed.slice(0, length)}▮`),
          before,
        );
      const after = await project.snippets('main.ts', `import { f1 } from './f1';\n${typed}';\n▮`);
      assert.deepEqual(
        after.map(({ path }) => path),
        ['f1.ts', 'f2.ts'],
      );
    });

    it('follows the cursor when not everything fits', async () => {
      project = await SampleProject.create(files);
      const text = (at: string): string =>
        `${imports}f3();\n${'x();\n'.repeat(600)}f17();\n`.replace(at, `${at}▮`);
      const above = await project.snippets('main.ts', text('f3('), 200);
      const below = await project.snippets('main.ts', text('f17('), 200);
      assert.ok(above.some(({ path }) => path === 'f3.ts') && !above.some(({ path }) => path === 'f17.ts'));
      assert.ok(below.some(({ path }) => path === 'f17.ts') && !below.some(({ path }) => path === 'f3.ts'));
    });

    it('does not depend on the cursor when everything fits', async () => {
      project = await SampleProject.create(files);
      const above = await project.snippets('main.ts', `${imports}▮\n${'x();\n'.repeat(600)}`);
      assert.equal(await project.snippets('main.ts', `${imports}\n${'x();\n'.repeat(600)}▮`), above);
    });

    it('changes when another file does, on disk or in an editor', async () => {
      project = await SampleProject.create({ 'a.ts': 'export const a = 1;\n' });
      const text = "import { a } from './a';\n▮";
      const shown = async (): Promise<string | undefined> =>
        (await project.snippets('main.ts', text))[0]?.text;
      assert.equal(await shown(), 'export const a = 1;');
      await project.write('a.ts', 'export const a = 22;\n');
      assert.equal(await shown(), 'export const a = 22;');
      project.edit('a.ts', 'export const a = "unsaved";\n');
      assert.equal(await shown(), 'export const a = "unsaved";');
      project.close('a.ts');
      assert.equal(await shown(), 'export const a = 22;');
    });

    it('keeps the imports of a temporarily broken text', async () => {
      project = await SampleProject.create({ 'a.ts': 'export const a = 1;\n' });
      const before = await project.snippets('main.ts', "import { a } from './a';\n▮");
      assert.equal(before.length, 1);
      assert.deepEqual(await project.snippets('main.ts', "/*▮import { a } from './a';\nf(\n"), before);
    });
  });

  it('is read from at most forty files', async () => {
    const files = Object.fromEntries(MANY.map((name) => [`${name}.ts`, `export const ${name} = 1;\n`]));
    project = await SampleProject.create(files);
    const imports = MANY.map((name) => `import { ${name} } from './${name}';\n`).join('');
    const snippets = await project.snippets('main.ts', `${imports}▮`);
    assert.deepEqual(
      snippets.map(({ path }) => path),
      MANY.slice(0, 40).map((name) => `${name}.ts`),
    );
  });

  it('resolves imports even where the text can’t be parsed', async () => {
    project = await SampleProject.create({ 'a.py': 'A = 1\n', 'b.py': 'B = 2\n' });
    const text =
      'from a import A\ndef f():\n    from b import B\n    if g(x,▮\n        return 1\n\ndef h(:\n';
    assert.deepEqual(await project.snippets('main.py', text), [
      { path: 'a.py', text: 'A = 1' },
      { path: 'b.py', text: 'B = 2' },
    ]);
  });

  it('is empty before files are read, and without room', async () => {
    project = await SampleProject.create({ 'a.ts': 'export const a = 1;\n' });
    const { document, position } = project.edit('main.ts', "import { a } from './a';\n▮");
    assert.deepEqual(project.context.snippetsFor(document, position, 1000), []);
    await project.context.refresh(document, SIGNAL);
    assert.equal(project.context.snippetsFor(document, position, 1000).length, 1);
    assert.deepEqual(project.context.snippetsFor(document, position, 50), []);
  });

  it('never includes a file of secrets, even if it is imported or visited', async () => {
    const secret = 'KEY = "s3cr3t"\n';
    project = await SampleProject.create({ 'secrets.json': secret, '.env.py': secret, id_rsa: secret });
    project.edit('.env.py', `${secret}▮`);
    project.context.didChange(project.uri('.env.py'), 0);
    project.context.didView(project.uri('id_rsa'), { line: 0, character: 0 });
    const snippets = await project.snippets('main.py', 'from .env import KEY\nimport secrets\n▮');
    assert.deepEqual(snippets, []);
    const inSecret = await project.snippets('.env.py', `import main\n${secret}▮`);
    assert.deepEqual(inSecret, []);
  });

  it('excludes large and binary files', async () => {
    project = await SampleProject.create({
      'large.ts': `export const large = 1;\n${'// x\n'.repeat(101_000)}`,
      'binary.ts': 'export const binary = 1;\0',
    });
    const text = "import { large } from './large';\nimport { binary } from './binary';\n▮";
    assert.deepEqual(await project.snippets('main.ts', text), []);
  });

  it('finds the project root when no folder is open', async () => {
    project = await SampleProject.create({ 'package.json': '{}', 'lib/a.ts': 'export const a = 1;\n' });
    project.context.setFolders([]);
    assert.deepEqual(await project.snippets('src/main.ts', "import { a } from '../lib/a';\n▮"), [
      { path: 'lib/a.ts', text: 'export const a = 1;' },
    ]);
  });

  it('stops waiting when aborted, and is available later', async () => {
    project = await SampleProject.create({ 'a.ts': 'export const a = 1;\n' });
    const { document, position } = project.edit('main.ts', "import { a } from './a';\n▮");
    await assert.rejects(project.context.refresh(document, AbortSignal.abort()), { name: 'AbortError' });
    await project.context.refresh(document, SIGNAL);
    assert.equal(project.context.snippetsFor(document, position, 1000).length, 1);
  });
});
