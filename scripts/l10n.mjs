// Brings the translations (l10n/bundle.l10n.*.json) in line with the sentences in src/extension: new ones come in
// untranslated (empty: a test names them), those that no code shows any more go.
//   node scripts/l10n.mjs [--check]
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { inRoot, root } from './tools/paths.mjs';
import { localizedStrings } from './l10n/localizedStrings.mjs';

const checkOnly = process.argv.includes('--check');
const sentences = [...localizedStrings(root).keys()].sort();
let open = 0;
for (const name of readdirSync(inRoot('l10n')).filter((file) => /^bundle\.l10n\..+\.json$/.test(file))) {
  const file = inRoot('l10n', name);
  const before = JSON.parse(readFileSync(file, 'utf8'));
  const after = Object.fromEntries(sentences.map((sentence) => [sentence, before[sentence] ?? '']));
  const untranslated = sentences.filter((sentence) => after[sentence] === '');
  const unused = Object.keys(before).filter((sentence) => !(sentence in after));
  for (const sentence of untranslated) console.log(`${name}: not translated: ${JSON.stringify(sentence)}`);
  for (const sentence of unused) console.log(`${name}: not used any more: ${JSON.stringify(sentence)}`);
  if (!checkOnly) writeFileSync(file, JSON.stringify(after, null, 2) + '\n');
  open += untranslated.length + (checkOnly ? unused.length : 0);
}
console.log(`${sentences.length} sentences, ${open} to do`);
process.exitCode = open === 0 ? 0 : 1;
