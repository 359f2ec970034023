import { definitionText } from '../../syntax/outline/definitionText.js';
import type { Snippet } from './snippet.js';
import type { UsedDefinition } from './usedDefinitions.js';

/** How far around the cursor a name counts as one that the user is at work with. */
const NEAR = 2000;
/** What a file's path and the marks around it take. */
const FILE_COST = 12;
/** The largest share of the budget for one definition. */
const LARGEST_SHARE = 0.6;

/** `import` lines name everything, whether it is used or not. */
const IMPORT =
  /^[ \t]*(?:import|from|(?:pub )?use|package|#\s*include)\b(?:[^;'"\n({]|\([^)]*\)|\{[^}]*\})*(?:'[^'\n]*'|"[^"\n]*")?;?/gm;

export interface ChosenDefinitions {
  readonly snippets: readonly Snippet[];
  /** Not all of them had room: what is shown depends on where the cursor is. */
  readonly isCut: boolean;
}

/**
 * Chooses which definitions of other files a prompt shows: first those whose names stand near the cursor, then those
 * that were imported and aren't used yet, then those used elsewhere in the file, then what these speak of, then the
 * others. They are shown file by file in the order of the imports, whatever their rank, so that a changed rank moves
 * no text.
 * @param display how a path is shown
 */
export function chooseDefinitions(
  used: readonly UsedDefinition[],
  text: string,
  offset: number,
  characters: number,
  display: (path: string) => string,
): ChosenDefinitions {
  const body = text.replaceAll(IMPORT, (statement) => statement.replaceAll(/[^\n]/g, ' '));
  const near = wordsIn(body.slice(Math.max(0, offset - NEAR), offset + NEAR));
  const anywhere = wordsIn(body);
  const nameRank = (name: string): number => (near.has(name) ? 0 : anywhere.has(name) ? 1 : 2);
  const ranked = used
    .map((entry, order) => ({ entry, order, rank: rankOf(entry, near, anywhere) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order);
  const chosen: { readonly entry: UsedDefinition; readonly text: string }[] = [];
  const files = new Set<string>();
  const texts = new Set<string>();
  let left = characters;
  let isCut = false;
  for (const { entry } of ranked) {
    const fileCost = files.has(entry.path) ? 1 : display(entry.path).length + FILE_COST;
    const most = Math.min(left - fileCost, Math.floor(characters * LARGEST_SHARE));
    const shown = definitionText(entry.definition, most, nameRank);
    if (shown === undefined || shown.length < fullLength(entry)) isCut = true;
    if (shown === undefined || shown.length > most || texts.has(`${entry.path} ${shown}`)) continue;
    texts.add(`${entry.path} ${shown}`);
    files.add(entry.path);
    left -= fileCost + shown.length;
    chosen.push({ entry, text: shown });
  }
  return { snippets: byFile(used, chosen, display), isCut };
}

function rankOf(
  { local, definition, how }: UsedDefinition,
  near: ReadonlySet<string>,
  anywhere: ReadonlySet<string>,
): number {
  // A method is called by its own name, not by its type's.
  const names = definition.isPart === true ? [local, ...definition.members.map(({ name }) => name)] : [local];
  if (how === 'mentioned') return 3;
  if (names.some((name) => near.has(name))) return 0;
  if (names.some((name) => anywhere.has(name))) return 2;
  return how === 'named' ? 1 : 4;
}

function fullLength({ definition }: UsedDefinition): number {
  return definitionText(definition, Number.MAX_SAFE_INTEGER)?.length ?? 0;
}

function byFile(
  used: readonly UsedDefinition[],
  chosen: readonly { readonly entry: UsedDefinition; readonly text: string }[],
  display: (path: string) => string,
): Snippet[] {
  const paths = [...new Set(used.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const own = chosen.filter(({ entry }) => entry.path === path);
    own.sort((a, b) => a.entry.index - b.entry.index);
    return own.length === 0 ? [] : [{ path: display(path), text: own.map(({ text }) => text).join('\n') }];
  });
}

function wordsIn(text: string): Set<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
}
