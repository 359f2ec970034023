import { l10n, type TextDocument } from 'vscode';
import type { CancelReason, CompletionOutcome, TriggerGate } from '../../protocol/completion.js';
import {
  action,
  actionsFor,
  chooseModel,
  downloadModel,
  openSettings,
  restart,
  sentence,
  showLog,
  type FailureAction,
  type FailureText,
} from '../failureText.js';
import type { GateState } from './completionGate.js';
import { gateSentence, secretFileSentence } from './gateText.js';

/** What in the editor keeps ghost text away, whatever the document is. */
export type EditorObstacle =
  /** No editor has the focus. */
  | 'noEditor'
  | 'severalCursors'
  /** VS Code's setting `editor.inlineSuggest.enabled` is off. */
  | 'inlineSuggestOff'
  /** The engine ended too often and isn't started by itself any more. */
  | 'engineCrashed'
  /** VS Code shows only what continues the item that is selected in the suggestion list. */
  | 'suggestionSelected'
  /** The engine doesn't have the document. */
  | 'notOpen';

/** Why the gate keeps ghost text out of a document, and what changes it. `open` has no reason. */
export function whyGate(state: Exclude<GateState, 'open'>, document: TextDocument): FailureText {
  const message =
    gateSentence(state, document) ??
    l10n.t('Ghost text isn’t available here because this isn’t a file or a notebook.');
  switch (state) {
    case 'off':
      return text(
        message,
        action(l10n.t('Turn On'), 'youtu.completion.toggle'),
        openSettings('youtu.completion.enabled'),
      );
    case 'excluded':
    case 'secretFile':
      return text(message, openSettings('youtu.completion.exclude'));
    case 'untrusted':
      return text(message, action(l10n.t('Manage Trust'), 'workbench.trust.manage'));
    case 'tooLarge':
    case 'notCode':
      return text(message);
  }
}

export function whyEditor(obstacle: EditorObstacle): FailureText {
  switch (obstacle) {
    case 'noEditor':
      return text(l10n.t('Open a file and put the cursor where you expect ghost text.'));
    case 'severalCursors':
      return text(l10n.t('Ghost text isn’t available with several cursors. Press Esc to keep only one.'));
    case 'inlineSuggestOff':
      return text(
        l10n.t('VS Code doesn’t show ghost text because editor.inlineSuggest.enabled is off.'),
        openSettings('editor.inlineSuggest.enabled'),
      );
    case 'engineCrashed':
      return text(
        l10n.t(
          'Youtu Code’s engine stopped several times in a row and won’t restart automatically. See the log for the cause.',
        ),
        restart(),
        showLog(),
      );
    case 'suggestionSelected':
      return text(
        l10n.t(
          'While the suggestion list is open, VS Code shows only ghost text that continues the selected item. Press Esc to close the list.',
        ),
      );
    case 'notOpen':
      return text(l10n.t('The engine doesn’t have this document open. Close and reopen it.'), showLog());
  }
}

/** How the engine's last request at the cursor ended, and what would change it. */
export function whyOutcome(outcome: CompletionOutcome): FailureText {
  switch (outcome.kind) {
    case 'shown':
      return text(
        outcome.isPartial
          ? l10n.t('Ghost text is available here, and more of it is being generated.')
          : l10n.t('Ghost text is available here. If it was hidden, trigger it again.'),
        trigger(),
      );
    case 'notTriggered':
      return whyNotTriggered(outcome.gate);
    case 'dropped':
      return text(
        l10n.t(
          'The model’s suggestion was dropped by the rule {0}. Trigger ghost text to see other candidates.',
          outcome.rule,
        ),
        trigger(),
        chooseModel(),
      );
    case 'emptyAnswer':
      return text(
        l10n.t(
          'The model had nothing to add here. Type a few more characters, or add a comment that says what comes next.',
        ),
        chooseModel(),
      );
    case 'lowConfidence':
      return text(
        l10n.t(
          'The model wasn’t confident enough about what comes next. Type a few more characters, or choose a larger model.',
        ),
        trigger(),
        chooseModel(),
      );
    case 'cancelled':
      return whyCancelled(outcome.reason);
    case 'tooLate':
      return text(
        l10n.t(
          'The model was too slow: there was no result after {0} ms. Choose a smaller model, or increase youtu.completion.latencyGoal.',
          Math.round(outcome.waitedMs),
        ),
        chooseModel(),
        openSettings('youtu.completion.latencyGoal'),
      );
    case 'noModel':
      return text(sentence(outcome), downloadModel(), chooseModel());
    case 'failed':
      return outcome.error === undefined
        ? text(l10n.t('The engine failed here. See the log for the cause.'), showLog(), restart())
        : text(sentence(outcome.error), ...actionsFor(outcome.error));
  }
}

function whyNotTriggered(gate: TriggerGate): FailureText {
  switch (gate) {
    case 'excludedFile':
      return text(
        l10n.t('Ghost text is off in this file because it matches youtu.completion.exclude.'),
        openSettings('youtu.completion.exclude'),
      );
    case 'secretFile':
      return text(secretFileSentence(), openSettings('youtu.completion.exclude'));
    case 'unsupportedPosition':
      return text(l10n.t('Ghost text isn’t available in very long lines, or inside a character.'));
    case 'midWord':
      return text(l10n.t('Inside a word, ghost text appears only when you trigger it.'), trigger());
    case 'midLine':
      return text(
        l10n.t('In the middle of a line of code, ghost text appears only when you trigger it.'),
        trigger(),
      );
  }
}

function whyCancelled(reason: CancelReason): FailureText {
  switch (reason) {
    case 'superseded':
    case 'client':
    case 'textChanged':
      return text(
        l10n.t(
          'You typed or moved the cursor before the ghost text was ready. Trigger it to wait for the result.',
        ),
        trigger(),
      );
    case 'documentClosed':
      return text(l10n.t('The document was closed before the ghost text was ready.'), trigger());
    case 'modelUnloaded':
      return text(l10n.t('The model was unloaded before the ghost text was ready.'), trigger());
  }
}

const trigger = (): FailureAction =>
  action(l10n.t('Trigger Ghost Text'), 'editor.action.inlineSuggest.trigger');

function text(message: string, ...actions: readonly FailureAction[]): FailureText {
  return { message, actions };
}
