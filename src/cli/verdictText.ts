/** Sentences about the checks of an edit, for the command line and for editors that speak LSP. */
import type { DocumentedSymbols, EditResult } from '../protocol/edit.js';
import type { EngineErrorData } from '../protocol/errors.js';
import type { EditDoubt, EditObjection, EditVerdict, UnverifiedReason } from '../protocol/editVerdict.js';

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

const DOUBTS: Readonly<Record<EditDoubt, string>> = {
  shorter: 'much of the code was gone',
  unbalanced: 'its brackets didn’t match',
  unfinished: 'it was not finished',
  commentOnly: 'only comments had changed',
  indentation: 'the code had left its block',
  magic: 'a line for the notebook had changed',
  syntax: 'it had a syntax error',
  unknownName: 'it used a name that nothing defines',
  problemStays: 'the problem was still there',
  newProblem: 'it had a new problem',
  noTest: 'it tested nothing',
  definitionGone: 'code was gone that was to stay',
};

function objectionText({ reason, message }: EditObjection): string {
  return message === undefined ? DOUBTS[reason] : `${DOUBTS[reason]} (${message})`;
}

/** Why there is no fix, for `editImpossible` with `noFix`. */
export function noFixText({ objection }: EngineErrorData & { readonly kind: 'editImpossible' }): string {
  const reason = objection === undefined ? '' : `: in the last one, ${objectionText(objection)}`;
  return `No version of the code passed the checks${reason}. Try again, or use a larger model.`;
}

export const ALL_DOCUMENTED = 'Nothing to document: each function and type has a comment.';

export const NO_TESTS = {
  noTestable: 'There is no function or class here that a test could call. Name a line inside one.',
  notReachable:
    'A test can’t get at this: it is private, or its file doesn’t export it. Export it, or name what calls it.',
  noTestFramework:
    'No test framework was found in the project’s manifest (package.json, pyproject.toml, go.mod, Cargo.toml, pom.xml, build.gradle, Gemfile, composer.json, .csproj). Add one, for example Vitest or JUnit.',
  testFileOutside:
    'The tests would be written out of this project, because a link leads there. Replace the link by a file or folder.',
  testFileUnreadable:
    'The file with the tests is there, but can’t be read, or it is excluded by youtu.completion.exclude or a name that secrets have.',
} as const;

/** What was documented, and what wasn't. */
export function documentedText({ count, left, moreCount }: DocumentedSymbols): string {
  const symbols = count === 1 ? '1 symbol' : `${count} symbols`;
  return [
    `Documented: ${symbols}; the code is unchanged.`,
    ...(left.length === 0 ? [] : [`No comment could be written for: ${left.join(', ')}.`]),
    ...(moreCount === 0 ? [] : [`${moreCount} more have no comment: run it again after this.`]),
  ].join(' ');
}

/** Why a file was not changed, for the command line. */
export function impossibleText(data: EngineErrorData & { readonly kind: 'editImpossible' }): string {
  switch (data.reason) {
    case 'noFix':
      return noFixText(data);
    case 'noChange':
      return 'The model found nothing to change. Say it in other words, or use a larger model.';
    case 'regionTooLong':
      return 'These lines are too long for the model. Name fewer lines.';
    case 'emptyRegion':
      return 'There is no code on these lines. Name lines with code.';
    case 'noInstruction':
      return 'The instruction is blank. Say what is to be done.';
    case 'allDocumented':
      return ALL_DOCUMENTED;
    case 'noTestable':
    case 'notReachable':
    case 'noTestFramework':
    case 'testFileOutside':
    case 'testFileUnreadable':
      return NO_TESTS[data.reason];
    case 'noSymbol':
      return 'There is no function, class or variable on this line to document.';
    case 'noComments':
      return 'It isn’t known how this language writes comments.';
    case 'instructionTooLong':
      return 'The instruction is too long for the model. Use a shorter one.';
    default:
      return `The code couldn't be changed (${data.reason}).`;
  }
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
