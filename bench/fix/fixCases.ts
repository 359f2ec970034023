// Sound files with one seeded mistake that a tool reports. A third of the files is for tuning; the cases of the others
// are only measured.
import { createHash } from 'node:crypto';
import { isBlank } from '../../src/engine/language/lines.js';
import { SeededRandom } from '../corpus/random.js';
import type { CodeFile } from './codeFiles.js';
import type { BrokenText, Judge } from './judge.js';
import { maskedCode } from './mask.js';
import { MUTATIONS } from './mutations.js';

export interface FixCase {
  readonly name: string;
  readonly original: CodeFile;
  readonly kind: string;
  readonly broken: BrokenText;
}

export type Part = 'tune' | 'held-out';

/** Of a file, before another one is taken. */
const MAX_TRIES = 6;

/** @param count at most; fewer when the files run out */
export async function* fixCases(
  files: readonly CodeFile[],
  { count, seed, part, kind }: { count: number; seed: number; part: Part; kind?: string | undefined },
  judge: Judge,
): AsyncGenerator<FixCase, void> {
  const own = shuffled(
    files.filter((file) => partOf(file) === part),
    new SeededRandom(seed),
  );
  const random = new SeededRandom(seed + (part === 'tune' ? 1 : 2));
  let made = 0;
  // A few files may give several cases each.
  for (let round = 0; round < 4; round++)
    for (const file of own) {
      if (made >= count) return;
      const found = await caseIn(file, random, kind, judge);
      if (found === undefined) continue;
      made++;
      yield found;
    }
}

/** By the file's name: whatever the seed, no file is in both parts. */
function partOf({ uri }: CodeFile): Part {
  const name = uri.split('/').slice(-3).join('/');
  return (createHash('sha256').update(name).digest()[0] ?? 0) % 3 === 0 ? 'tune' : 'held-out';
}

async function caseIn(
  file: CodeFile,
  random: SeededRandom,
  wanted: string | undefined,
  judge: Judge,
): Promise<FixCase | undefined> {
  const { text, languageId, uri } = file;
  const lines = text.split('\n');
  const masked = maskedCode(text, languageId).split('\n');
  const words = new Map<string, number>();
  for (const [word] of masked.join('\n').matchAll(/[A-Za-z_]\w*/g))
    words.set(word, (words.get(word) ?? 0) + 1);
  let isKnownSound = false;
  const kinds = MUTATIONS.filter(({ kind }) => wanted === undefined || kind === wanted);
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const mutation = random.pick(kinds);
    const places = shuffled(
      lines.map((_, at) => at).filter((at) => !isBlank(masked[at] ?? '')),
      random,
    ).slice(0, 60);
    for (const at of places) {
      const line = { text: lines[at] ?? '', code: masked[at] ?? '', languageId, words };
      const made = mutation.make(line, random);
      if (made === undefined) continue;
      if (!isKnownSound && !(await judge.isSound(file))) return undefined;
      isKnownSound = true;
      const broken = [...lines.slice(0, at), ...(made === null ? [] : [made]), ...lines.slice(at + 1)].join(
        '\n',
      );
      const diagnosed = await judge.diagnose(file, broken);
      if (diagnosed !== undefined)
        return {
          name: `${uri.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '')}:${at + 1}`,
          original: file,
          kind: mutation.kind,
          broken: diagnosed,
        };
      break;
    }
  }
  return undefined;
}

function shuffled<T>(list: readonly T[], random: SeededRandom): T[] {
  const all = [...list];
  for (let at = all.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const [one, two] = [all[at], all[other]];
    if (one === undefined || two === undefined) continue;
    [all[at], all[other]] = [two, one];
  }
  return all;
}
