import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The built command line. */
export const YOUTU = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'dist/cli/main.mjs');

export interface YoutuResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface YoutuOptions {
  /** The piped input; by default empty. */
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The program to run instead of the built one. */
  readonly program?: string;
}

/** Starts the command line as a shell would, without a terminal. */
export function startYoutu(
  args: readonly string[],
  { env = {}, cwd = process.cwd(), program = YOUTU }: YoutuOptions = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env } });
}

/** Runs it to its end. */
export async function youtu(args: readonly string[], options: YoutuOptions = {}): Promise<YoutuResult> {
  const child = startYoutu(args, options);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that doesn't read its input closes it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
