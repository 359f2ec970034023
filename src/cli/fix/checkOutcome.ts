import type { RepairedFile } from '../../engine/edit/fix/repairFile.js';
import type { UserCheck, UserVerdict } from './userCheck.js';

/** What the command says before and after, as `--json` prints it. Lines count from 1. */
interface CheckOutcome {
  readonly fixed: RepairedFile;
  readonly sentence: string;
  readonly report: {
    readonly command: string;
    readonly before: CheckRun;
    readonly after: CheckRun;
  };
}

interface CheckRun {
  /** Left out when the command was stopped. */
  readonly status?: number;
  /** Without a line when it is in another file, or in none. */
  readonly messages: readonly { readonly line?: number; readonly message: string }[];
}

/** Runs the command on the text as it is in the end: when it passes, it has proved what no single check could. */
export async function checkOutcome(
  check: UserCheck,
  before: UserVerdict,
  repaired: RepairedFile,
): Promise<CheckOutcome> {
  const after = await check.run(repaired.text);
  const report = { command: check.command, before: runOf(before), after: runOf(after) };
  if (after.status !== 0) {
    const [left] = after.problems;
    return { fixed: repaired, report, sentence: `The check still fails: ${left?.message ?? check.name}` };
  }
  const sentence =
    before.status === 0 ? 'The check passes, as it did before' : 'The check failed before, and passes now';
  if (before.status === 0) return { fixed: repaired, report, sentence };
  const edits = repaired.edits.map((edit) => ({
    ...edit,
    verdict: { kind: 'verified' as const, by: [...new Set([...edit.verdict.by, check.name])] },
  }));
  return { fixed: { ...repaired, edits }, report, sentence };
}

function runOf({ status, problems }: UserVerdict): CheckRun {
  return {
    ...(status === undefined ? {} : { status }),
    messages: problems.map(({ line, message }) => ({
      ...(Number.isFinite(line) ? { line: line + 1 } : {}),
      message,
    })),
  };
}
