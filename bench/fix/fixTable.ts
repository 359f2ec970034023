import { percentile } from '../stats/percentile.js';
import { textTable } from '../stats/textTable.js';
import type { Offer } from './arms.js';
import type { FixCase } from './fixCases.js';
import type { Judgement } from './judge.js';
import { PLAIN } from './modelArms.js';

export interface FixScore {
  readonly fixCase: FixCase;
  readonly arm: string;
  readonly seconds: number;
  /** Of this process, without the tools that it starts: on a busy machine a better measure. */
  readonly cpuSeconds: number;
  /** Lines that a fix may rewrite. */
  readonly regionLines: number;
  readonly offer?: Offer & { readonly judgement: Judgement; readonly isOriginal: boolean };
}

const HEAD = [
  '',
  'cases',
  'offered',
  'parses',
  'cleared',
  'clean',
  'original',
  'verified',
  'precision',
  'same',
  'median s',
];

/** A row for each arm, then for each kind, language and origin of one arm. */
export function fixTable(scores: readonly FixScore[]): string {
  const arms = [...new Set(scores.map(({ arm }) => arm))];
  const last = scores.filter(({ arm }) => arm === arms.at(-1));
  const groups: [string, (score: FixScore) => string][] = [
    ['language', ({ fixCase }) => fixCase.original.languageId],
    ['mistake', ({ fixCase }) => fixCase.kind],
    ['syntax', ({ fixCase }) => (fixCase.broken.isSyntax ? 'a syntax error' : 'another error')],
    ['origin', ({ offer }) => offer?.origin ?? 'none'],
  ];
  const tables = groups.map(([title, keyOf]) => {
    const keys = [...new Set(last.map(keyOf))].sort();
    return textTable(
      [`${title} (${arms.at(-1) ?? ''})`, ...HEAD.slice(1)],
      keys.map((key) =>
        row(
          key,
          last.filter((score) => keyOf(score) === key),
        ),
      ),
    );
  });
  const all = arms.map((arm) =>
    row(
      arm,
      scores.filter((score) => score.arm === arm),
    ),
  );
  return [textTable(['arm', ...HEAD.slice(1)], all), ...speeds(scores, arms), ...tables].join('\n\n');
}

/** Regions that a fix is wanted for quickly. */
const SHORT_REGION = 25;

/** How many times faster each arm is than the whole region without lookup, in cases of one short region each. */
function speeds(scores: readonly FixScore[], arms: readonly string[]): string[] {
  const short = scores.filter(({ regionLines }) => regionLines > 0 && regionLines <= SHORT_REGION);
  const slow = short.filter(({ arm }) => arm === PLAIN);
  if (slow.length === 0) return [];
  const rows = arms.map((arm) => {
    const own = short.filter((score) => score.arm === arm);
    const ratios = own.flatMap(({ fixCase, seconds, cpuSeconds }) => {
      const other = slow.find((score) => score.fixCase === fixCase);
      return other === undefined
        ? []
        : [{ time: other.seconds / seconds, cpu: other.cpuSeconds / cpuSeconds }];
    });
    const sum = (of: readonly FixScore[]): number => of.reduce((total, { seconds }) => total + seconds, 0);
    const verified = own.filter(({ offer }) => offer?.isVerified === true).map(({ seconds }) => seconds);
    const median = (list: readonly number[]): string => percentile(list, 0.5)?.toFixed(2) ?? '–';
    return [
      arm,
      `${own.length}`,
      ...[
        median(own.map(({ seconds }) => seconds)),
        median(ratios.map(({ time }) => time)),
        median(ratios.map(({ cpu }) => cpu)),
        (sum(slow) / sum(own)).toFixed(2),
      ],
      median(verified),
    ];
  });
  const head = ['cases', 'median s', 'median ratio', 'of CPU time', 'ratio of sums', 'median s verified'];
  return [textTable([`regions of ${SHORT_REGION} lines at most`, ...head], rows)];
}

function row(title: string, scores: readonly FixScore[]): string[] {
  const count = (is: (offer: NonNullable<FixScore['offer']>) => boolean): number =>
    scores.filter(({ offer }) => offer !== undefined && is(offer)).length;
  const verified = count(({ isVerified }) => isVerified);
  const right = count(({ isVerified, judgement }) => isVerified && judgement.parses && judgement.isCleared);
  const same = count(({ isVerified, isOriginal }) => isVerified && isOriginal);
  const share = (of: number): string => (verified === 0 ? '–' : (of / verified).toFixed(3));
  return [
    title,
    `${scores.length}`,
    `${count(() => true)}`,
    `${count(({ judgement }) => judgement.parses)}`,
    `${count(({ judgement }) => judgement.isCleared)}`,
    `${count(({ judgement }) => judgement.isClean)}`,
    `${count(({ isOriginal }) => isOriginal)}`,
    `${verified}`,
    share(right),
    share(same),
    (
      percentile(
        scores.map(({ seconds }) => seconds),
        0.5,
      ) ?? 0
    ).toFixed(1),
  ];
}

/** One case in a few lines: the mistake, what a tool says, and what an arm made of it. */
export function describeScore({ fixCase, arm, seconds, offer }: FixScore): string {
  const { broken, original, kind, name } = fixCase;
  const verdict =
    offer === undefined
      ? 'nothing'
      : `${offer.isVerified ? 'verified' : 'unverified'} by ${offer.origin}, ` +
        (offer.isOriginal
          ? 'the original'
          : offer.judgement.isClean
            ? 'clean'
            : offer.judgement.isCleared
              ? 'cleared'
              : 'WRONG');
  const lines = [
    `${original.languageId}, ${kind}, ${name}: ${arm}: ${verdict} (${seconds.toFixed(1)} s)`,
    `    ${broken.by}, line ${broken.diagnostic.line + 1}: ${broken.diagnostic.message}`,
    ...changes('original', original.text, broken.text),
  ];
  if (offer !== undefined && !offer.isOriginal) lines.push(...changes('fix', offer.text, broken.text));
  return lines.join('\n');
}

function changes(title: string, text: string, broken: string): string[] {
  const [now, old] = [text.split('\n'), broken.split('\n')];
  let start = 0;
  while (start < Math.min(now.length, old.length) && now[start] === old[start]) start++;
  let same = 0;
  while (same < Math.min(now.length, old.length) - start && now.at(-1 - same) === old.at(-1 - same)) same++;
  return [
    ...old.slice(start, old.length - same).map((line) => `    ${title} - ${line}`),
    ...now.slice(start, now.length - same).map((line) => `    ${title} + ${line}`),
  ].slice(0, 12);
}
