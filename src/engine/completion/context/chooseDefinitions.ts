import { definitionText } from '../../syntax/outline/definitionText.js';
import { commentOf, FileSnippets, type Snippet } from './fileSnippets.js';
import { Proximity } from './proximity.js';
import type { UsedDefinition } from './usedDefinitions.js';

/** The largest share of the budget for one definition. */
const MAX_SHARE = 0.8;
/** The share that is kept for bare names when not all has room. */
const NAMES_SHARE = 0.2;
/** Names with a worse score aren't worth it. */
const WORST_NAMED = 1.2;

export interface ChosenDefinitions {
  readonly snippets: readonly Snippet[];
  /** Not all of them had room: what is shown depends on where the cursor is. */
  readonly isCut: boolean;
}

/**
 * Chooses which definitions of other files a prompt shows, the best scores first; of what has no room and yet may be
 * meant, the names. They are shown file by file in the order of the imports, whatever their score, so that another
 * score moves no text.
 * @param display how a path is shown
 */
export function chooseDefinitions(
  used: readonly UsedDefinition[],
  text: string,
  offset: number,
  characters: number,
  display: (path: string) => string,
): ChosenDefinitions {
  const paths = new Set(used.map(({ path }) => path));
  const all = new FileSnippets(characters, display);
  const isCut = used.some(({ path, index, definition }) => {
    const whole = definitionText(definition, { characters: Infinity });
    return whole === undefined || !all.add(path, index, whole);
  });
  if (!isCut) return { snippets: all.build(paths), isCut };

  const proximity = new Proximity(text, offset);
  const rankOf = (name: string): number => memberRank(name, proximity);
  const ranked = used
    .map((entry, order) => ({ entry, order, score: definitionScore(entry, proximity) }))
    .sort((a, b) => a.score - b.score || a.order - b.order);
  const chosen = new FileSnippets(characters, display);
  const kept = Math.floor(characters * NAMES_SHARE);
  const left = ranked.filter(({ entry: { path, index, definition } }) => {
    const room = Math.min(chosen.roomFor(path) - kept, Math.floor(characters * MAX_SHARE));
    const shown = definitionText(definition, { characters: room, rankOf, comment: commentOf(path) });
    return shown === undefined || !chosen.add(path, index, shown);
  });
  for (const { entry, score } of left) {
    const { name, isPart } = entry.definition;
    if (score <= WORST_NAMED && isPart !== true) chosen.addName(entry.path, name);
  }
  return { snippets: chosen.build(paths), isCut };
}

/** Text near the cursor is in the prompt anyway. */
function memberRank(name: string, proximity: Proximity): number {
  if (proximity.linesTo(name) !== undefined) return 1;
  return name.startsWith('_') ? 2 : 0;
}

/** Lines over which nearness counts. */
const NEAR_LINES = 60;
/** Scores of what isn't near, between those of near ones (0 to 1). */
const UNUSED_YET = 0.5;
const USED_ELSEWHERE = 1.5;
const OFFERED = 3;
/** What is added for being one of many. */
const OFFERED_NEAR = 0.1;
const MENTIONED = 0.6;
const PRIVATE = 0.5;

/**
 * How likely it is that a definition helps at the cursor: the smaller, the likelier. What is used near the cursor and
 * what was imported and isn't used yet come first; then what comes with a module that is named near.
 */
export function definitionScore(used: UsedDefinition, proximity: Proximity): number {
  const { local, module, definition, how, by } = used;
  if (how === 'mentioned') return nameScore(by ?? local, proximity) + MENTIONED;
  if (how === 'named') return nameScore(local, proximity);
  // A method is called by its own name, not by its type's.
  const names = definition.isPart === true ? [local, ...definition.members.map(({ name }) => name)] : [local];
  const own = Math.min(...names.map((name) => (proximity.has(name) ? nameScore(name, proximity) : OFFERED)));
  const byModule = module === undefined || !proximity.has(module) ? OFFERED : nameScore(module, proximity);
  return Math.min(own, byModule) + OFFERED_NEAR + (local.startsWith('_') ? PRIVATE : 0);
}

function nameScore(name: string, proximity: Proximity): number {
  const lines = proximity.linesTo(name);
  if (lines !== undefined && lines <= NEAR_LINES) return lines / NEAR_LINES;
  return proximity.has(name) ? USED_ELSEWHERE : UNUSED_YET;
}
