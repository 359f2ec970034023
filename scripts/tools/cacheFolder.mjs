import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where the tools of the scripts lie, once for each user and shared by all clones. */
export function cacheFolder(...parts) {
  return join(userCaches(), 'youtu-code', 'tools', ...parts);
}

function userCaches() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  if (process.platform === 'darwin') return join(home(), 'Library', 'Caches');
  return XDG_CACHE_HOME || join(home(), '.cache');
}

/** HOME may be set to nothing where a machine runs scripts without a user's session. */
function home() {
  return homedir() || userInfo().homedir;
}
