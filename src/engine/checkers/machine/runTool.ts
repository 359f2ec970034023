import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { killTree } from '../../killTree.js';

/** Compilers need less; one that takes longer is stuck, or builds a whole project. */
const MAX_MS = 10_000;
/** A thousand messages. */
const MAX_OUTPUT_BYTES = 1_000_000;
/** For pipes that a process with a group of its own keeps open after the tool's end. */
const MAX_CLOSING_MS = 300;

export interface ToolRun {
  /** An absolute path: nothing is looked up, and no shell reads the arguments. */
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** For its standard input. */
  readonly input?: string;
  readonly maxMs?: number;
  readonly maxBytes?: number;
  /** Called when the program is stopped. */
  readonly onStop?: (reason: 'time' | 'output') => void;
  readonly signal: AbortSignal;
}

export interface ToolOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end and leaves nothing of it running.
 * @returns `undefined` when it can't be started, is killed, takes too long or writes too much
 * @throws the signal's reason when aborted
 */
export async function runTool({
  signal,
  maxMs = MAX_MS,
  maxBytes = MAX_OUTPUT_BYTES,
  onStop,
  input = '',
  ...run
}: ToolRun): Promise<ToolOutput | undefined> {
  signal.throwIfAborted();
  const child = spawn(run.program, run.args, {
    cwd: run.folder,
    env: run.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, which can be killed as a whole.
    detached: process.platform !== 'win32',
  });
  // Tools end without having read everything.
  child.stdin.on('error', () => undefined).end(input);
  const state = { isStopped: false };
  const stop = (): void => {
    state.isStopped = true;
    killTree(child);
  };
  const stopFor = (reason: 'time' | 'output'): void => {
    if (!state.isStopped) onStop?.(reason);
    stop();
  };
  const output = collectOutput(child, maxBytes, () => stopFor('output'));
  const timer = setTimeout(() => stopFor('time'), maxMs);
  process.once('exit', stop);
  signal.addEventListener('abort', stop);
  try {
    const code = await endOf(child);
    signal.throwIfAborted();
    return code === undefined || state.isStopped ? undefined : { code, ...output() };
  } finally {
    clearTimeout(timer);
    process.off('exit', stop);
    signal.removeEventListener('abort', stop);
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** @returns the exit code, or `undefined` for a program that didn't start or was killed */
function endOf(child: Child): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (code) => {
      // What the tool has left in the background.
      killTree(child);
      const result = code ?? undefined;
      const timer = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve(result);
      }, MAX_CLOSING_MS);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(result);
      });
    });
  });
}

function collectOutput(
  { stdout, stderr }: Child,
  maxBytes: number,
  onTooMuch: () => void,
): () => Pick<ToolOutput, 'stdout' | 'stderr'> {
  let bytes = 0;
  const collect = (stream: Readable): (() => string) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else onTooMuch();
    });
    return () => Buffer.concat(chunks).toString('utf8');
  };
  const [out, error] = [collect(stdout), collect(stderr)];
  return () => ({ stdout: out(), stderr: error() });
}
