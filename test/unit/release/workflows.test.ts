import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();
const WORKFLOWS = '.github/workflows';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Manifest {
  readonly engines: Record<'node' | 'vscode', string>;
  readonly devDependencies: Record<string, string>;
}

describe('the oldest versions of Node and VS Code in package.json', () => {
  const { engines, devDependencies } = JSON.parse(read('package.json')) as Manifest;
  const vscode = engines.vscode.replace('^', '');
  const node = engines.node.replace('>=', '');

  it('match the versions of the typings', () => {
    assert.equal(devDependencies['@types/vscode'], vscode);
    assert.equal(devDependencies['@types/node']?.split('.')[0], node.split('.')[0]);
  });

  it('are tested by CI', () =>
    assert.match(
      read(`${WORKFLOWS}/ci.yml`),
      new RegExp(`node: ${node}, vscode: ${vscode} }`.replaceAll('.', '\\.')),
    ));
});

for (const name of readdirSync(join(ROOT, WORKFLOWS)))
  describe(`the workflow ${name}`, () => {
    const text = read(`${WORKFLOWS}/${name}`);

    it('names only files that exist', () => {
      const paths = text.match(/\b(?:src|scripts|test|docs)\/[\w./-]+\.\w+/g) ?? [];
      assert.ok(paths.length > 0);
      assert.deepEqual(
        paths.filter((path) => !existsSync(join(ROOT, path))),
        [],
      );
    });

    it('pins each action to a commit, with its version', () => {
      const actions = text.match(/uses: (?!\.\/).*/g) ?? [];
      assert.ok(actions.length > 0);
      assert.deepEqual(
        actions.filter((action) => !/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
        [],
      );
    });
  });
