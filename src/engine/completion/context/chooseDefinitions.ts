import { definitionText } from '../../syntax/outline/definitionText.js';
import { definitionScore } from './definitionScore.js';
import { commentOf, FileSnippets } from './fileSnippets.js';
import { Proximity } from './proximity.js';
import type { Snippet } from './snippet.js';
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

/** What stands near is known from there. */
function memberRank(name: string, proximity: Proximity): number {
  if (proximity.linesTo(name) !== undefined) return 1;
  return name.startsWith('_') ? 2 : 0;
}
