/** Share of its threads' time that an evaluation gets on a machine with free cores; below that, other processes have them. */
const CROWDED_SHARE = 0.75;
const FREE_SHARE = 0.9;
/** Shorter evaluations say nothing: starting the threads is most of them. */
const MIN_MS = 15;
/**
 * Milliseconds of evaluation that are assessed together. One token alone seems crowded whenever anything wakes
 * up for a moment: assessed one by one, a quarter of the decoding speed was lost on an idle machine.
 */
const JUDGED_MS = 250;
const NOTHING = { threads: 0, cpuMs: 0, wallMs: 0 } as const;
/** After so much undisturbed evaluating with fewer threads another one is tried again. */
const CALM_MS = 1500;

/** A core of which others take so much is just worth a thread still. */
const BUSY_PART = 0.5;

interface Evaluated {
  readonly threads: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

/**
 * Takes threads away while other processes keep the cores busy. llama.cpp's barrier spins: one thread that waits
 * for a core keeps all others waiting with it, and two threads on one free core are slower by far than one: an
 * evaluation of 0.1 s took 14 s. So it is best known before. Where the system doesn't tell, or not all (another
 * machine on the same processor), what shows it is the processor time that an evaluation got, against what its
 * threads could have had.
 */
export class ThreadGovernor {
  /** Most threads that are worth while now, by what evaluations got. */
  private most = Number.POSITIVE_INFINITY;
  private calmMs = 0;
  private seen: Evaluated = NOTHING;

  constructor(private readonly cores: number) {}

  /**
   * @param wanted threads on an idle machine
   * @param busyCores cores that others keep busy, if that can be told
   */
  allowed(wanted: number, busyCores = 0): number {
    const free = this.cores - Math.ceil(busyCores - BUSY_PART);
    return Math.max(1, Math.min(wanted, this.most, free));
  }

  /**
   * @param threads how many evaluated
   * @param cpuMs processor time that this process used meanwhile, milliseconds
   * @param wallMs how long it took, milliseconds
   */
  observe(threads: number, cpuMs: number, wallMs: number): void {
    if (wallMs < MIN_MS) return;
    const before = this.seen.threads === threads ? this.seen : NOTHING;
    this.seen = { threads, cpuMs: before.cpuMs + cpuMs, wallMs: before.wallMs + wallMs };
    if (this.seen.wallMs < JUDGED_MS) return;
    this.assess(this.seen);
    this.seen = NOTHING;
  }

  private assess({ threads, cpuMs, wallMs }: Evaluated): void {
    const share = cpuMs / (wallMs * threads);
    if (share < CROWDED_SHARE) {
      this.calmMs = 0;
      this.most = Math.max(1, threads - 1);
    } else if (share >= FREE_SHARE && Number.isFinite(this.most) && threads >= this.most) {
      this.calmMs += wallMs;
      if (this.calmMs < CALM_MS) return;
      this.calmMs = 0;
      this.most += 1;
    }
  }
}
