import type { ModelEntry } from '../../../protocol/model.js';

/** Licences that let anybody use a model for anything, by the ids that hubs use, with the way they are written. */
const FREE: Readonly<Record<string, string>> = {
  'apache-2.0': 'Apache-2.0',
  mit: 'MIT',
  bsd: 'BSD',
  'bsd-2-clause': 'BSD-2-Clause',
  'bsd-3-clause': 'BSD-3-Clause',
  'cc0-1.0': 'CC0-1.0',
  'cc-by-4.0': 'CC-BY-4.0',
  unlicense: 'Unlicense',
  isc: 'ISC',
  'mpl-2.0': 'MPL-2.0',
};

/**
 * A licence by a hub's word. Any that isn't known to be free has to be accepted; a repository that states none can't
 * ask for that.
 */
export function licenceOf(stated: string, url: string): ModelEntry['licence'] {
  const id = stated.trim().toLowerCase();
  const free = Object.hasOwn(FREE, id) ? FREE[id] : undefined;
  return { name: free ?? stated.trim(), url, mustAccept: free === undefined && id !== '' };
}
