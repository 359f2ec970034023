import { l10n } from 'vscode';
import type { AllFixes } from './fixAll.js';
import type { EditResult, NewProblem } from '../../protocol/edit.js';
import type { EditDoubt, EditObjection, EditVerdict } from '../../protocol/editVerdict.js';

/** What was checked, and what that says. */
export function verdictText(verdict: EditVerdict): string {
  const by = verdict.by.join(', ');
  if (verdict.kind === 'verified') {
    const verified = l10n.t('Verified: parses · problem gone · no new problems ({0})', by);
    const { left = [] } = verdict;
    return left.length === 0 ? verified : `${verified}. ${l10n.t('Still there: {0}', left.join('; '))}`;
  }
  switch (verdict.reason) {
    case 'noChecker':
      return l10n.t('Not verified: nothing on this machine can check this language.');
    case 'notReproduced':
      return l10n.t('Not verified: no check here sees the problem itself ({0}).', by);
    case 'checkFailed':
      return l10n.t('Not verified: a compiler gave no answer for the new text. Try again.');
    case 'untrusted':
      return l10n.t('Not verified: no compiler is asked in a folder that isn’t trusted.');
  }
}

/** What Fix All has done. */
export function allFixesText({ edit, fixed, leftCount }: AllFixes): string {
  if (edit === undefined)
    return l10n.t(
      'Nothing was changed: none of the {0} problems has a fix that could be verified.',
      leftCount,
    );
  const left =
    leftCount === 0
      ? ''
      : ` ${l10n.t('Without a verified fix of their own: {0}. Some of them may go with the others when you apply.', leftCount)}`;
  return `${l10n.t('Fixed and verified: {0} ({1}).', fixed.length, edit.by.join(', '))}${left}`;
}

/** What was checked about an edit that an instruction asked for. Whether it does what was asked, nothing can tell. */
function editVerdictText({ verdict: { by }, newProblems = [] }: EditResult): string {
  if (by.length === 0) return l10n.t('Not checked: nothing on this machine can check this language.');
  const isAsked = by.some((name) => name !== 'tree-sitter' && name !== 'names');
  const seen = [
    l10n.t('no new syntax errors'),
    // A compiler may know better.
    ...(by.includes('names') && newProblems.length === 0 ? [l10n.t('no unknown names')] : []),
    ...(isAsked && newProblems.length === 0 ? [l10n.t('no new problems')] : []),
  ];
  return l10n.t('Checked: {0} ({1})', seen.join(' · '), by.join(', '));
}

const MAX_TOLD = 3;

/** What the user is told of such an edit: first what speaks against it. */
export function editResultText(result: EditResult): {
  readonly sentence: string;
  readonly isWarning: boolean;
} {
  const { gone = [], newProblems = [] } = result;
  const told = newProblems.slice(0, MAX_TOLD).map(newProblemText);
  const more = newProblems.length - told.length;
  const warnings = [
    ...(gone.length === 0
      ? []
      : [l10n.t('Missing in the new version, although you didn’t ask for that: {0}.', gone.join(', '))]),
    ...(told.length === 0 ? [] : [l10n.t('New problems ({0}): {1}.', newProblems.length, told.join('; '))]),
    ...(more > 0 ? [l10n.t('And {0} more.', more)] : []),
  ];
  return {
    sentence: [...warnings, editVerdictText(result)].join(' '),
    isWarning: warnings.length > 0,
  };
}

function newProblemText({ line, message, by }: NewProblem): string {
  return l10n.t('line {0}: {1} ({2})', line + 1, message.replace(/[.。\s]+$/, ''), by);
}

/** Why there is no fix. */
export function noFixSentence(objection: EditObjection | undefined): string {
  if (objection === undefined) return l10n.t('No version of the code passed the checks.');
  const { reason, message } = objection;
  const doubt = message === undefined ? doubtText(reason) : `${doubtText(reason)} (${message})`;
  return l10n.t('No version of the code passed the checks. About the last one: {0}.', doubt);
}

function doubtText(reason: EditDoubt): string {
  switch (reason) {
    case 'shorter':
      return l10n.t('much of the code was gone');
    case 'unbalanced':
      return l10n.t('its brackets didn’t match');
    case 'unfinished':
      return l10n.t('it was not finished');
    case 'commentOnly':
      return l10n.t('only comments had changed');
    case 'indentation':
      return l10n.t('the code had left its block');
    case 'magic':
      return l10n.t('a line for the notebook had changed');
    case 'syntax':
      return l10n.t('it had a syntax error');
    case 'unknownName':
      return l10n.t('it used a name that nothing defines');
    case 'problemStays':
      return l10n.t('the problem was still there');
    case 'newProblem':
      return l10n.t('it had a new problem');
    case 'noTest':
      return l10n.t('it tested nothing');
    case 'definitionGone':
      return l10n.t('code was gone that was to stay');
  }
}
