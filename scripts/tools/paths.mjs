import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, independent of the working directory. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path inside the repository. */
export const inRoot = (...parts) => join(root, ...parts);

/** A path in the cache of downloaded tools, which all clones of a user share. */
export function cacheFolder(...parts) {
  return join(userCaches(), 'youtu-code', 'tools', ...parts);
}

function userCaches() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  if (process.platform === 'darwin') return join(home(), 'Library', 'Caches');
  return XDG_CACHE_HOME || join(home(), '.cache');
}

/** HOME may be empty if a script runs without a user session. */
function home() {
  return homedir() || userInfo().homedir;
}
