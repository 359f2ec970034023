/** The verbs that subjects of commits begin with, in the imperative and in the past. */

const VERBS: ReadonlySet<string> = new Set(
  (
    'accept adapt add adjust align allow apply assert avoid bind block bump cache call cancel catch change check ' +
    'choose clarify clean clear close collect compare compute configure convert copy correct count cover create cut ' +
    'declare decode decrease deduplicate default define delete deprecate derive describe detect disable display ' +
    'divide document download drop emit enable encode end enforce ensure escape exclude expand expect explain ' +
    'export expose extend extract fall filter find finish fix flush follow force format free generate get give ' +
    'group guard handle hide hold ignore implement import improve include increase infer initialize inline insert ' +
    'install introduce invert invoke keep know leave let limit link list load lock log lower make map mark match measure ' +
    'merge migrate mock move name narrow normalize note offer omit open optimize order override parse pass pin ' +
    'place port prefer prepare preserve prevent print process protect provide publish put quote raise reach read ' +
    'rebuild record reduce refactor refresh refuse register reject release reload remove rename render reorder ' +
    'reorganize repair repeat replace report request require reset resolve restore restrict retry return reuse ' +
    'revert rewrite rework run save say schedule search select send separate serialize serve set share ship shorten ' +
    'show simplify skip sort specify speed split start state stop store stream strip support suppress switch sync ' +
    'take tell test throw tidy track translate treat trim try turn type unify update upgrade use validate verify ' +
    'wait warn watch wire wrap write'
  ).split(' '),
);

const IRREGULAR: Readonly<Record<string, string>> = {
  bind: 'bound',
  catch: 'caught',
  choose: 'chose',
  cut: 'cut',
  fall: 'fell',
  find: 'found',
  get: 'got',
  give: 'gave',
  hide: 'hid',
  hold: 'held',
  keep: 'kept',
  know: 'knew',
  leave: 'left',
  let: 'let',
  make: 'made',
  override: 'overrode',
  put: 'put',
  read: 'read',
  rebuild: 'rebuilt',
  reset: 'reset',
  rewrite: 'rewrote',
  run: 'ran',
  say: 'said',
  send: 'sent',
  set: 'set',
  speed: 'sped',
  split: 'split',
  take: 'took',
  tell: 'told',
  throw: 'threw',
  write: 'wrote',
};
const DOUBLED = new Set('drop map pin plan ship skip stop strip trim wrap log tag plug'.split(' '));

export function isVerb(word: string): boolean {
  return VERBS.has(word.toLowerCase());
}

/** `added` for `add`. Of a word that isn't a known verb, the word. */
export function pastForm(base: string): string {
  const word = base.toLowerCase();
  if (!VERBS.has(word)) return base;
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return irregular;
  if (word.endsWith('e')) return `${word}d`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ied`;
  return DOUBLED.has(word) ? `${word}${word.slice(-1)}ed` : `${word}ed`;
}

function otherForms(base: string): string[] {
  const stem = base.endsWith('e') ? base.slice(0, -1) : DOUBLED.has(base) ? base + base.slice(-1) : base;
  const third = /(?:s|x|ch|sh|z)$/.test(base)
    ? `${base}es`
    : /[^aeiou]y$/.test(base)
      ? `${base.slice(0, -1)}ies`
      : `${base}s`;
  return [pastForm(base), third, `${stem}ing`];
}

const BASES: ReadonlyMap<string, string> = new Map([
  ...[...VERBS].flatMap((base) => otherForms(base).map((form) => [form, base] as const)),
  ...[...VERBS].map((base) => [base, base] as const),
]);

/** `add` for `Added`, `adds` and `adding`. Of a word that isn't a form of a known verb, the word. */
export function baseForm(word: string): string {
  return BASES.get(word.toLowerCase()) ?? word;
}
