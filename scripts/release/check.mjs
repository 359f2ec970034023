// Checks that the version in package.json can be released, and writes the release notes.
//   node scripts/release/check.mjs [TAG] [--notes FILE]
// TAG must be the version with a `v` before it. In a GitHub workflow, the outputs `version` and `prerelease` are set.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, runMain } from '../tools/command.mjs';
import { inRoot } from '../tools/paths.mjs';
import { describeRelease } from './releaseInfo.mjs';

await runMain(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { notes: { type: 'string' } },
  });
  const [tag] = positionals;
  if (tag === '' || positionals.length > 1) throw new Failure('Usage: check.mjs [TAG] [--notes FILE]');
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const changelog = readFileSync(inRoot('CHANGELOG.md'), 'utf8');
  const release = describeRelease({ version, changelog, tag });
  if (values.notes !== undefined) {
    mkdirSync(dirname(values.notes), { recursive: true });
    writeFileSync(values.notes, `${release.notes}\n`);
  }
  const { GITHUB_OUTPUT } = process.env;
  if (GITHUB_OUTPUT)
    appendFileSync(GITHUB_OUTPUT, `version=${version}\nprerelease=${release.isPreRelease}\n`);
  console.log(`✓ ${version} can be released as a ${release.isPreRelease ? 'pre-release' : 'stable version'}`);
});
