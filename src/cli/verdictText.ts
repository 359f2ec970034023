/** Sentences about the checks of an edit, for the command line and for editors that speak LSP. */
import type { DocumentedSymbols, EditResult } from '../protocol/edit.js';
import type { EditVerdict, UnverifiedReason } from '../protocol/editVerdict.js';

const UNVERIFIED: Readonly<Record<UnverifiedReason, string>> = {
  noChecker: 'nothing on this machine can check this language',
  notReproduced: 'no check here sees the problem itself, so none can tell that it is gone',
  checkFailed: 'a compiler that had read the old text gave no answer for the new one; try again',
  untrusted: 'the workspace isn’t trusted, so no compiler was asked',
};

/** What was checked, and what that says. */
export function verdictText(verdict: EditVerdict): string {
  const by = verdict.by.length === 0 ? '' : ` (${verdict.by.join(', ')})`;
  if (verdict.kind === 'unverified') return `Not verified${by}: ${UNVERIFIED[verdict.reason]}`;
  const { left = [] } = verdict;
  const rest = left.length === 0 ? '' : `. Still there: ${left.join('; ')}`;
  return `Verified: parses · problem gone · no new problems${by}${rest}`;
}

/** What was documented, and what wasn't. */
export function documentedText({ count, left, moreCount }: DocumentedSymbols): string {
  const symbols = count === 1 ? '1 symbol' : `${count} symbols`;
  return [
    `Documented: ${symbols}; the code is unchanged.`,
    ...(left.length === 0 ? [] : [`No comment could be written for: ${left.join(', ')}.`]),
    ...(moreCount === 0 ? [] : [`${moreCount} more have no comment: run it again after this.`]),
  ].join(' ');
}

/** What was checked about an edit that an instruction asked for. Whether it does what was asked, nothing can tell. */
export function editVerdictText({ verdict: { by }, newProblems = [] }: EditResult): string {
  if (by.length === 0) return 'Not checked: nothing on this machine can check this language';
  // A compiler may know better.
  const names = by.includes('names') && newProblems.length === 0 ? ' · no unknown names' : '';
  const isAsked = by.some((name) => name !== 'tree-sitter' && name !== 'names');
  const problems = isAsked && newProblems.length === 0 ? ' · no new problems' : '';
  return `Checked: no new syntax errors${names}${problems} (${by.join(', ')}). Whether it does what you asked, only you can tell.`;
}

const MAX_TOLD = 3;

/** What a user should know before they take such an edit, one a line. */
export function editWarnings({ gone = [], newProblems = [] }: EditResult): readonly string[] {
  const names = gone.map((name) => `“${name}”`).join(', ');
  const is = gone.length === 1 ? 'is' : 'are';
  const told = newProblems
    .slice(0, MAX_TOLD)
    .map(({ line, message, by }) => `line ${line + 1}: ${message.replace(/[.\s]+$/, '')} (${by})`);
  const more = newProblems.length > told.length ? [`and ${newProblems.length - told.length} more`] : [];
  const count = newProblems.length === 1 ? '1 new problem' : `${newProblems.length} new problems`;
  return [
    ...(gone.length === 0
      ? []
      : [`Warning: ${names} ${is} missing in the new version, although you didn’t ask for that.`]),
    ...(told.length === 0 ? [] : [`${count}: ${[...told, ...more].join('; ')}`]),
  ];
}
