import { importPlace } from '../imports/importPlace.js';
import { candidateOf, type Candidate, type FixPlace } from './candidate.js';

const MAX_NAMES = 3;
/** How tools write the name that a message is about. */
const NAMES = /['"`‘“]((?:std::)?[\p{L}_$][\p{L}\p{N}_$]*)['"`’”]|undefined: ([\p{L}_][\p{L}\p{N}_]*)/gu;
const UNKNOWN =
  /not defined|undefined|undeclared|unresolved|unbound|unknown|cannot find|can't find|not found|does not name|not a member|cannot be resolved|implicit declaration|not (?:been )?declared|未定义|找不到/i;

/**
 * Imports of the project, or of the standard library, that make known what the message says is unknown.
 * @param unbound names in the lines of the diagnostic that nothing defines
 * @param projectExports finds what the project's own files export
 * @param isCorrect asked where several modules have the name: only one may be
 */
export async function* missingImportCandidates(
  place: FixPlace,
  unbound: readonly string[],
  projectExports: (name: string) => Promise<readonly string[]>,
  isCorrect: (candidate: Candidate) => Promise<boolean>,
): AsyncGenerator<Candidate, void> {
  const { languageId, lines, text, target, messages } = place;
  const said = messages.filter((message) => UNKNOWN.test(message));
  const named = said.flatMap((message) =>
    [...message.matchAll(NAMES)].map(([, quoted = '', plain = '']) => (quoted + plain).replace('std::', '')),
  );
  const names = [...new Set([...named, ...unbound])].filter((name) => name !== 'std').slice(0, MAX_NAMES);
  if (names.length === 0) return;
  // A list of thirty kilobytes that most sessions don't need.
  const { standardImports } = await import('../imports/standardImports.js');
  const uses = lines.slice(target.start, target.end);
  for (const name of names) {
    const own = await projectExports(name);
    const statements = [...own, ...standardImports(name, languageId, text, uses)];
    const found = statements.flatMap((statement) => withImport(place, statement) ?? []);
    if (found.length <= 1) yield* found;
    else {
      const correct: Candidate[] = [];
      for (const candidate of found) if (await isCorrect(candidate)) correct.push(candidate);
      if (correct.length === 1) yield* correct;
    }
  }
}

function withImport({ languageId, lines, text }: FixPlace, statement: string): Candidate | undefined {
  const place = importPlace(lines, languageId, statement);
  if (place === undefined) return undefined;
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  // Each line's own end is kept.
  const parts = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const added = place.lines.map((line) => line + lineEnd);
  const after = [...parts.slice(0, place.line), ...added, ...parts.slice(place.line)].join('');
  return candidateOf(text, after, { origin: 'import', needsProof: true });
}
