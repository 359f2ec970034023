/** What the document's own diagnostics say after an edit was applied. */
import type { Delay } from '../disposables.js';

/** Language servers that take longer are not waited for. */
const DEADLINE_MS = 3000;
/** Several tools report one after another. */
const SETTLE_MS = 500;

/** A diagnostic, as far as it matters here. */
export interface ShownProblem {
  readonly message: string;
  readonly source?: string | undefined;
  /** As VS Code counts: 0 error, 1 warning. */
  readonly severity: number;
}

export type AppliedOutcome =
  | { readonly kind: 'gone' }
  | { readonly kind: 'still'; readonly message: string }
  | { readonly kind: 'new'; readonly message: string };

/**
 * Compares by what the diagnostics say and how often: their lines may have moved.
 * @param asked those of `before` that the edit was made for
 */
export function judgeApplied(
  before: readonly ShownProblem[],
  asked: readonly ShownProblem[],
  after: readonly ShownProblem[],
): AppliedOutcome {
  const count = (problems: readonly ShownProblem[], key: string): number =>
    problems.filter((each) => keyOf(each) === key).length;
  const isLeft = (each: ShownProblem): boolean => {
    const key = keyOf(each);
    return count(after, key) > count(before, key) - count(asked, key);
  };
  // A hint at the same place isn't what a fix of an error is for.
  const worst = Math.min(...asked.map(({ severity }) => severity));
  const still = asked.find(
    (each) => each.severity === worst && count(after, keyOf(each)) > 0 && isLeft(each),
  );
  if (still !== undefined) return { kind: 'still', message: still.message };
  const added = after
    .filter((each) => each.severity <= 1 && count(after, keyOf(each)) > count(before, keyOf(each)))
    .sort((one, other) => one.severity - other.severity)[0];
  return added === undefined ? { kind: 'gone' } : { kind: 'new', message: added.message };
}

/** Errors and warnings: those that an edit got rid of, also ones that only followed from others, and what is left. */
export function countApplied(
  before: readonly ShownProblem[],
  after: readonly ShownProblem[],
): { readonly goneCount: number; readonly leftCount: number } {
  const left = after.filter(({ severity }) => severity <= 1);
  const unmatched = left.map(keyOf);
  let goneCount = 0;
  for (const problem of before) {
    if (problem.severity > 1) continue;
    const at = unmatched.indexOf(keyOf(problem));
    if (at < 0) goneCount++;
    else unmatched.splice(at, 1);
  }
  return { goneCount, leftCount: left.length };
}

function keyOf({ message, source = '' }: ShownProblem): string {
  return `${source}\n${message}`;
}

/** Waits until the language's tools have reported. Good news is told once it has lasted, bad news at the end. */
export class AppliedWatch {
  private last: AppliedOutcome | undefined;
  private settling: { dispose(): void } | undefined;
  private readonly deadline: { dispose(): void };
  private isOver = false;

  /** @param onOutcome called once; with `undefined` when nothing was reported in time */
  constructor(
    private readonly delay: Delay,
    private readonly onOutcome: (outcome: AppliedOutcome | undefined) => void,
  ) {
    this.deadline = delay(() => this.finish(), DEADLINE_MS);
  }

  report(outcome: AppliedOutcome): void {
    if (this.isOver) return;
    this.last = outcome;
    this.settling?.dispose();
    this.settling = outcome.kind === 'gone' ? this.delay(() => this.finish(), SETTLE_MS) : undefined;
  }

  /** Nothing is told any more. */
  dispose(): void {
    this.isOver = true;
    this.settling?.dispose();
    this.deadline.dispose();
  }

  private finish(): void {
    if (this.isOver) return;
    this.dispose();
    this.onOutcome(this.last);
  }
}
