import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { withLock } from './lock.mjs';
import { cacheFolder } from './paths.mjs';

const run = promisify(execFile);

/**
 * Installs missing Debian packages if apt-get exists and the user is root.
 * @param {readonly string[]} names
 * @returns an error message if packages are still missing, else undefined
 */
export async function ensureSystemPackages(names) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return undefined;
  let missing = await findMissing(names);
  if (missing.length === 0) return undefined;
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) return `These packages are missing: sudo ${command}`;
  const reason = await withLock(cacheFolder('apt'), async () => {
    missing = await findMissing(names);
    return missing.length === 0 ? undefined : install(missing);
  });
  return reason === undefined ? undefined : `"${command}" failed: ${reason}`;
}

async function findMissing(names) {
  // dpkg-query fails if one of the names is unknown, but still prints the others.
  const query = run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]);
  const { stdout } = await query.catch((error) => error);
  const installed = new Set(
    String(stdout)
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return names.filter((name) => !installed.has(name));
}

async function install(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], { env, timeout: 600_000 });
  try {
    await apt('update');
    await apt('install', '--no-install-recommends', '-y', ...names);
    return undefined;
  } catch (error) {
    return String(error.stderr || error.message)
      .trim()
      .split('\n')
      .slice(-5)
      .join('\n');
  }
}
