import type { CancelReason, CompletionOutcome, TriggerGate } from '../protocol/completion.js';
import { errorSentence } from './errors.js';

const SOURCES = {
  cached: 'it was known for this text already',
  typedThrough: 'it is the rest of an earlier suggestion',
  followed: 'the model was writing it already',
  decoded: 'the model wrote it now',
} as const;

/** How a completion request ended, in a sentence, with what would change it. */
export function outcomeText(outcome: CompletionOutcome): string {
  switch (outcome.kind) {
    case 'shown':
      return `A suggestion is shown: ${SOURCES[outcome.source]}.`;
    case 'notTriggered':
      return gateText(outcome.gate);
    case 'dropped':
      return `The model wrote a text, but the rule ${outcome.rule} left nothing of it. Write a few characters more, or try a larger model.`;
    case 'emptyAnswer':
      return 'The model wrote nothing: it takes the text for complete. Write the beginning of what you want.';
    case 'lowConfidence':
      return 'The model wrote a text that it is not confident about, so it is not shown. Write a few characters more, or ask for a suggestion explicitly: that shows it.';
    case 'cancelled':
      return `The request was cancelled: ${cancelText(outcome.reason)}. Ask again.`;
    case 'tooLate':
      return `There was no suggestion after ${outcome.waitedMs} ms, when the request was cancelled: ${cancelText(outcome.reason)}. A smaller model is faster.`;
    case 'noModel':
      return errorSentence({ kind: 'noModel', role: outcome.role });
    case 'failed':
      return outcome.error === undefined ? 'An unexpected error occurred.' : errorSentence(outcome.error);
  }
}

function gateText(gate: TriggerGate): string {
  switch (gate) {
    case 'secretFile':
      return 'Files with this name usually hold secrets, so nothing is suggested in them. In VS Code, a pattern with "!" in youtu.completion.exclude allows one.';
    case 'unsupportedPosition':
      return 'Nothing is suggested in lines of more than 5,000 characters, or inside what is displayed as one character. Choose another place.';
    case 'midWord':
      return 'The cursor is inside a word, where nothing is suggested automatically. Move it to the end of the word, or ask explicitly.';
    case 'midLine':
      return 'Code follows the cursor on its line, where nothing is suggested automatically. Move it to the end of the line, or ask explicitly.';
  }
}

function cancelText(reason: CancelReason): string {
  switch (reason) {
    case 'superseded':
      return 'a newer request came';
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
