import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeChecksums } from '../../../scripts/release/checksums.mjs';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();

describe('a release script', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'youtu-release-'));
    writeFileSync(join(folder, 'a.vsix'), 'abc');
    writeChecksums(folder, ['a.vsix']);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(script: string, args: readonly string[], env: Record<string, string> = {}) {
    return spawnSync(process.execPath, [join(ROOT, 'scripts/release', script), ...args], {
      encoding: 'utf8',
      env: { ...process.env, VSCE_PAT: '', OVSX_PAT: '', GITHUB_OUTPUT: '', ...env },
    });
  }

  for (const [registry, variable] of [
    ['marketplace', 'VSCE_PAT'],
    ['open-vsx', 'OVSX_PAT'],
  ] as const) {
    it(`skips ${registry} with a notice when its token is missing`, () => {
      const { status, stdout } = run('publish.mjs', [registry, folder]);
      assert.equal(status, 0);
      assert.match(stdout, new RegExp(`^::notice title=.*::The secret ${variable} is not set`));
    });

    it(`publishes no changed file to ${registry}`, () => {
      writeFileSync(join(folder, 'a.vsix'), 'abd');
      const { status, stderr } = run('publish.mjs', [registry, folder], { [variable]: 'token' });
      assert.equal(status, 1);
      assert.match(stderr, /a\.vsix differs from its checksum/);
    });
  }

  it('refuses an unknown registry', () => {
    const { status, stderr } = run('publish.mjs', ['constructor', folder]);
    assert.equal(status, 1);
    assert.match(stderr, /Usage: publish\.mjs/);
  });

  it('writes the notes and the outputs of the version in package.json', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const output = join(folder, 'output');
    const notes = join(folder, 'new/notes.md');
    const { status, stderr } = run('check.mjs', [`v${version}`, '--notes', notes], {
      GITHUB_OUTPUT: output,
    });
    assert.equal(status, 0, stderr);
    assert.match(
      readFileSync(output, 'utf8'),
      new RegExp(`^version=${version.replaceAll('.', '\\.')}\nprerelease=(true|false)\n$`),
    );
    assert.ok(readFileSync(notes, 'utf8').trim().length > 0);
  });

  it('refuses a tag of another version', () => {
    const { status, stderr } = run('check.mjs', ['v999.0.0']);
    assert.equal(status, 1);
    assert.match(stderr, /the tag must be v/);
  });

  it('refuses to pack for an unknown platform', () => {
    const { status, stderr } = run('pack.mjs', ['plan9-x64']);
    assert.equal(status, 1);
    assert.match(stderr, /no package for plan9-x64/);
  });
});
