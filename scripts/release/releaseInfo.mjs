import { isPreRelease } from '../package/manifest.mjs';
import { Failure } from '../tools/command.mjs';

/**
 * Checks that a version can be released and describes the release.
 * @param {{ version: string, changelog: string, tag?: string }} release `version` of package.json, the text of
 *   CHANGELOG.md, and the git tag, if there is one yet
 * @returns `notes` is the version's section of the changelog, without its heading
 * @throws {Failure} with a message that says what to correct
 */
export function describeRelease({ version, changelog, tag }) {
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Failure(
      `The version in package.json is ${version}, but the Marketplace accepts only three numbers. For a pre-release, use an odd minor version.`,
    );
  if (tag !== undefined && tag !== `v${version}`)
    throw new Failure(
      `The tag is ${tag}, but the version in package.json is ${version}: the tag must be v${version}.`,
    );
  const notes = changelogSection(changelog, version);
  if (!notes) throw new Failure(`CHANGELOG.md has no entry for ${version}: add a section "## ${version}".`);
  return { version, isPreRelease: isPreRelease(version), notes };
}

/**
 * The text under the heading of a version: `## 1.2.3`, `## [1.2.3]` or either with a date after it.
 * @returns undefined if there is no such heading
 */
export function changelogSection(changelog, version) {
  const sections = changelog.replaceAll('\r\n', '\n').split(/^## /m).slice(1);
  for (const section of sections) {
    const [heading = '', ...lines] = section.split('\n');
    const [name] = heading.replace(/[[\]]/g, '').split(/[\s(]/);
    if (name === version) return lines.join('\n').trim();
  }
  return undefined;
}
