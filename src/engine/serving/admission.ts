import type { ModelRole } from '../../protocol/errors.js';
import type { Caller } from '../decoding/fairQueue.js';

/** Too many requests are waiting already. */
export class QueueFull extends Error {
  /** @param retryAfterSeconds when a place may be free */
  constructor(
    readonly waiting: number,
    readonly retryAfterSeconds: number,
  ) {
    super(`${waiting} requests are already waiting`);
    this.name = 'QueueFull';
  }
}

export interface AdmissionLimits {
  /** Requests that are answered at once by one model. */
  readonly slots: number;
  /** Requests that may wait for one model. */
  readonly queue: number;
}

/** What is known of a request before it is let in. */
export interface Applicant {
  readonly caller: Caller;
  readonly role: ModelRole;
}

/** Clients try two or three times: with less, all tries fall into one answer that takes longer than the mean. */
const MIN_RETRY_SECONDS = 5;
/** OpenAI's clients follow no longer time, and choose one of some seconds themselves. */
const MAX_RETRY_SECONDS = 60;
/** Share of the latest answer in the mean time. */
const LATEST_SHARE = 0.2;

interface Admitted extends Applicant {
  isRunning: boolean;
  readonly ending: AbortController;
}

/**
 * Lets requests in, up to those that the slots take and those that may wait: for a slot, for the model to be loaded, or
 * for an earlier request of their session. When all places are taken, a caller with few waiting requests gets the place
 * of the latest one of the caller that has most, so no caller can keep the others out.
 */
export class Admission {
  /** In the order of their arrival. */
  private readonly admitted = new Set<Admitted>();
  /** How long a slot is taken; 0 before the first answer. */
  private meanMs = 0;

  /** @param modelOf the id of the model that answers for a role; empty while that isn't known */
  constructor(
    private readonly limits: AdmissionLimits,
    private readonly modelOf: (role: ModelRole) => string,
    private readonly now = (): number => performance.now(),
  ) {}

  get running(): number {
    return [...this.admitted].filter(({ isRunning }) => isRunning).length;
  }

  get waiting(): number {
    return this.admitted.size - this.running;
  }

  /**
   * Runs the work of a request that is let in.
   * @param work gets a signal that is aborted with `signal`, or with QueueFull when another caller gets the place; calls
   *   `onStart` when it no longer waits
   * @throws QueueFull
   */
  async run<T>(
    applicant: Applicant,
    signal: AbortSignal,
    work: (signal: AbortSignal, onStart: () => void) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    this.makeRoom(applicant);
    const request: Admitted = { ...applicant, isRunning: false, ending: new AbortController() };
    const forward = (): void => request.ending.abort(signal.reason);
    signal.addEventListener('abort', forward, { once: true });
    this.admitted.add(request);
    let startedAt: number | undefined;
    try {
      return await work(request.ending.signal, () => {
        request.isRunning = true;
        startedAt ??= this.now();
      });
    } finally {
      if (startedAt !== undefined) this.measured(this.now() - startedAt);
      signal.removeEventListener('abort', forward);
      this.admitted.delete(request);
    }
  }

  /** Ends all requests: their callers are told `reason`, whatever their work does. */
  endAll(reason: Error): void {
    for (const { ending } of this.admitted) ending.abort(reason);
  }

  private measured(ms: number): void {
    this.meanMs += this.meanMs === 0 ? ms : LATEST_SHARE * (ms - this.meanMs);
  }

  /** A place is free as soon as one of the slots is. */
  private get retryAfterSeconds(): number {
    const seconds = Math.ceil(this.meanMs / 1000 / Math.max(1, this.limits.slots));
    return Math.min(MAX_RETRY_SECONDS, Math.max(MIN_RETRY_SECONDS, seconds));
  }

  private makeRoom({ caller, role }: Applicant): void {
    const rivals = [...this.admitted].filter((each) => this.shareModel(each.role, role));
    if (rivals.length < this.limits.slots + this.limits.queue) return;
    const waiting = rivals.filter(({ isRunning }) => !isRunning);
    const displaced = displacedBy(caller, waiting);
    if (displaced === undefined) throw this.full(waiting.length);
    this.admitted.delete(displaced);
    displaced.ending.abort(this.full(waiting.length));
  }

  private full(waiting: number): QueueFull {
    return new QueueFull(waiting, this.retryAfterSeconds);
  }

  /** Roles whose models aren't loaded yet may turn out to have the same. */
  private shareModel(one: ModelRole, other: ModelRole): boolean {
    const [first, second] = [this.modelOf(one), this.modelOf(other)];
    return one === other || first === '' || second === '' || first === second;
  }
}

/**
 * The latest request of the caller that has most waiting, at the address that has most; none where the newcomer's
 * address, and within it the newcomer itself, would then have more than those.
 */
function displacedBy(newcomer: Caller, waiting: readonly Admitted[]): Admitted | undefined {
  const byAddress = grouped(waiting, ({ caller }) => caller.address);
  const own = byAddress.get(newcomer.address) ?? [];
  const largest = largestOf(byAddress);
  const isOther = largest.length > own.length + 1;
  const byName = grouped(isOther ? largest : own, ({ caller }) => caller.name);
  const most = largestOf(byName);
  const ownOfName = isOther ? 0 : (byName.get(newcomer.name)?.length ?? 0) + 1;
  return most.length > ownOfName ? most.at(-1) : undefined;
}

function grouped(
  requests: readonly Admitted[],
  keyOf: (request: Admitted) => string,
): ReadonlyMap<string, readonly Admitted[]> {
  const groups = new Map<string, Admitted[]>();
  for (const each of requests) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}

function largestOf(groups: ReadonlyMap<string, readonly Admitted[]>): readonly Admitted[] {
  return [...groups.values()].reduce((most, group) => (group.length > most.length ? group : most), []);
}
