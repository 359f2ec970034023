import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyChecksums, writeChecksums } from '../../../scripts/release/checksums.mjs';

/** SHA-256 of `abc`, from FIPS 180-2, and of nothing. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('SHA256SUMS', () => {
  let folder: string;
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'youtu-checksums-'));
    write('b.vsix', 'abc');
    write('a.vsix', '');
    writeChecksums(folder, ['b.vsix', 'a.vsix']);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has the format of sha256sum, sorted by name', () =>
    assert.equal(readFileSync(join(folder, 'SHA256SUMS'), 'utf8'), `${EMPTY}  a.vsix\n${ABC}  b.vsix\n`));

  it('returns the paths of the verified files', () =>
    assert.deepEqual(verifyChecksums(folder), [join(folder, 'a.vsix'), join(folder, 'b.vsix')]));

  it('reads the format that sha256sum writes for binary files', () => {
    write('SHA256SUMS', `${ABC} *b.vsix\n`);
    assert.deepEqual(verifyChecksums(folder), [join(folder, 'b.vsix')]);
  });

  it('refuses a changed file', () => {
    write('b.vsix', 'abd');
    assert.throws(() => verifyChecksums(folder), /b\.vsix differs/);
  });

  it('refuses a missing file', () => {
    rmSync(join(folder, 'b.vsix'));
    assert.throws(() => verifyChecksums(folder), /b\.vsix is in SHA256SUMS but not/);
  });

  for (const [title, text, message] of [
    ['an empty list', '', /is empty/],
    ['a line without a checksum', 'b.vsix\n', /not a checksum: b\.vsix/],
    ['a truncated checksum', `${ABC.slice(1)}  b.vsix\n`, /not a checksum/],
  ] as const)
    it(`refuses ${title}`, () => {
      write('SHA256SUMS', text);
      assert.throws(() => verifyChecksums(folder), message);
    });

  it('is required', () => {
    rmSync(join(folder, 'SHA256SUMS'));
    assert.throws(() => verifyChecksums(folder), /no SHA256SUMS/);
  });
});
