import assert from 'node:assert/strict';
import { fileExclusion } from '../../../src/protocol/fileExclusion.js';

/** What the matcher was asked for. */
function globsFor(pattern: string): string[] {
  const globs: string[] = [];
  fileExclusion('/a/x.ts', [pattern], (glob) => {
    globs.push(glob);
    return false;
  });
  return globs;
}

describe('the exclusion of a file', () => {
  const by = (location: string, patterns: readonly unknown[], ...matching: readonly string[]) =>
    fileExclusion(location, patterns, (glob) => matching.includes(glob));

  it('is by the last pattern that matches', () => {
    assert.equal(by('/a/x.ts', ['**/*.ts', '!**/x.ts'], '**/*.ts', '**/x.ts'), 'none');
    assert.equal(by('/a/x.ts', ['!**/x.ts', '**/*.ts'], '**/*.ts', '**/x.ts'), 'bySetting');
    assert.equal(by('/a/x.ts', ['**/*.ts'], '**/*.js'), 'none');
  });

  it('is by the name where no pattern matches, and lifted by one with a `!`', () => {
    assert.equal(by('/a/.env', []), 'secretFile');
    assert.equal(by('/a/.env', ['**/*.ts']), 'secretFile');
    assert.equal(by('/a/.env', ['!**/.env'], '**/.env'), 'none');
    assert.equal(by('/a/.env', ['**/.env'], '**/.env'), 'bySetting');
  });

  it('ignores what is no pattern', () => {
    assert.equal(by('/a/x.ts', [5, null, '', '!', '  '], ''), 'none');
  });

  it('takes a pattern for files and folders, anywhere unless it has a root', () => {
    assert.deepEqual(globsFor('private'), ['**/private', '**/private/**']);
    assert.deepEqual(globsFor('!src/private/'), ['**/src/private', '**/src/private/**']);
    assert.deepEqual(globsFor('**/*.ts'), ['**/*.ts', '**/*.ts/**']);
    assert.deepEqual(globsFor('/a/private/**'), ['/a/private/**']);
    assert.deepEqual(globsFor('C:\\a\\private'), ['C:/a/private', 'C:/a/private/**']);
    assert.deepEqual(globsFor('./x.ts'), ['**/x.ts', '**/x.ts/**']);
  });
});
