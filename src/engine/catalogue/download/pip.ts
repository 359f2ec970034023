import { spawn } from 'node:child_process';
import { AttemptFailed } from './downloadSource.js';
import type { DownloadAttempt } from '../../../protocol/errors.js';
import { folderError } from '../modelsFolder.js';
import { killTree } from '../../killTree.js';

/** How the machine's pip may be called, the likeliest first. */
const CANDIDATES: readonly (readonly [string, ...string[]])[] = [
  ['pip'],
  ['pip3'],
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['py', '-m', 'pip'],
];
const PROBE_MS = 20_000;
/** Of pip's output only the end is kept: it holds the reason of a failure. */
const KEPT_OUTPUT = 16_384;

export interface PipRun {
  /** The current directory too, so that `python -m` can't pick up a module of the user's workspace. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Rejects a run that makes no headway. */
  readonly onTick?: () => Promise<void>;
}

/** The machine's own pip. Its configuration is the user's, so a mirror that is set there is used. */
export class Pip {
  private constructor(private readonly command: readonly [string, ...string[]]) {}

  /** @throws AttemptFailed `noPip` */
  static async find(run: PipRun): Promise<Pip> {
    for (const command of CANDIDATES) {
      const signal = AbortSignal.any([run.signal, AbortSignal.timeout(PROBE_MS)]);
      const pip = new Pip(command);
      const isThere = await pip.run(['--version'], { ...run, signal }).then(
        () => true,
        () => false,
      );
      run.signal.throwIfAborted();
      if (isThere) return pip;
    }
    throw new AttemptFailed('noPip', 'neither pip nor a Python with pip was found');
  }

  /**
   * Fetches one wheel into `folder`, without its dependencies. Nothing is built, installed or cached.
   * @throws AttemptFailed, EngineError `noDiskSpace`, or the signal's reason
   */
  async download(requirement: string, { folder, ...run }: PipRun): Promise<void> {
    const options = ['--no-deps', '--only-binary=:all:', '--ignore-requires-python', '--no-cache-dir'];
    const quiet = ['--no-input', '--progress-bar=off', '--disable-pip-version-check', '--retries=1'];
    await this.run(['download', ...options, ...quiet, '--dest', folder, requirement], { folder, ...run });
  }

  private async run(args: readonly string[], { folder, signal, onTick }: PipRun): Promise<void> {
    signal.throwIfAborted();
    const child = spawn(process.execPath, ['-e', GUARD, ...this.command, ...args], {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
      // A group of its own: pip is often a shell script, and killing only that would leave Python running.
      detached: process.platform !== 'win32',
      env: {
        ...process.env,
        // What pip is just receiving lies there too: on the models' disk, and its size shows the progress.
        TMPDIR: folder,
        TEMP: folder,
        TMP: folder,
        PIP_REQUIRE_VIRTUALENV: 'false',
        PYTHONUTF8: '1',
        // In VS Code, this program is Electron.
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: '',
      },
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code));
    });
    const kill = (): void => {
      if (child.exitCode === null) killTree(child);
    };
    const code = await whileRunning(ended, kill, signal, onTick).catch((error: unknown) => {
      if (error instanceof Error && 'syscall' in error) throw new AttemptFailed('noPip', error.message);
      throw error;
    });
    if (code !== 0) throw pipFailure(output, folder, code);
  }
}

/**
 * Runs pip in a process that ends it when this one is killed: the pipe to its input closes then, whatever happened. A
 * handler for that can't run here.
 */
const GUARD = `
const { spawn } = require('node:child_process');
const [program, ...args] = process.argv.slice(1);
const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], windowsHide: true });
child.once('error', (error) => {
  process.stderr.write(error.message);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.stdin.once('close', () => {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true });
}).resume();
`;

/** Waits for the child; kills it when the signal is aborted, a tick rejects, or this process ends. */
async function whileRunning(
  ended: Promise<number | null>,
  kill: () => void,
  signal: AbortSignal,
  onTick: () => Promise<void> = () => Promise.resolve(),
): Promise<number | null> {
  let failure: unknown;
  const stop = (reason: unknown): void => {
    failure ??= reason;
    kill();
  };
  const onAbort = (): void => stop(signal.reason);
  const timer = setInterval(() => void onTick().catch(stop), 250);
  process.once('exit', kill);
  signal.addEventListener('abort', onAbort);
  try {
    const code = await ended;
    if (failure !== undefined) throw failure as Error;
    return code;
  } finally {
    clearInterval(timer);
    process.off('exit', kill);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Read in this order: after a broken connection pip also says that there is no such version. */
const REASONS: readonly (readonly [RegExp, DownloadAttempt['reason']])[] = [
  [/ReadTimeoutError|Read timed out|ConnectTimeout/i, 'timeout'],
  [
    /IncompleteRead|connection broken: (?!.*NewConnection)|ConnectionResetError|ProtocolError/i,
    'interrupted',
  ],
  [/NewConnectionError|Max retries exceeded|ProxyError|SSLError|NameResolutionError/i, 'unreachable'],
  [/\b40[13]\b (?:Client )?Error|Forbidden|Unauthorized/i, 'forbidden'],
  [/\b5\d\d\b (?:Server )?Error/i, 'serverError'],
  [/No matching distribution|Could not find a version|\b404\b/i, 'notFound'],
];

/** What pip's output says about its failure. */
export function pipFailure(output: string, folder: string, code: number | null): Error {
  if (/No space left on device|\[Errno 28\]/i.test(output))
    return folderError(folder, Object.assign(new Error('pip'), { code: 'ENOSPC' }));
  const [pattern, reason] = REASONS.find(([known]) => known.test(output)) ?? [/(?:)/, 'serverError' as const];
  const lines = sayings(output);
  const detail = lines.filter((line) => pattern.test(line)).at(-1) ?? lines.at(-1);
  return new AttemptFailed(reason, detail ?? `pip exited with ${code ?? 'a signal'}`);
}

/** What pip said, line by line, without what doesn't belong into a message: control codes, credentials. */
function sayings(output: string): string[] {
  return output
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\u0000-\u001f\u007f]/g, ' ').trim())
    .filter((line) => line !== '' && !/^(?:\[notice\]|WARNING: (?!Retrying))/.test(line))
    .map((line) =>
      line
        .replace(/^.*connection broken by /, '')
        .replace(/\/\/[^/@\s]+@/g, '//')
        .slice(0, 300),
    );
}
