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
 * The folder of the programs of a Python environment with the packages that tests of the HTTP server use
 * (test/http/python/requirements.txt). Made once for each state of that file.
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
    await makeEnvironment(folder);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
    await run(join(programs, 'python'), pip, { timeout: 300_000 }).catch((error) => {
      throw new Failure(`pip could not get the packages of ${requirements}:\n${lastLines(error)}`);
    });
    writeFileSync(`${done}.part`, '');
    renameSync(`${done}.part`, done);
  });
  return programs;
}

/** Debian keeps what a Python needs for this in a package of its own. */
async function makeEnvironment(folder) {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const make = () => run(python, ['-m', 'venv', folder], { timeout: 120_000 });
  try {
    await make();
  } catch {
    const missing = await ensureSystemPackages(['python3', 'python3-venv', 'python3-pip']);
    rmSync(folder, { recursive: true, force: true });
    await make().catch((error) => {
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
