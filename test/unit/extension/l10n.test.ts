import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { localizedStrings } from '../../../scripts/l10n/localizedStrings.mjs';

const root = process.env['YOUTU_ROOT'] ?? process.cwd();
type Texts = Readonly<Record<string, string>>;
const read = (path: string): Texts => JSON.parse(readFileSync(join(root, path), 'utf8')) as Texts;

/** Parts that a translation must keep: `{0}`, icons, link targets, names of settings. */
const fixedParts = (text: string): string[] =>
  (text.match(/\{\d+\}|\]\([^)]*\)|\$\([\w-]+\)|youtu(\.\w+)+/g) ?? []).sort();

function assertTranslated(english: Texts, translated: Texts): void {
  const missing = Object.keys(english).filter((key) => !(key in translated));
  const unused = Object.keys(translated).filter((key) => !(key in english));
  assert.deepEqual({ missing, unused }, { missing: [], unused: [] });
  for (const [key, text] of Object.entries(translated)) {
    assert.notEqual(text.trim(), '', `“${key}” has no translation`);
    assert.deepEqual(fixedParts(text), fixedParts(english[key] ?? ''), `in the translation of “${key}”`);
  }
}

describe('the texts of package.json', () => {
  const english = read('package.nls.json');
  const translations = readdirSync(root).filter((name) => /^package\.nls\..+\.json$/.test(name));
  const placeholders = readFileSync(join(root, 'package.json'), 'utf8').matchAll(/"%([^%"]+)%"/g);
  const wanted = [...new Set([...placeholders].map(([, key]) => key ?? ''))].sort();

  it('match the keys in use', () => {
    assert.deepEqual(Object.keys(english).sort(), wanted);
    assert.ok(Object.values(english).every((text) => text.trim() !== ''));
  });

  it('are translated into Chinese', () => assert.ok(translations.includes('package.nls.zh-cn.json')));

  for (const name of translations)
    it(`are all translated in ${name}, with the same links and names`, () => {
      assertTranslated(english, read(name));
    });
});

describe('the strings of the extension', () => {
  const sentences = [...localizedStrings(root).keys()];
  const english: Texts = Object.fromEntries(sentences.map((sentence) => [sentence, sentence]));
  const bundles = readdirSync(join(root, 'l10n')).filter((name) => name.startsWith('bundle.l10n.'));

  it('are translated into Chinese', () => assert.ok(bundles.includes('bundle.l10n.zh-cn.json')));

  for (const name of bundles)
    it(`are all translated in ${name} (\`node scripts/l10n.mjs\` lists what is missing)`, () => {
      assertTranslated(english, read(join('l10n', name)));
    });
});
