import * as vscode from 'vscode';
import type { TestPlan } from '../../protocol/tests.js';
import type { TestRunResult } from './testRun.js';

/** What a run has led to, but for one that failed or was stopped by the user. */
export async function showOutcome(
  result: Exclude<TestRunResult, { readonly kind: 'failed' | 'stopped' }>,
  { framework, command }: TestPlan,
): Promise<void> {
  switch (result.kind) {
    case 'passed':
      void vscode.window.showInformationMessage(vscode.l10n.t('The tests pass.'));
      return;
    case 'noTests':
      return warnWithOutput(
        vscode.l10n.t(
          'No test was run: {0} found none, or skipped all. Check which files and tests its configuration includes.',
          framework,
        ),
        result.show,
      );
    case 'notCounted':
      return warnWithOutput(
        vscode.l10n.t('The command ended without an error, but its output doesn’t say that a test was run.'),
        result.show,
      );
    case 'notStarted':
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} can’t be started ({1}). Install it, or run the tests in another way.',
          command.words[0] ?? '',
          result.message,
        ),
      );
      return;
    case 'noFramework':
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The tests were not run, because {0} isn’t installed here ({1}). Install it, or run the tests in another way.',
          framework,
          result.message,
        ),
      );
      return;
  }
}

export async function warnWithOutput(sentence: string, showOutput: () => void): Promise<void> {
  const show = vscode.l10n.t('Show Output');
  if ((await vscode.window.showWarningMessage(sentence, show)) === show) showOutput();
}
