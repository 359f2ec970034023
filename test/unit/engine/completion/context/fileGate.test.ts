import assert from 'node:assert/strict';
import { mkdir, rename, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lines } from './support/importCase.js';
import { SampleProject } from './support/sampleProject.js';

const HIDDEN = 'export const hidden = 4711;\n';
const IMPORT = "import { hidden } from './shared.js';\n▮";

/** What a prompt shows of other files must be of the project, and of nothing that the user excludes. */
describe('the text of other files in a prompt', () => {
  let project: SampleProject;
  afterEach(() => project.delete());

  const link = async (target: string, path: string): Promise<void> => {
    await mkdir(dirname(join(project.root, path)), { recursive: true });
    await symlink(join(project.root, target), join(project.root, path));
  };
  const shown = async (path: string, marked: string): Promise<Record<string, string>> => {
    const snippets = await project.snippets(path, marked);
    return Object.fromEntries(snippets.map((snippet) => [snippet.path, snippet.text]));
  };

  describe('the text of other files in a prompt, by links', () => {
    it('isn’t that of a file that a link leads to outside of the project', async () => {
      project = await SampleProject.create({ '../outside.ts': HIDDEN });
      await link('../outside.ts', 'shared.ts');
      assert.deepEqual(await shown('main.ts', IMPORT), {});
    });

    it('isn’t that of a folder that a link leads to outside of the project', async () => {
      project = await SampleProject.create({
        '../outside/index.ts': HIDDEN,
        '../outside/util.h': 'int hidden(void);\n',
        '../outside/mod.py': 'def hidden():\n    pass\n',
      });
      await link('../outside', 'lib');
      assert.deepEqual(await shown('main.ts', "import { hidden } from './lib';\n▮"), {});
      assert.deepEqual(await shown('main.c', '#include "lib/util.h"\n▮'), {});
      assert.deepEqual(await shown('main.py', 'from lib.mod import hidden\n▮'), {});
    });

    it('isn’t that of a link to a secret in the project', async () => {
      project = await SampleProject.create({ '.env.ts': HIDDEN });
      await link('.env.ts', 'shared.ts');
      assert.deepEqual(await shown('main.ts', IMPORT), {});
    });

    it('is that of a link within the project, and in a project that is itself behind a link', async () => {
      project = await SampleProject.create({ 'real/shared.ts': HIDDEN });
      await link('real/shared.ts', 'shared.ts');
      assert.deepEqual(await shown('main.ts', IMPORT), { 'shared.ts': 'export const hidden = 4711;' });
      await rename(project.root, `${project.root}-moved`);
      await symlink(`${project.root}-moved`, project.root);
      assert.deepEqual(await shown('main.ts', `${IMPORT}\n`), { 'shared.ts': 'export const hidden = 4711;' });
    });

    it('goes with a folder that is replaced by a link to outside between two prompts', async () => {
      project = await SampleProject.create({ 'lib/shared.ts': HIDDEN, '../outside/shared.ts': HIDDEN });
      const text = "import { hidden } from './lib/shared.js';\n▮";
      assert.deepEqual(await shown('main.ts', text), { 'lib/shared.ts': 'export const hidden = 4711;' });
      await rename(join(project.root, 'lib'), join(project.root, 'old'));
      await link('../outside', 'lib');
      assert.deepEqual(await shown('main.ts', `${text}\n`), {});
    });

    it('isn’t read from go.mod or Cargo.toml outside of the project', async () => {
      project = await SampleProject.create({
        '../elsewhere/go.mod': 'module example.com/x\n',
        'sub/a.go': 'package sub\n\nfunc Shown() {}\n',
      });
      await link('../elsewhere/go.mod', 'go.mod');
      assert.deepEqual(await shown('main.go', 'package main\n\nimport "example.com/x/sub"\n▮'), {});
    });
  });

  describe('the text of other files in a prompt, by tsconfig', () => {
    const ALIASED = "import { hidden } from '@lib/shared';\n▮";
    const base = JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./opened/lib/*'] } } });
    const own = (extended: unknown): string =>
      lines('{', `  // "extends": "./other.json",`, `  "extends": ${JSON.stringify(extended)},`, '}');

    it('isn’t found by aliases of a file outside that `extends` names, however it is written', async () => {
      project = await SampleProject.create({ '../base.json': base, 'lib/shared.ts': HIDDEN });
      const absolute = join(dirname(project.root), 'base.json');
      for (const extended of ['../base.json', '../base', absolute, ['../base.json'], './linked.json']) {
        await project.write('tsconfig.json', own(extended));
        if (extended === './linked.json') await link('../base.json', 'linked.json');
        assert.deepEqual(await shown('main.ts', ALIASED), {}, String(extended));
      }
      await project.write('tsconfig.json', '{ "\\u0065xtends": "../base.json" }');
      assert.deepEqual(await shown('main.ts', ALIASED), {});
    });

    it('is found by the own aliases although `extends` leads outside', async () => {
      project = await SampleProject.create({ '../base.json': base, 'lib/shared.ts': HIDDEN });
      const config = { extends: '../base.json', compilerOptions: { paths: { '@lib/*': ['./lib/*'] } } };
      await project.write('tsconfig.json', JSON.stringify(config));
      assert.deepEqual(Object.keys(await shown('main.ts', ALIASED)), ['lib/shared.ts']);
    });

    it('is found through `extends` within the project: a chain, a list, a package', async () => {
      const paths = { '@lib/*': ['${configDir}/lib/*'] };
      project = await SampleProject.create({
        'lib/shared.ts': HIDDEN,
        'config/base.json': JSON.stringify({ compilerOptions: { baseUrl: '../lib' } }),
        'config/middle.json': lines('{ "extends": "./base.json", /* note */ }'),
        'config/loop.json': JSON.stringify({ extends: './loop.json', compilerOptions: { paths } }),
        'node_modules/@acme/config/tsconfig.json': JSON.stringify({ compilerOptions: { paths } }),
      });
      for (const [extended, module] of [
        ['./config/middle', 'shared'],
        [['./config/middle.json', './config/loop.json'], '@lib/shared'],
        ['@acme/config', '@lib/shared'],
        ['@acme/config/tsconfig.json', '@lib/shared'],
      ] as const) {
        await project.write('tsconfig.json', own(extended));
        const found = await shown('main.ts', `import { hidden } from '${module}';\n▮`);
        assert.deepEqual(Object.keys(found), ['lib/shared.ts'], JSON.stringify(extended));
      }
    });

    it('survives a tsconfig that is half written or of another shape', async () => {
      project = await SampleProject.create({ 'shared.ts': HIDDEN });
      for (const text of [
        '{ "extends": ',
        '[]',
        '{"extends":5}',
        '{"compilerOptions":{"paths":{"a":"b"}}}',
        '',
      ])
        for (const paths of ['', '{"compilerOptions":{"paths":{"*/*":["*/*"]}}}']) {
          await project.write('tsconfig.json', paths || text);
          assert.deepEqual(Object.keys(await shown('main.ts', IMPORT)), ['shared.ts'], text);
        }
    });
  });

  describe('the text of other files in a prompt, by the user’s patterns', () => {
    it('isn’t that of files that a pattern names', async () => {
      project = await SampleProject.create({ 'shared.ts': HIDDEN, 'private/deep/shared.ts': HIDDEN });
      for (const [exclude, module] of [
        ['**/shared.ts', './shared.js'],
        ['shared.ts', './shared.js'],
        ['private', './private/deep/shared.js'],
        ['private/', './private/deep/shared.js'],
        ['**/private/**', './private/deep/shared.js'],
        ['**/{x,shared}.[jt]s', './shared.js'],
        [join(project.root, 'private'), './private/deep/shared.js'],
      ] as const) {
        project.exclude = [exclude];
        assert.deepEqual(await shown('main.ts', `import { hidden } from '${module}';\n▮`), {}, exclude);
      }
    });

    it('is what the last pattern says, secrets too', async () => {
      project = await SampleProject.create({ 'shared.ts': HIDDEN, '.env.ts': HIDDEN });
      const secret = "import { hidden } from './.env.js';\n▮";
      assert.deepEqual(await shown('main.ts', secret), {});
      project.exclude = ['**/*.ts', '!**/shared.ts', '!.env.ts'];
      assert.deepEqual(Object.keys(await shown('main.ts', secret)), ['.env.ts']);
      assert.deepEqual(Object.keys(await shown('main.ts', IMPORT)), ['shared.ts']);
    });

    it('follows the pattern by any path of a linked file', async () => {
      project = await SampleProject.create({ 'private/real.ts': HIDDEN });
      await link('private/real.ts', 'shared.ts');
      for (const exclude of ['**/private/**', '**/shared.ts', '**/real.ts']) {
        project.exclude = [exclude];
        assert.deepEqual(await shown('main.ts', IMPORT), {}, exclude);
      }
    });

    it('goes at once when a pattern comes, and comes back when it goes', async () => {
      project = await SampleProject.create({ 'shared.ts': HIDDEN });
      assert.deepEqual(Object.keys(await shown('main.ts', IMPORT)), ['shared.ts']);
      project.exclude = ['**/shared.ts'];
      const { document, position } = project.edit('main.ts', IMPORT);
      assert.deepEqual(project.context.snippetsFor(document, position, 10_000), []);
      project.exclude = [];
      assert.deepEqual(Object.keys(await shown('main.ts', IMPORT)), ['shared.ts']);
    });
  });

  describe('the text of other files in a prompt, of open documents', () => {
    const view = (path: string, text = HIDDEN): void => {
      project.edit(path, text);
      project.context.didChange(project.uri(path), 0);
    };

    it('isn’t that of documents outside of the project, links to them, or excluded ones', async () => {
      project = await SampleProject.create({
        '../outside.txt': HIDDEN,
        '.env': HIDDEN,
        'private.txt': HIDDEN,
      });
      await link('../outside.txt', 'linked.txt');
      project.exclude = ['private.txt'];
      for (const path of ['../outside.txt', 'linked.txt', '.env', 'private.txt']) view(path);
      assert.deepEqual(await shown('main.txt', 'x▮'), {});
      project.exclude = ['!.env'];
      assert.deepEqual(Object.keys(await shown('main.txt', 'x ▮')), ['.env', 'private.txt']);
    });

    it('is that of documents that aren’t saved yet', async () => {
      project = await SampleProject.create({ 'a.txt': '' });
      view('new.txt');
      assert.deepEqual(Object.keys(await shown('main.txt', 'x▮')), ['new.txt']);
    });
  });
});
