import type { CancelReason, CompletionOutcome, TriggerGate } from '../protocol/completion.js';
import { errorSentence } from './errors.js';

const SOURCES = {
  cached: 'it was already cached for this text',
  typedThrough: 'it is the rest of an earlier suggestion',
  followed: 'the model was already generating it',
  decoded: 'the model generated it now',
} as const;

/** How a completion request ended, in a sentence, with what would change it. */
export function outcomeText(outcome: CompletionOutcome): string {
  switch (outcome.kind) {
    case 'shown':
      return `A suggestion is shown: ${SOURCES[outcome.source]}.`;
    case 'notTriggered':
      return gateText(outcome.gate);
    case 'dropped':
      return `The model’s suggestion was dropped by the rule ${outcome.rule}. Type a few more characters, or try a larger model.`;
    case 'emptyAnswer':
      return 'The model had nothing to add here. Type the beginning of what you want.';
    case 'lowConfidence':
      return 'The model wasn’t confident enough about its suggestion, so it isn’t shown. Type a few more characters, or trigger a suggestion explicitly to see it.';
    case 'cancelled':
      return `The request was cancelled: ${cancelText(outcome.reason)}. Try again.`;
    case 'tooLate':
      return `There was no suggestion after ${outcome.waitedMs} ms, when the request was cancelled: ${cancelText(outcome.reason)}. Try a smaller model, which is faster.`;
    case 'noModel':
      return errorSentence({ kind: 'noModel', role: outcome.role });
    case 'failed':
      return outcome.error === undefined ? 'An unexpected error occurred.' : errorSentence(outcome.error);
  }
}

function gateText(gate: TriggerGate): string {
  switch (gate) {
    case 'secretFile':
      return 'Files with this name usually hold secrets, so they get no suggestions. In VS Code, a pattern that starts with "!" in youtu.completion.exclude allows them; in other editors, one in completionExclude.';
    case 'excludedFile':
      return 'The file matches a pattern of completionExclude, so it gets no suggestions. Remove the pattern, or add one that starts with "!".';
    case 'unsupportedPosition':
      return 'There are no suggestions in lines of more than 5,000 characters, or inside a character. Choose another position.';
    case 'midWord':
      return 'There are no automatic suggestions inside a word. Move the cursor to the end of the word, or trigger a suggestion explicitly.';
    case 'midLine':
      return 'There are no automatic suggestions in the middle of a line of code. Move the cursor to the end of the line, or trigger a suggestion explicitly.';
  }
}

function cancelText(reason: CancelReason): string {
  switch (reason) {
    case 'superseded':
      return 'a newer request replaced it';
    case 'client':
      return 'the editor cancelled it';
    case 'textChanged':
      return 'the text changed';
    case 'documentClosed':
      return 'the document was closed';
    case 'modelUnloaded':
      return 'the model was unloaded';
  }
}
