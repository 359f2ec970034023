import type { EditObjection, EditVerdict } from '../../../protocol/editVerdict.js';
import type { Check, Proposal } from './check.js';

export type CheckResult =
  | { readonly kind: 'accepted'; readonly verdict: EditVerdict }
  | { readonly kind: 'rejected'; readonly objection: EditObjection };

/** Asks each check about a proposal, the cheapest first, until one objects. */
export class EditCheck {
  constructor(private readonly checks: readonly Check[]) {}

  /** @throws the signal's reason when aborted */
  async run(proposal: Proposal, signal: AbortSignal): Promise<CheckResult> {
    const by: string[] = [];
    let isProblemGone = false;
    let isMaybeGone = false;
    const proving = new Set<string>();
    let isUntrusted = false;
    let isFailed = false;
    const left = new Set<string>();
    for (const check of this.checks) {
      const comparison = await check.compare(proposal, signal);
      if (comparison === undefined) continue;
      if (comparison.objection !== undefined) return { kind: 'rejected', objection: comparison.objection };
      by.push(...comparison.by);
      if (comparison.isProblemGone && comparison.isDoubtful === true) isMaybeGone = true;
      else {
        isProblemGone ||= comparison.isProblemGone;
        for (const name of comparison.by) proving.add(name);
      }
      isFailed ||= comparison.isFailed === true;
      isUntrusted ||= comparison.isUntrusted === true;
      for (const message of comparison.left ?? []) left.add(message);
    }
    if (!isFailed && (isProblemGone || (isMaybeGone && proving.size > 0))) {
      const verdict = { kind: 'verified', by, ...(left.size === 0 ? {} : { left: [...left] }) } as const;
      return { kind: 'accepted', verdict };
    }
    const reason = isUntrusted
      ? 'untrusted'
      : isFailed
        ? 'checkFailed'
        : by.length === 0
          ? 'noChecker'
          : 'notReproduced';
    return { kind: 'accepted', verdict: { kind: 'unverified', reason, by } };
  }
}
