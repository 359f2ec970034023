import { readFile } from 'node:fs/promises';

/** How often it is looked whether models are still used. */
const LOOK_MS = 10_000;
/** A model that was wanted a moment ago stays, however little memory there is: it would only be loaded again. */
const SHORT_MEMORY_IDLE_MS = 60_000;
/** Part of the memory below which a system begins to write memory to the disk, or to end processes. */
const SHORT_MEMORY = 0.05;
const MINUTE_MS = 60_000;

export interface IdleUnloadDeps {
  /** What holds the models, and how often something was wanted of one, apart from warming up. */
  readonly host: {
    readonly isLoaded: boolean;
    readonly uses: number;
    unload(): Promise<void>;
  };
  /** Whether a request runs, or something is being evaluated. */
  readonly isWorking: () => boolean;
  /** After so long without use models are let go; 0: never. */
  readonly minutes: () => number;
  readonly log: (level: string, message: string) => void;
  /** The part of the memory that programs can still take, if the system tells. */
  readonly freeShare?: () => Promise<number | undefined>;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
  /** Calls back once. */
  readonly after?: (milliseconds: number, call: () => void) => void;
}

/** Lets models go that nothing was wanted of for long, or when memory runs short. The next use loads them again. */
export class IdleUnload {
  private readonly deps: Required<IdleUnloadDeps>;
  private uses = 0;
  private lastUse: number;

  constructor(deps: IdleUnloadDeps) {
    this.deps = { freeShare, now: () => performance.now(), after: withoutHolding, ...deps };
    this.lastUse = this.deps.now();
    this.lookLater();
  }

  private lookLater(): void {
    // A short time is kept, too; looking costs next to nothing.
    const wait = Math.min(LOOK_MS, (this.deps.minutes() * MINUTE_MS) / 4 || LOOK_MS);
    this.deps.after(Math.max(wait, 500), () => {
      void this.look().finally(() => this.lookLater());
    });
  }

  private async look(): Promise<void> {
    const { host, isWorking, now, log } = this.deps;
    if (!host.isLoaded || isWorking() || host.uses !== this.uses) {
      this.uses = host.uses;
      this.lastUse = now();
      return;
    }
    const reason = await this.reason(now() - this.lastUse);
    // Reading the memory takes a moment, in which work may have begun.
    if (reason === undefined || isWorking() || host.uses !== this.uses) return;
    log('info', `The model is unloaded: ${reason}. The next use loads it again.`);
    await host
      .unload()
      .catch((error: unknown) => log('error', `unloading the model failed: ${String(error)}`));
  }

  private async reason(idleMs: number): Promise<string | undefined> {
    const minutes = this.deps.minutes();
    if (minutes === 0) return undefined;
    if (idleMs >= minutes * MINUTE_MS) return `it wasn't used for ${minutes} minutes`;
    if (idleMs < SHORT_MEMORY_IDLE_MS) return undefined;
    const free = await this.deps.freeShare();
    return free !== undefined && free < SHORT_MEMORY
      ? `only ${Math.round(free * 100)} % of the memory is available`
      : undefined;
  }
}

/** @param read the text of Linux's `/proc/meminfo`; elsewhere a system's "free" says nothing of the kind */
export async function freeShare(
  read: () => Promise<string> = () => readFile('/proc/meminfo', 'utf8'),
): Promise<number | undefined> {
  const text = await read().catch(() => '');
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]);
  const share = kilobytes('MemAvailable') / kilobytes('MemTotal');
  return Number.isFinite(share) ? share : undefined;
}

function withoutHolding(milliseconds: number, call: () => void): void {
  setTimeout(call, milliseconds).unref();
}
