import assert from 'node:assert/strict';
import { changelogSection, describeRelease } from '../../../scripts/release/releaseInfo.mjs';

const CHANGELOG = `# Changelog

## Unreleased

- Not out yet.

## 0.2.0

- A stable version.

  ## not a heading

## [0.1.1] (2026-11-30)

- A pre-release.

## 0.1.0 - 2026-11-01
`;

describe('the description of a release', () => {
  it('has the version and its section of the changelog', () => {
    assert.deepEqual(describeRelease({ version: '0.2.0', tag: 'v0.2.0', changelog: CHANGELOG }), {
      version: '0.2.0',
      isPreRelease: false,
      notes: '- A stable version.\n\n  ## not a heading',
    });
  });

  it('needs no tag', () => {
    assert.equal(describeRelease({ version: '0.2.0', changelog: CHANGELOG }).version, '0.2.0');
  });

  for (const [version, expected] of [
    ['0.2.0', false],
    ['0.1.1', true],
  ] as const)
    it(`makes ${version} a ${expected ? 'pre-release' : 'stable version'}`, () =>
      assert.equal(describeRelease({ version, changelog: CHANGELOG }).isPreRelease, expected));

  for (const [title, tag] of [
    ['another version', 'v0.1.1'],
    ['no v', '0.2.0'],
    ['a suffix', 'v0.2.0-pre'],
    ['no text', ''],
  ] as const)
    it(`refuses a tag with ${title}`, () =>
      assert.throws(
        () => describeRelease({ version: '0.2.0', tag, changelog: CHANGELOG }),
        /the tag must be v0\.2\.0/,
      ));

  it('refuses a version that the Marketplace would refuse', () =>
    assert.throws(
      () => describeRelease({ version: '0.3.0-beta', tag: 'v0.3.0-beta', changelog: CHANGELOG }),
      /odd minor version/,
    ));

  for (const [title, version] of [
    ['is missing', '0.4.0'],
    ['is empty', '0.1.0'],
  ] as const)
    it(`refuses a version whose changelog entry ${title}`, () =>
      assert.throws(
        () => describeRelease({ version, changelog: CHANGELOG }),
        new RegExp(`no entry for ${version.replaceAll('.', '\\.')}`),
      ));
});

describe('a section of the changelog', () => {
  it('is found under a heading with brackets and a date', () =>
    assert.equal(changelogSection(CHANGELOG, '0.1.1'), '- A pre-release.'));

  it('is found in a text with Windows line endings', () =>
    assert.equal(changelogSection(CHANGELOG.replaceAll('\n', '\r\n'), '0.1.1'), '- A pre-release.'));

  it('is not confused with that of a longer version', () =>
    assert.equal(changelogSection('## 0.2.01\n\ntext\n', '0.2.0'), undefined));
});
