import type { ThreadCounts } from './threads.js';

/** How many threads one loaded model gets: an estimate, until they were measured for it. */
export class ModelThreads {
  private measured: ThreadCounts | undefined;

  /** @param isFixed whether the user has said how many */
  constructor(
    private readonly estimate: ThreadCounts,
    readonly isFixed: boolean,
  ) {}

  get counts(): ThreadCounts {
    return this.measured ?? this.estimate;
  }

  /** As many as it may ever get: contexts that are open already take a measured number over. */
  get most(): number {
    return Math.max(this.estimate.prefill, this.estimate.decode);
  }

  get isMeasured(): boolean {
    return this.measured !== undefined;
  }

  take(measured: ThreadCounts): void {
    const { most } = this;
    this.measured = {
      prefill: Math.min(measured.prefill, most),
      decode: Math.min(measured.decode, most),
    };
  }
}
