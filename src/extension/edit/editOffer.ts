import * as vscode from 'vscode';
import { EngineFailure } from '../engine/engineClient.js';
import { explain } from '../failureText.js';
import { runOwnCommand } from '../guard.js';
import type { EditTarget, TargetArgument } from './editTarget.js';

interface OfferedEdit {
  readonly sentence: string;
  /** A further instruction may change it. */
  readonly isRefinable?: boolean;
  /** Something speaks against it. */
  readonly isWarning?: boolean;
}

/** Asks what is to become of an edit that is ready, without standing in the way. */
export async function offerEdit({
  sentence,
  isRefinable = false,
  isWarning = false,
}: OfferedEdit): Promise<'apply' | 'discard' | 'refine' | undefined> {
  const apply = vscode.l10n.t('Apply');
  const discard = vscode.l10n.t('Discard');
  const refine = vscode.l10n.t('Refine…');
  const buttons = isRefinable ? [apply, refine, discard] : [apply, discard];
  const answer = await (isWarning
    ? vscode.window.showWarningMessage(sentence, ...buttons)
    : vscode.window.showInformationMessage(sentence, ...buttons));
  if (answer === apply) return 'apply';
  if (answer === refine) return 'refine';
  return answer === discard ? 'discard' : undefined;
}

/** The engine has no edit, and nothing is broken. */
export function isImpossible(error: unknown): error is EngineFailure {
  return error instanceof EngineFailure && error.data.kind === 'editImpossible';
}

/** Says why there is no edit. Where the model found no fix, there are other ways on. */
export async function tellImpossible(error: EngineFailure, target: EditTarget): Promise<void> {
  const { message } = explain(error);
  if (!isGivenUp(error.data)) {
    await vscode.window.showInformationMessage(message);
    return;
  }
  const explainIt = vscode.l10n.t('Explain');
  const again = vscode.l10n.t('Try Again');
  const larger = vscode.l10n.t('Choose a Larger Model');
  const answer = await vscode.window.showInformationMessage(message, explainIt, again, larger);
  if (answer === explainIt) await runOwnCommand('youtu.explain', argumentFor(target));
  else if (answer === again) await runOwnCommand('youtu.fix', argumentFor(target));
  else if (answer === larger) await runOwnCommand('youtu.model.select');
}

/** After an explanation of problems: the next step. */
export async function offerFix(target: EditTarget): Promise<void> {
  const fix = vscode.l10n.t('Fix with Youtu Code');
  const sentence = vscode.l10n.t('The problem is being explained in the chat.');
  if ((await vscode.window.showInformationMessage(sentence, fix)) === fix)
    await runOwnCommand('youtu.fix', argumentFor(target));
}

/** What the code is now: the user may have typed while the message was shown. */
function argumentFor({ document, range, isSelection, diagnostics }: EditTarget): TargetArgument {
  const shown = vscode.languages.getDiagnostics(document.uri);
  const current = shown.filter((one) => diagnostics.some(({ message }) => message === one.message));
  const moved = current.find((one) => one.range.isEqual(range)) ?? current[0];
  if (isSelection || moved === undefined) return { uri: document.uri, range, isSelection, diagnostics };
  const here = current.filter((one) => one.range.intersection(moved.range) !== undefined);
  return { uri: document.uri, range: moved.range, isSelection, diagnostics: here };
}

function isGivenUp(data: EngineFailure['data']): boolean {
  return data.kind === 'editImpossible' && (data.reason === 'noChange' || data.reason === 'noFix');
}
