import type { Proximity } from './proximity.js';
import type { UsedDefinition } from './usedDefinitions.js';

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
