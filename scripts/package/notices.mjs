import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LICENCE_FILE = /^(licen[sc]e|copying|notice)([.-].*)?$/i;
const SEPARATOR = '\n' + '-'.repeat(80) + '\n\n';

/**
 * The licence texts of all packages that the files belong to.
 * @param {readonly string[]} files paths of files inside node_modules
 */
export function thirdPartyNotices(files) {
  const packages = new Map();
  for (const file of files) {
    const folder = packageFolder(file);
    if (packages.has(folder)) continue;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { name, version, license, homepage } = manifest;
    const text = licenceText(folder) || `By ${authorOf(manifest)}. The package contains no licence text.`;
    packages.set(folder, { title: `${name} ${version}`, license, homepage, text });
  }
  const entries = [...packages.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  const unique = entries.filter(({ title }, index) => title !== entries[index - 1]?.title);
  return [
    'Youtu Code contains the software below, each under the licence that follows its name.\n',
    // The packages of the binaries and of the grammars lack the licences of their sources.
    ownText('llamaCppLicences.txt'),
    ownText('treeSitterLicences.txt'),
    ...unique.map(
      ({ title, license, homepage, text }) =>
        `${[title, `Licence: ${license}`, homepage].filter(Boolean).join('\n')}\n\n${text}\n`,
    ),
  ].join(SEPARATOR);
}

const ownText = (name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');

function packageFolder(path) {
  const file = path.replaceAll('\\', '/');
  const at = file.lastIndexOf('node_modules/') + 'node_modules/'.length;
  const [first, second] = file.slice(at).split('/');
  return file.slice(0, at) + (first.startsWith('@') ? `${first}/${second}` : first);
}

function licenceText(folder) {
  const texts = readdirSync(folder)
    .filter((name) => LICENCE_FILE.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
  // Some packages have it only in their README.
  return texts.length > 0 ? texts.join('\n\n') : licenceSection(folder);
}

const authorOf = ({ author }) => author?.name ?? author ?? 'its authors';

function licenceSection(folder) {
  const readme = ['README.md', 'readme.md', 'Readme.md'].map((name) => join(folder, name)).find(existsSync);
  if (readme === undefined) return '';
  const [, section = ''] =
    /^#+ *licen[sc]e[^\n]*\n([^]*?)(?=^#|(?![^]))/im.exec(readFileSync(readme, 'utf8')) ?? [];
  return section.trim();
}
