import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Failure } from './command.mjs';

const QUIET = [
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--loglevel',
  'error',
  '--engine-strict=false',
];

/**
 * Runs npm quietly.
 * @param {readonly string[]} args
 * @param {{ cwd: string, what: string }} options `what` is being installed
 */
export async function npm(args, { cwd, what }) {
  const env = { ...process.env };
  // `npm start` passes its package and flags to child processes; they must not affect this npm.
  for (const name of Object.keys(env))
    if (/^npm_(package|lifecycle|config_(local_)?prefix)/i.test(name)) delete env[name];
  const { code, output } = await run([...args, ...QUIET], cwd, env);
  if (code !== 0) throw new Failure(explain(output, what));
}

function run(args, cwd, env) {
  const cli = process.env.npm_execpath;
  const [command, first] =
    cli?.endsWith('npm-cli.js') && existsSync(cli) ? [process.execPath, [cli]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command === 'npm' && process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) =>
      reject(
        error.code === 'ENOENT'
          ? new Failure('npm is not on the PATH. It comes with Node: nodejs.org.')
          : error,
      ),
    );
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The reason of the failure and what to do about it, from npm's output. */
function explain(output, what) {
  const lines = output.trim().split('\n');
  const reason = lines
    .filter((line) => !/^npm error\s+at /.test(line))
    .slice(0, 6)
    .join('\n');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output))
    return `npm can't reach its registry, so ${what} could not be installed.\nCheck the network; behind a proxy set HTTPS_PROXY; for a mirror: npm config set registry ADDRESS. Then run the command again; it continues where it stopped.\n\n${reason}`;
  if (/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_/i.test(output))
    return `npm does not trust the certificate of its registry, so ${what} could not be installed.\nGive it your company's certificate: npm config set cafile FILE.\n\n${reason}`;
  if (/E404|ETARGET|notarget/i.test(output))
    return `The npm registry in use lacks a package of ${what}.\nTry another one: npm config set registry ADDRESS.\n\n${reason}`;
  if (/ENOSPC/.test(output)) return `The disk is full; ${what} could not be installed.\n\n${reason}`;
  if (/EACCES|EPERM|EROFS/.test(output))
    return `No permission to write the files of ${what}. Check the owner of the folder.\n\n${reason}`;
  return `npm could not install ${what}:\n\n${reason}`;
}
