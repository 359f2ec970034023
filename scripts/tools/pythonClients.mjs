import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './paths.mjs';
import { Failure } from './command.mjs';
import { withLock } from './lock.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const run = promisify(execFile);

/**
 * The folder of executables of a Python virtual environment with the packages for the tests of the HTTP server
 * (test/http/python/requirements.txt). It is created once per version of that file.
 * @param {string} root the repository's folder
 */
export async function ensurePythonClients(root) {
  const requirements = join(root, 'test/http/python/requirements.txt');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = cacheFolder(`python-clients-${hash}`);
  const programs = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const done = join(folder, 'done');
  if (existsSync(done)) return programs;
  mkdirSync(dirname(folder), { recursive: true });
  await withLock(`${folder}-lock`, async () => {
    if (existsSync(done)) return;
    rmSync(folder, { recursive: true, force: true });
    await createEnvironment(folder);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
    await run(join(programs, 'python'), pip, { timeout: 300_000 }).catch((error) => {
      throw new Failure(`pip could not get the packages of ${requirements}:\n${lastLines(error)}`);
    });
    writeFileSync(`${done}.part`, '');
    renameSync(`${done}.part`, done);
  });
  return programs;
}

/** Creates the environment; on Debian, installs the venv module first if it is missing. */
async function createEnvironment(folder) {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const create = () => run(python, ['-m', 'venv', folder], { timeout: 120_000 });
  try {
    await create();
  } catch {
    const missing = await ensureSystemPackages(['python3', 'python3-venv', 'python3-pip']);
    rmSync(folder, { recursive: true, force: true });
    await create().catch((error) => {
      throw new Failure(`${missing ?? 'python3 -m venv failed.'}\n${lastLines(error)}`);
    });
  }
}

function lastLines(error) {
  return String(error.stderr || error.message)
    .trim()
    .split('\n')
    .slice(-5)
    .join('\n');
}
