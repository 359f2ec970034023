// Updates the translations (l10n/bundle.l10n.*.json) to the strings in src/extension: adds new strings as empty
// translations, which a test reports, and removes unused ones. --check only reports the differences.
//   node scripts/l10n.mjs [--check]
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { inRoot, root } from './tools/paths.mjs';
import { localizedStrings } from './l10n/localizedStrings.mjs';

const checkOnly = process.argv.includes('--check');
const strings = [...localizedStrings(root).keys()].sort();
let openCount = 0;
for (const name of readdirSync(inRoot('l10n')).filter((file) => /^bundle\.l10n\..+\.json$/.test(file))) {
  const file = inRoot('l10n', name);
  const before = JSON.parse(readFileSync(file, 'utf8'));
  const after = Object.fromEntries(strings.map((string) => [string, before[string] ?? '']));
  const untranslated = strings.filter((string) => after[string] === '');
  const unused = Object.keys(before).filter((string) => !(string in after));
  for (const string of untranslated) console.log(`${name}: not translated: ${JSON.stringify(string)}`);
  for (const string of unused) console.log(`${name}: unused: ${JSON.stringify(string)}`);
  if (!checkOnly) writeFileSync(file, JSON.stringify(after, null, 2) + '\n');
  openCount += untranslated.length + (checkOnly ? unused.length : 0);
}
console.log(`${strings.length} strings, ${openCount} to do`);
process.exitCode = openCount === 0 ? 0 : 1;
