import { fork, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { allocatorEnvironment } from '../../protocol/allocator.js';
import type { Terminal } from '../terminal/terminal.js';

/** What the process that serves tells its supervisor. */
export type ServeMessage =
  | { readonly kind: 'listening'; readonly port: number }
  /** Its event loop runs, and llama.cpp doesn't hang. */
  | { readonly kind: 'alive' }
  /** It ends for this reason, a sentence. */
  | { readonly kind: 'hangs'; readonly reason: string };

/** Set for the process that serves: `first`, or `again` after a restart. */
export const SUPERVISED = 'YOUTU_SERVE_SUPERVISED';
/** Exit status of a process that serves, when standard output can't be written: a new one could do no better. */
export const OUTPUT_FAILED = 74;
export const STOP_MESSAGE = 'stop';
export const ALIVE_EVERY_MS = 1000;

export interface SupervisorLimits {
  /** A process that has been silent for so many checks, one each {@link ALIVE_EVERY_MS}, hangs. */
  readonly maxSilentChecks: number;
  /** Starts a process in place of one that died; so many in this time, milliseconds, then it isn't tried again. */
  readonly restarts: number;
  readonly restartsWithinMs: number;
  /** The second restart in that time waits for so long, milliseconds, each further one twice as long as the last. */
  readonly backOffMs: number;
  /** What stopping may take, milliseconds. */
  readonly stopMs: number;
}

const LIMITS: SupervisorLimits = {
  maxSilentChecks: 30,
  restarts: 5,
  restartsWithinMs: 10 * 60_000,
  backOffMs: 1000,
  stopMs: 15_000,
};

interface Ending {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
}

/**
 * Runs the server in a process of its own and starts a new one when that dies or hangs. A native library can block a
 * process so thoroughly that nothing in it could notice.
 */
export class Supervisor {
  private readonly limits: SupervisorLimits;
  private child: ChildProcess | undefined;
  /** Where the first process listens; the next ones take the same port. */
  private port: number | undefined;
  private readonly restartTimes: number[] = [];
  private silentChecks = 0;

  constructor(
    /** The program and the arguments that it got. */
    private readonly program: { readonly module: string; readonly args: readonly string[] },
    private readonly terminal: Pick<Terminal, 'writeNote'>,
    limits: Partial<SupervisorLimits> = {},
    private readonly now: () => number = () => performance.now(),
  ) {
    this.limits = { ...LIMITS, ...limits };
  }

  /**
   * Serves until `signal` is aborted.
   * @returns the exit status
   */
  async run(signal: AbortSignal): Promise<number> {
    const check = setInterval(() => this.check(), ALIVE_EVERY_MS);
    const stop = (): void => this.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const ending = await this.serveOnce();
        const { code } = ending;
        if (signal.aborted) return code ?? 0;
        // One that never listened has said why, and would fail again.
        if (this.port === undefined) return statusOf(ending);
        // Without a reader (0) or on a full disk: standard output is the same for the next one.
        if (code === 0) return 0;
        if (code === OUTPUT_FAILED) return 1;
        const waitMs = this.restartAfterMs();
        if (waitMs === undefined) {
          this.terminal.writeNote(`The server ${reasonOf(ending)}, too often to be started again.\n`);
          return statusOf(ending);
        }
        const when = waitMs === 0 ? '' : ` in ${Math.ceil(waitMs / 1000)} s`;
        this.terminal.writeNote(`The server ${reasonOf(ending)}. It is started again${when}.\n`);
        const isStopped = await sleep(waitMs, false, { signal }).catch(() => true);
        if (isStopped) return 0;
      }
    } finally {
      clearInterval(check);
      signal.removeEventListener('abort', stop);
    }
  }

  private serveOnce(): Promise<Ending> {
    const { module, args } = this.program;
    const isFirst = this.port === undefined;
    const child = fork(module, [...args, ...(isFirst ? [] : ['--port', String(this.port)])], {
      // Ctrl+C in a terminal reaches a whole group of processes: this one passes it on.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        ...allocatorEnvironment(process.env),
        [SUPERVISED]: isFirst ? 'first' : 'again',
      },
    });
    this.child = child;
    this.silentChecks = Number.NEGATIVE_INFINITY;
    child.on('message', (message: ServeMessage) => {
      // While it starts it has nothing to answer.
      this.silentChecks = 0;
      if (message.kind === 'listening') this.port = message.port;
      if (message.kind === 'hangs') this.terminal.writeNote(`The server hangs: ${message.reason}\n`);
    });
    return new Promise((resolve) => {
      child.once('error', () => resolve({ code: 1, killedBy: null }));
      child.once('exit', (code, killedBy) => resolve({ code, killedBy }));
    });
  }

  /** Checks are counted instead of time: none are made while the machine sleeps. */
  private check(): void {
    if (++this.silentChecks < this.limits.maxSilentChecks) return;
    this.silentChecks = Number.NEGATIVE_INFINITY;
    this.terminal.writeNote('The server hangs: it does nothing any more, not even answer its supervisor.\n');
    this.child?.kill('SIGKILL');
  }

  private stop(): void {
    const { child } = this;
    if (child === undefined) return;
    if (child.connected) child.send(STOP_MESSAGE, () => undefined);
    else child.kill('SIGKILL');
    setTimeout(() => child.kill('SIGKILL'), this.limits.stopMs).unref();
  }

  /** @returns `undefined` when it was started again too often */
  private restartAfterMs(): number | undefined {
    const now = this.now();
    const recent = this.restartTimes.filter((time) => now - time < this.limits.restartsWithinMs);
    this.restartTimes.splice(0, Infinity, ...recent, now);
    if (recent.length >= this.limits.restarts) return undefined;
    return recent.length === 0 ? 0 : this.limits.backOffMs * 2 ** (recent.length - 1);
  }
}

function reasonOf({ code, killedBy }: Ending): string {
  return code === null ? `was ended by ${killedBy}` : `ended with exit status ${code}`;
}

/** As shells have it. */
function statusOf({ code, killedBy }: Ending): number {
  return code ?? (killedBy === null ? 1 : 128 + constants.signals[killedBy]);
}
